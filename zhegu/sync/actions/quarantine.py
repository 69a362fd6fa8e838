"""What was delivered but not carried out: kept sealed, shown to the office, released or dismissed."""

import json
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from zhegu.accounts.models import Device
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.sync.models import Quarantined, SetAside
from zhegu.sync.rules.envelopes import digest

if TYPE_CHECKING:
    from zhegu.sync.actions.receiving import Parcel

REF_LENGTH = 40


class Happened(StrEnum):
    """Journal kinds of this app."""

    RELEASED = "sync.quarantined_released"
    DISMISSED = "sync.quarantined_dismissed"


def set_aside(device: Device, parcels: Sequence[tuple["Parcel", SetAside]], *, at: datetime) -> None:
    """Each parcel is kept, sealed, once, whatever it says and however often it is delivered."""
    rows = []
    for parcel, why in parcels:
        content = json.dumps({"ref": parcel.ref, "envelope": parcel.envelope, "proof": parcel.proof})
        rows.append(
            Quarantined(
                device=device, ref=_plain(parcel.ref), reason=why, arrived=at, content=content,
                digest=digest(parcel.ref, parcel.envelope, parcel.proof),
            )
        )
    Quarantined.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def _plain(ref: str) -> str:
    """Whatever was handed in as a ref, so that any database can hold it."""
    return ref.encode("utf-8", "replace").decode().replace("\0", "")[:REF_LENGTH]


def release(*, by: Actor, row: Quarantined, at: datetime, ref: UUID) -> Answer:
    """The office vouches for it: it is carried out as if it had come in time; facts hold its answer.

    Refused: it was settled before, or its sender cannot be proved. What would still wait (a kind this
    program does not know) stays set aside.
    """
    from zhegu.sync.actions.receiving import Parcel, receive

    def do(fresh: list[Command]) -> list[Outcome]:
        if row.settled:
            return [Refused("sync.settled_already")]
        if row.reason in (SetAside.PROOF, SetAside.UNREADABLE):
            return [Refused("sync.cannot_be_proved")]
        given = receive(row.device, [Parcel(**json.loads(row.content))], at=at, vouched=True)[0]
        if given.status in ("waiting", "quarantined"):
            return [Refused(given.reason)]
        _settle(row, by, at, given.status)
        return [Accepted({"ref": row.ref, "status": given.status, "reason": given.reason})]

    return journal.once([_command(Happened.RELEASED, row, by, at, ref)], do)[0]


def dismiss(*, by: Actor, row: Quarantined, reason: str, at: datetime, ref: UUID) -> Answer:
    """It is not carried out; it stays on record with who said so and why."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if row.settled:
            return [Refused("sync.settled_already")]
        _settle(row, by, at, "dismissed")
        return [Accepted({"ref": row.ref})]

    return journal.once([_command(Happened.DISMISSED, row, by, at, ref, reason)], do)[0]


def _settle(row: Quarantined, by: Actor, at: datetime, outcome: str) -> None:
    Quarantined.objects.filter(pk=row.pk).update(settled=at, settled_by=by.key, outcome=outcome)


def _command(kind: str, row: Quarantined, by: Actor, at: datetime, ref: UUID, reason: str = "") -> Command:
    body = {"device": str(row.device_id), "ref": row.ref, "reason": reason}
    return Command(ref, kind, row.device.community.code, by, at, body)
