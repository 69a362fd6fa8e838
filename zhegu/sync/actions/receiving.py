"""Receiving what phones hand in: everything is proved, answered and kept; one bad item never blocks the rest."""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from zhegu.accounts import queries as accounts
from zhegu.accounts.models import Device, StaffKey
from zhegu.journal import actions as journal
from zhegu.journal.actions import Command
from zhegu.lib.answers import Refused
from zhegu.lib.phone import GivenAnswer, ParsedCommand
from zhegu.lib.scope import Actor, Grant, Scope
from zhegu.sync import offers
from zhegu.sync.actions import quarantine
from zhegu.sync.actions.running import Ready, carry_out
from zhegu.sync.models import SetAside
from zhegu.sync.rules.envelopes import Envelope, Unreadable, is_credible, is_proved, read_envelope

WAITING = "waiting"
QUARANTINED = "quarantined"
NUL = rb"\u0000"
"""No database field of ours may hold it."""


@dataclass(frozen=True)
class Parcel:
    """One delivered item, opened: the envelope's text and its proof."""

    ref: str
    envelope: str
    proof: str


@dataclass(frozen=True)
class Given:
    """The answer to one item. `waiting` is the only status that is not final."""

    ref: str
    status: str
    reason: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Proved:
    """An item whose sender is proved."""

    place: int
    parcel: Parcel
    envelope: Envelope
    said: bytes
    key: StaffKey

    def command(self, community: str) -> Command:
        is_, by = self.envelope, Actor("staff", str(self.envelope.actor), str(self.envelope.device))
        words = {**is_.body, "supersedes": str(is_.supersedes)} if is_.supersedes else is_.body
        return Command(is_.ref, is_.kind, community, by, is_.at, words, said=self.said)


def _read(parcel: Parcel) -> Envelope | None:
    try:
        return read_envelope(parcel.envelope.encode(), parcel.ref)
    except (Unreadable, UnicodeEncodeError):
        return None


def receive(device: Device, items: Sequence[Parcel], *, at: datetime, vouched: bool = False) -> list[Given]:
    """One answer for each item, in order; what is accepted is carried out, in one transaction for all.

    A ref that was answered before gets that answer again, byte for byte. What cannot be vouched for
    (a revoked phone, a person locked out, a wrong proof) is set aside for the office; `vouched` says
    that the office has looked. What this program does not know yet is left `waiting`.
    """
    desk = _Desk(device, at, vouched)
    fresh = desk.answer_repeats(desk.prove(items))
    if fresh or desk.aside:  # answers given before are given again also where nothing can be written
        unproved = len(desk.aside)

        def act() -> None:
            del desk.aside[unproved:]
            desk.carry_out(fresh)
            quarantine.set_aside(device, desk.aside, at=at)

        journal.in_one_piece(act)
    return [desk.answers[place] for place in range(len(items))]


