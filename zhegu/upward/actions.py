"""Stating figures, taking in what others state, and the way up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid5

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope
from zhegu.places.models import Place
from zhegu.reports import queries as reports
from zhegu.upward import queries
from zhegu.upward.models import Sender, Statement, Way
from zhegu.upward.outside.keys import name_of
from zhegu.upward.outside.measures import measures
from zhegu.upward.outside.post import is_safe
from zhegu.upward.rules import LEVELS, Item, Number, end_of, plain

SENT_BY = UUID("3f0e6c5a-8f1d-5f7a-9a52-6d6f7a0c1e11")
"""Names the references of what others state: a sender's key and its number make one."""


class Happened(StrEnum):
    """Journal kinds of this app."""

    STATED = "upward.figures_stated"
    TAKEN = "upward.figures_taken"
    WAY_SET = "upward.way_set"
    ADMITTED = "upward.sender_admitted"
    REVOKED = "upward.sender_revoked"


def _way() -> Way:
    """The one row, held until the transaction ends: numbers are given without a gap."""
    Way.objects.get_or_create(pk=1)
    return Way.objects.select_for_update().get(pk=1)


def _add(of: Statement) -> Statement:
    """It stands as the newest of its place and day, with the next number on the way up."""
    way = _way()
    last = Statement.objects.filter(place=of.place, day=of.day, newest=True).first()
    if last:
        Statement.objects.filter(pk=last.pk).update(newest=False)
    of.version = last.version + 1 if last else 1
    of.seq = way.given + 1
    of.save()
    Way.objects.filter(pk=1).update(given=of.seq)
    return of


def state(*, by: Actor, scope: Scope, community: Place, day: date, at: datetime, ref: UUID) -> Answer:
    """The figures of the day are stated as known at `at`, or at the day's end where that is over.

    Refused: a day to come; a community another installation speaks for; the same as was stated last, unless the day
    has ended since.
    """
    moment = min(at, end_of(day))
    told = {one.spec.name: one.value for one in reports.figures(scope, community, moment, at)}
    figures: dict[str, Number | None] = {name: plain(told[name]) for name in measures() if name in told}

    def do(fresh: list[Command]) -> list[Outcome]:
        if end_of(day).date() > at.astimezone(moment.tzinfo).date():
            return [Refused("upward.day_to_come")]
        if queries.comes_from_elsewhere(scope, community.code):
            return [Refused("upward.from_elsewhere")]
        last = Statement.objects.filter(place=community.code, day=day, newest=True).first()
        if last and last.figures == figures and (last.as_of >= end_of(day)) == (moment >= end_of(day)):
            return [Refused("upward.nothing_new")]
        made = _add(
            Statement(
                place=community.code, name=community.name, name_bo=community.name_bo, day=day, as_of=moment, arrived=at,
                figures=figures,
            )
        )  # fmt: skip
        return [Accepted({"seq": made.seq, "version": made.version})]

    body = {"day": day.isoformat(), "as_of": moment.isoformat(), "figures": figures}
    return journal.once([Command(ref, Happened.STATED, community.code, by, at, body)], do)[0]


@dataclass(frozen=True)
class Taken:
    """The last number taken from a sender, and why no more was."""

    last: int
    reason: str = ""


class _Forked(Exception):
    """Another statement under a number that was taken before: nothing of the parcel counts."""


def take(*, by: Actor, sender: Sender, items: Sequence[Item], at: datetime) -> Taken:
    """Each statement stands once, however often it is brought; what came before is passed over.

    Not taken as a whole: a gap before the first, a place that is not the sender's or is counted here, another
    statement under a number that was taken before.
    """
    try:
        return journal.in_one_piece(lambda: _take(by, sender.pk, items, at))
    except _Forked:
        return Taken(sender.last, "upward.forked")


