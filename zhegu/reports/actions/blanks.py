"""Blanks an upper office sent: kept, what their headers mean settled once, dropped, and to whom a filled one went."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.places.models import Place
from zhegu.reports.actions.making import Happened
from zhegu.reports.models import Blank, Meaning, Submission

LONGEST = 120


@dataclass(frozen=True)
class NewBlank:
    """A file as it came, its name, and who asks for it."""

    name: str
    content: bytes
    asked_by: str = ""


def keep_blank(*, by: Actor, community: Place, blank: NewBlank, at: datetime, ref: UUID) -> Answer:
    """The file is kept untouched; facts: `blank`. The very same file again is the one that is kept already."""
    sha256 = hashlib.sha256(blank.content).hexdigest()

    def do(fresh: list[Command]) -> list[Outcome]:
        same = Blank.objects.filter(community=community, sha256=sha256, dropped_at=None).first()
        kept = same or Blank.objects.create(
            community=community, name=blank.name[:LONGEST], asked_by=blank.asked_by[:LONGEST], content=blank.content,
            sha256=sha256, kept_at=at, kept_by=by.key,
        )  # fmt: skip
        return [Accepted({"blank": str(kept.pk)})]

    body = {"name": blank.name, "asked_by": blank.asked_by, "sha256": sha256}
    return journal.once([Command(ref, Happened.BLANK_KEPT, community.code, by, at, body)], do)[0]


@dataclass(frozen=True)
class Asked:
    """Who asks for a form, on what ground, how often (`once`, `day`, `week`, `month`), and until when."""

    by: str
    ground: str
    every: str
    until: date | None = None


def register_request(*, by: Actor, community: Place, blank: Blank, asked: Asked, at: datetime, ref: UUID) -> Answer:
    """It is on record who asks for this form and why. Refused: without who, ground or frequency."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if not (asked.by and asked.ground and asked.every in Blank.Every.values):
            return [Refused("reports.request_incomplete")]
        Blank.objects.filter(pk=blank.pk, community=community).update(
            asked_by=asked.by[:LONGEST], ground=asked.ground[:200], every=asked.every, until=asked.until
        )
        return [Accepted({"blank": str(blank.pk)})]

    body = {"blank": str(blank.pk), "by": asked.by, "ground": asked.ground, "every": asked.every, "until": str(asked.until or "")}
    return journal.once([Command(ref, Happened.REQUEST_REGISTERED, community.code, by, at, body)], do)[0]


def settle_headers(
    *, by: Actor, community: Place, said: Mapping[tuple[str, str], str], at: datetime, ref: UUID
) -> Answer:
    """What headers mean is as said, for this blank and every later one with the same headers; facts: `settled`."""

    def do(fresh: list[Command]) -> list[Outcome]:
        for (form, path), means in said.items():
            Meaning.objects.update_or_create(
                community=community, form=form, path=path, defaults={"means": means, "at": at, "by": by.key}
            )
        return [Accepted({"settled": len(said)})]

    body = {"said": [[form, path, means] for (form, path), means in sorted(said.items())]}
    return journal.once([Command(ref, Happened.HEADERS_SETTLED, community.code, by, at, body)], do)[0]


def drop_blank(*, by: Actor, community: Place, blank: Blank, at: datetime, ref: UUID) -> Answer:
    """The blank is no longer offered; what was filled from it stays on record."""
    return _dropped(by, community, blank, at, ref, Happened.BLANK_DROPPED)


def take_back(*, by: Actor, community: Place, blank: Blank, at: datetime, ref: UUID) -> Answer:
    """A dropped blank is offered again."""
    return _dropped(by, community, blank, at, ref, Happened.BLANK_TAKEN_BACK)


def _dropped(by: Actor, community: Place, blank: Blank, at: datetime, ref: UUID, kind: Happened) -> Answer:
    def do(fresh: list[Command]) -> list[Outcome]:
        when = at if kind is Happened.BLANK_DROPPED else None
        Blank.objects.filter(pk=blank.pk, community=community).update(dropped_at=when)
        return [Accepted({"blank": str(blank.pk)})]

    return journal.once([Command(ref, kind, community.code, by, at, {"blank": str(blank.pk)})], do)[0]


def mark_sent(*, by: Actor, community: Place, made: Submission, to: str, at: datetime, ref: UUID) -> Answer:
    """It is on record to whom the file went, and when. Refused: to nobody; what went out already."""
    to = to.strip()[:LONGEST]

    def do(fresh: list[Command]) -> list[Outcome]:
        if not to:
            return [Refused("reports.to_whom_missing")]
        sent = Submission.objects.filter(pk=made.pk, community=community, sent_at=None).update(sent_to=to, sent_at=at)
        return [Accepted({"submission": str(made.pk)}) if sent else Refused("reports.sent_already")]

    body = {"submission": str(made.pk), "to": to}
    return journal.once([Command(ref, Happened.FORM_SENT, community.code, by, at, body)], do)[0]