class _Desk:
    """One delivery on its way through: every item leaves with an answer."""

    def __init__(self, device: Device, at: datetime, vouched: bool):
        self.device, self.at, self.vouched = device, at, vouched
        self.community = device.community.code
        self.answers: dict[int, Given] = {}
        self.aside: list[tuple[Parcel, SetAside]] = []
        self.keys: dict[tuple[UUID, UUID], tuple[StaffKey, bytes]] = {}

    def _put_aside(self, place: int, parcel: Parcel, why: SetAside) -> None:
        self.aside.append((parcel, why))
        self.answers[place] = Given(parcel.ref, QUARANTINED, why.value)

    # --- who says so

    def prove(self, items: Sequence[Parcel]) -> list[Proved]:
        """The items that are whole and proved; the others are set aside."""
        read = [_read(parcel) for parcel in items]
        self._fetch_keys(envelope.device for envelope in read if envelope)
        proved = []
        for place, (parcel, envelope) in enumerate(zip(items, read, strict=True)):
            found = envelope and self._proved(place, parcel, envelope)
            if found:
                proved.append(found)
            else:
                self._put_aside(place, parcel, SetAside.PROOF if envelope else SetAside.UNREADABLE)
        return proved

    def _fetch_keys(self, devices: Iterable[UUID]) -> None:
        """Keys of this phone and of any other of the community whose entries it brings (a phone that joined again)."""
        scope = Scope.everything("proves who signed on a phone")
        for key in accounts.keys_of(scope, self.device.community, devices):
            self.keys[key.device_id, key.staff_id] = key, base64.b64decode(key.key)

    def _proved(self, place: int, parcel: Parcel, envelope: Envelope) -> Proved | None:
        key, raw = self.keys.get((envelope.device, envelope.actor), (None, b""))
        said = parcel.envelope.encode()
        return Proved(place, parcel, envelope, said, key) if key and is_proved(raw, said, parcel.proof) else None

    # --- what was said before

    def answer_repeats(self, proved: Sequence[Proved]) -> list[Proved]:
        """The items that are new; what was answered before is answered again."""
        fresh = []
        kept = journal.repeats([one.command(self.community) for one in proved])
        for one, answer in zip(proved, kept, strict=True):
            if answer is None:
                fresh.append(one)
            else:
                self._answer(one, answer)
        return fresh

    def _answer(self, one: Proved, answer: GivenAnswer) -> None:
        self.answers[one.place] = Given(one.parcel.ref, answer.status, answer.reason, dict(answer.facts))

    # --- what is new

    def carry_out(self, fresh: Sequence[Proved]) -> None:
        """Each new item is carried out, refused, set aside or left waiting."""
        first: dict[UUID, Proved] = {}
        again = [one for one in fresh if first.setdefault(one.envelope.ref, one) is not one]
        refusals, ready = [], []
        scope = Scope.everything("what people on a phone may do")
        held = accounts.roles_of(scope, self.device.community, {one.key.staff for one in first.values()})
        for one in first.values():
            if why := self._stopped(one):
                self._put_aside(one.place, one.parcel, why)
            elif one.envelope.kind not in offers.commands():
                self.answers[one.place] = Given(one.parcel.ref, WAITING, "sync.unknown_kind")
            elif isinstance(sorted_out := self._ready(one, held), Refused):
                refusals.append((one, sorted_out))
            else:
                ready.append((one, sorted_out))
        if refusals:
            self._refuse(refusals)
        for (one, _), answer in zip(ready, carry_out([item for _, item in ready]), strict=True):
            self._answer(one, answer)
        for one in again:
            self._answer_same_ref(one, first[one.envelope.ref])

    def _stopped(self, one: Proved) -> SetAside | None:
        """Why an item that is proved is still not carried out but shown to the office first."""
        if self.vouched:
            return None
        standing = one.key.device.standing(self.at)
        if standing != "active":
            return SetAside.REVOKED if standing == "revoked" else SetAside.EXPIRED
        left = one.key.revoked is not None or not one.key.staff.is_active
        return SetAside.STAFF if left else None

    def _ready(self, one: Proved, held: dict[UUID, accounts.Held]) -> "Ready | Refused":
        """The item with its body read and its sender's scope; or why it is refused for good."""
        offer = offers.commands()[one.envelope.kind]
        if NUL in one.said:
            return Refused("sync.bad_body")
        if not is_credible(one.envelope.at, now=self.at, enrolled=one.key.device.enrolled_at):
            return Refused("sync.clock_far_off")
        try:
            body = offer.schema.model_validate(one.envelope.body)
        except ValidationError:
            return Refused("sync.bad_body")
        command = one.command(self.community)
        parsed = ParsedCommand(
            ref=command.ref, kind=command.kind, community=self.community, by=command.by, at=command.at,
            seq=one.envelope.seq, body=body, words=command.body, said=one.said,
            supersedes=one.envelope.supersedes, place=self.device.community,
        )
        roles = held.get(one.envelope.actor, [])
        grants: frozenset[Grant] = frozenset(g for g, until in roles if until is None or command.at < until)
        return Ready(offer, Scope(command.by, grants, "phone"), parsed)

    def _refuse(self, refusals: list[tuple[Proved, Refused]]) -> None:
        """Refusals of the door itself are final too: journalled with what was said."""
        commands = [one.command(self.community) for one, _ in refusals]
        reasons = {one.envelope.ref: refused for one, refused in refusals}
        answers = journal.once(commands, lambda fresh: [reasons[command.ref] for command in fresh])
        for (one, _), answer in zip(refusals, answers, strict=True):
            self._answer(one, answer)

    def _answer_same_ref(self, one: Proved, first: Proved) -> None:
        """A ref twice in one delivery: the same words have the same answer, others are a conflict."""
        answer = self.answers[first.place]
        if one.said != first.said and answer.status != WAITING:
            answer = Given(one.parcel.ref, "conflict", "journal.other_body")
        self._answer(one, answer)