def _take(by: Actor, sender_id: str, items: Sequence[Item], at: datetime) -> Taken:
    sender = Sender.objects.select_for_update().get(pk=sender_id)
    if sender.revoked:
        return Taken(sender.last, "upward.sender_unknown")
    if items[0].seq > sender.last + 1:
        return Taken(sender.last, "upward.gap")
    places = {one.place for one in items}
    ours = Statement.objects.filter(place__in=places, sender=None).exists()
    if ours or any(not place.startswith(sender.place) for place in places):
        return Taken(sender.last, "upward.wrong_place")
    by_ref = {uuid5(SENT_BY, f"{sender.pk}:{one.seq}"): one for one in items}
    commands = [Command(ref, Happened.TAKEN, one.place, by, one.as_of, one.as_json()) for ref, one in by_ref.items()]

    def do(fresh: list[Command]) -> list[Outcome]:
        return [Accepted({"seq": _add(_received(by_ref[command.ref], sender, at)).seq}) for command in fresh]

    if any(not answer.accepted for answer in journal.once(commands, do)):
        raise _Forked
    last = max(sender.last, items[-1].seq)
    Sender.objects.filter(pk=sender.pk).update(last=last, heard=at)
    return Taken(last)


def _received(one: Item, sender: Sender, at: datetime) -> Statement:
    return Statement(
        place=one.place, name=one.name, name_bo=one.name_bo, day=one.day, as_of=one.as_of, arrived=at,
        figures=dict(one.figures), sender=sender, sender_seq=one.seq,
    )  # fmt: skip


def set_way(*, by: Actor, place: str, address: str, at: datetime, ref: UUID) -> Answer:
    """Figures go to this address from now on, or nowhere where it is empty; what was taken there is kept in mind.

    Refused: an address that is not https (plain http only to this machine).
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        if address and not is_safe(address):
            return [Refused("upward.bad_address")]
        way = _way()
        taken = way.taken if way.address in ("", address) else 0
        Way.objects.filter(pk=1).update(address=address, taken=taken, problem="", tried=None)
        return [Accepted({})]

    return journal.once([Command(ref, Happened.WAY_SET, place, by, at, {"address": address})], do)[0]


def admit(*, by: Actor, place: str, name: str, key: str, at: datetime, ref: UUID) -> Answer:
    """The holder of this key may state figures of the place and what lies in it.

    Refused: a code of no place; what is no key; a key known already; a place another sender speaks for.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        if len(place) not in LEVELS or not place.isalnum():
            return [Refused("upward.bad_place")]
        try:
            sender_id = name_of(key)
        except ValueError:
            return [Refused("upward.bad_key")]
        if Sender.objects.filter(pk=sender_id).exists():
            return [Refused("upward.key_known")]
        others = Sender.objects.filter(revoked=None).values_list("place", flat=True)
        if any(other.startswith(place) or place.startswith(other) for other in others):
            return [Refused("upward.place_taken")]
        Sender.objects.create(id=sender_id, place=place, name=name[:80], key=key, admitted=at)
        return [Accepted({"sender": sender_id})]

    body = {"place": place, "name": name, "key": key}
    return journal.once([Command(ref, Happened.ADMITTED, place, by, at, body)], do)[0]


def revoke(*, by: Actor, sender: Sender, at: datetime, ref: UUID) -> Answer:
    """Nothing more is taken from this sender; what it stated stays."""

    def do(fresh: list[Command]) -> list[Outcome]:
        Sender.objects.filter(pk=sender.pk, revoked=None).update(revoked=at)
        return [Accepted({"sender": sender.pk})]

    return journal.once([Command(ref, Happened.REVOKED, sender.place, by, at, {"sender": sender.pk})], do)[0]


def note_taken(*, last: int, problem: str, at: datetime) -> Way:
    """The level above has everything up to `last`; `problem` says why no more, empty where nothing went wrong.

    Not an act of anybody: how far sending has come, like a reader's place in a book.
    """
    reached = {} if problem == "upward.unreached" else {"reached": at, "taken": last}
    Way.objects.update_or_create(pk=1, defaults={"tried": at, "problem": problem, **reached})
    return Way.objects.get(pk=1)
