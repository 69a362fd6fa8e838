"""Posts are set up, shifts planned and crewed; one shift hands over to the next."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from zhegu.accounts import queries as accounts
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.ids import new_id
from zhegu.lib.said import Said
from zhegu.lib.scope import Actor, Scope
from zhegu.places.models import Place
from zhegu.rosters import rules
from zhegu.rosters.models import Cook, Duty, HandedOver, Post, Shift
from zhegu.rosters.rules import LONGEST_PLAN, PLANNERS, Pattern, PostKind

PURPOSE = "roster"
OPERATION = "operation"
SCOPE = Scope.everything("who may stand in a shift: the staff of the community")


class Happened(StrEnum):
    """Journal kinds of this app."""

    POST_ADDED = "rosters.post_added"
    POST_CLOSED = "rosters.post_closed"
    PLANNED = "rosters.shifts_planned"
    CREWED = "rosters.shift_crewed"
    CANCELLED = "rosters.shifts_cancelled"
    HANDED_OVER = "rosters.shift_handed_over"
    TAKEN_OVER = "rosters.shift_taken_over"
    HANDOVER_UNDONE = "rosters.handover_undone"
    COOK_SET = "rosters.cook_set"


@dataclass(frozen=True)
class NewCook:
    """Who cooks for the shift of a day that is called so; no `name`: nobody yet."""

    day: date
    word: str
    name: str
    note: str = ""


def set_cook(*, by: Actor, community: Place, cook: NewCook, at: datetime, ref: UUID) -> Answer:
    """They cook for it, instead of whoever stood there; without a name nobody does. Refused: a shift of no such name."""
    name, note = cook.name.strip()[:80], cook.note.strip()[:200]

    def do(fresh: list[Command]) -> list[Outcome]:
        if cook.word not in rules.WORDS:
            return [Refused("rosters.unknown_shift")]
        whose = {"community": community, "day": cook.day, "word": cook.word}
        if name:
            Cook.objects.update_or_create(**whose, defaults={"name": name, "note": note, "at": at, "by": by.key})
        else:
            Cook.objects.filter(**whose).delete()
        return [Accepted({})]

    body = {"day": cook.day.isoformat(), "word": cook.word, "name": name, "note": note}
    return journal.once([Command(ref, Happened.COOK_SET, community.code, by, at, body, PURPOSE)], do)[0]


@dataclass(frozen=True)
class NewPost:
    """A post as the office describes it. `place`: a grid of the community, or None for the community itself."""

    name: str
    kind: PostKind
    name_bo: str = ""
    place: Place | None = None


def add_post(*, by: Actor, community: Place, post: NewPost, at: datetime, ref: UUID) -> Answer:
    """Shifts may be planned for it; facts: `post`. Refused: no name, a taken one, a place elsewhere."""
    name = post.name.strip()

    def do(fresh: list[Command]) -> list[Outcome]:
        if not name:
            return [Refused("rosters.name_needed")]
        if Post.objects.filter(community=community, name=name).exists():
            return [Refused("rosters.name_taken")]
        place = post.place or community
        if not place.code.startswith(community.code):
            return [Refused("rosters.unknown_place")]
        Post.objects.create(id=ref, community=community, place=place, kind=post.kind, name=name, name_bo=post.name_bo.strip())
        return [Accepted({"post": str(ref)})]

    body = {"name": name, "name_bo": post.name_bo, "kind": post.kind, "place": post.place.code if post.place else ""}
    return journal.once([Command(ref, Happened.POST_ADDED, community.code, by, at, body, OPERATION)], do)[0]


def close_post(*, by: Actor, post: Post, at: datetime, ref: UUID) -> Answer:
    """Nobody stands there any more; shifts that have not begun are cancelled. Refused: closed already."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if not Post.objects.filter(pk=post.pk, closed=None).update(closed=at):
            return [Refused("rosters.post_closed_already")]
        Shift.objects.filter(post=post, cancelled=None, starts__gt=at).update(cancelled=at)
        return [Accepted({"post": str(post.pk)})]

    body = {"post": str(post.pk)}
    return journal.once([Command(ref, Happened.POST_CLOSED, post.community.code, by, at, body, OPERATION)], do)[0]


Crew = tuple[UUID, ...]
"""Staff of one shift; the first one leads."""


@dataclass(frozen=True)
class Plan:
    """Shifts of some days, the first of each day at `begins`; crews take turns, none is allowed."""

    since: date
    until: date
    begins: time
    pattern: Pattern
    crews: tuple[Crew, ...] = ()


def plan_shifts(*, by: Actor, post: Post, plan: Plan, at: datetime, ref: UUID) -> Answer:
    """The shifts stand; facts: `shifts`, their ids. Refused: a closed post, days that run backwards or are
    too many, shifts that overlap those that stand, somebody who is not staff here."""

    def do(fresh: list[Command]) -> list[Outcome]:
        return [_planned(post, plan)]

    body = {
        "post": str(post.pk), "since": plan.since.isoformat(), "until": plan.until.isoformat(),
        "begins": plan.begins.isoformat("minutes"), "pattern": plan.pattern, "crews": [list(map(str, c)) for c in plan.crews],
    }  # fmt: skip
    return journal.once([Command(ref, Happened.PLANNED, post.community.code, by, at, body, PURPOSE)], do)[0]


def _planned(post: Post, plan: Plan) -> Outcome:
    if not Post.objects.select_for_update().filter(pk=post.pk, closed=None).exists():
        return Refused("rosters.post_closed_already")
    if plan.until < plan.since:
        return Refused("rosters.days_backwards")
    if (plan.until - plan.since).days >= LONGEST_PLAN:
        return Refused("rosters.too_many_days", {"n": LONGEST_PLAN})
    if refused := _strangers(post.community, (who for crew in plan.crews for who in crew)):
        return refused
    wanted = rules.plan(plan.since, plan.until, plan.begins, plan.pattern)
    standing = list(Shift.objects.filter(post=post, cancelled=None).values_list("starts", "ends"))
    if any(rules.overlap(span, standing) for span in wanted):
        return Refused("rosters.overlaps")
    rows = [Shift(id=new_id(), community=post.community, post=post, starts=starts, ends=ends) for starts, ends in wanted]
    Shift.objects.bulk_create(rows)
    crews = rules.turns(len(rows), plan.crews)
    Duty.objects.bulk_create([one for row, crew in zip(rows, crews, strict=True) for one in _duties(row, crew)])
    return Accepted({"shifts": [str(row.pk) for row in rows]})


def _duties(shift: Shift, crew: Iterable[UUID]) -> list[Duty]:
    return [Duty(shift=shift, staff_id=who, leads=n == 0) for n, who in enumerate(dict.fromkeys(crew))]


def _strangers(community: Place, crew: Iterable[UUID]) -> Refused | None:
    known = set(accounts.staff_at(SCOPE, community.code).values_list("pk", flat=True))
    return None if set(crew) <= known else Refused("rosters.unknown_staff")


def set_crew(*, by: Actor, shift: Shift, crew: Crew, at: datetime, ref: UUID) -> Answer:
    """These people stand in the shift, the first one leads. Refused: cancelled, or somebody who is not staff here."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if not Shift.objects.filter(pk=shift.pk, cancelled=None).exists():
            return [Refused("rosters.unknown_shift")]
        if refused := _strangers(shift.community, crew):
            return [refused]
        Duty.objects.filter(shift=shift).delete()
        Duty.objects.bulk_create(_duties(shift, crew))
        return [Accepted({"shift": str(shift.pk)})]

    body = {"shift": str(shift.pk), "crew": list(map(str, crew))}
    return journal.once([Command(ref, Happened.CREWED, shift.community.code, by, at, body, PURPOSE)], do)[0]


def cancel_shifts(*, by: Actor, community: Place, shifts: Sequence[UUID], at: datetime, ref: UUID) -> Answer:
    """They stand no more, a whole plan taken back included; facts: `n`. Refused: none of them was still to come."""

    def do(fresh: list[Command]) -> list[Outcome]:
        coming = Shift.objects.filter(community=community, pk__in=shifts, cancelled=None, ends__gt=at, handovers=None)
        n = Shift.objects.filter(pk__in=list(coming.values_list("pk", flat=True))).update(cancelled=at)
        return [Accepted({"n": n}) if n else Refused("rosters.nothing_to_cancel")]

    body = {"shifts": [str(one) for one in shifts]}
    return journal.once([Command(ref, Happened.CANCELLED, community.code, by, at, body, PURPOSE)], do)[0]


# --- from one shift to the next


@dataclass(frozen=True, kw_only=True)
class HandOver(Said):
    """What is left to the next shift."""

    shift: UUID
    notes: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class OfHandover(Said):
    """Something about what was handed over."""

    handover: UUID


EARLY = timedelta(hours=1)
"""So long before it begins a shift may already be handed over: clocks differ, and people come early."""


def hand_over(*, by: Actor, scope: Scope, community: Place, items: Sequence[HandOver]) -> list[Answer]:
    """The word and the numbers stand for the next shift; facts: `handover`. Refused: an unknown shift or one of
    others, one that has not begun, one handed over before."""
    by_ref = {item.ref: item for item in items}

    def one(command: Command) -> Outcome:
        item = by_ref[command.ref]
        shift = Shift.objects.filter(community=community, pk=item.shift, cancelled=None).select_related("post__place").first()
        if shift is None or not _concerns(by, scope, shift):
            return Refused("rosters.unknown_shift")
        if item.at < shift.starts - EARLY:
            return Refused("rosters.not_begun")
        if HandedOver.objects.filter(shift=shift, undone=None).exists():
            return Refused("rosters.handed_over_before")
        HandedOver.objects.create(
            id=item.ref, community=community, shift=shift, at=item.at, by=by.key, notes=item.notes.strip(),
            counts={str(code): n for code, n in item.counts.items()},
        )  # fmt: skip
        return Accepted({"handover": str(item.ref)})

    bodies = {i.ref: {"shift": str(i.shift), "notes": i.notes, "counts": dict(i.counts)} for i in items}
    return _each(Happened.HANDED_OVER, by, community, items, bodies, one)


def _concerns(by: Actor, scope: Scope, shift: Shift) -> bool:
    """Theirs is the shift they stand in; planners of the place speak for any."""
    if scope.covers(shift.post.place.code, *PLANNERS):
        return True
    return by.kind == "staff" and Duty.objects.filter(shift=shift, staff=by.id).exists()


def take_over(*, by: Actor, scope: Scope, community: Place, items: Sequence[OfHandover]) -> list[Answer]:
    """Somebody of the next shift has read it. Refused: not there, not within reach, or taken over before."""

    def do(row: HandedOver, at: datetime) -> Outcome:
        taken = HandedOver.objects.filter(pk=row.pk, taken_at=None, undone=None).update(taken_at=at, taken_by=by.key)
        return Accepted({"handover": str(row.pk)}) if taken else Refused("rosters.taken_over_before")

    return _about(Happened.TAKEN_OVER, by, scope, community, items, do)


def undo_hand_over(*, by: Actor, scope: Scope, community: Place, items: Sequence[OfHandover]) -> list[Answer]:
    """It was not handed over yet. Refused: somebody else's, undone before, or taken over already."""

    def do(row: HandedOver, at: datetime) -> Outcome:
        if row.by != by.key and not scope.covers(row.shift.post.place.code, *PLANNERS):
            return Refused("rosters.unknown_handover")
        undone = HandedOver.objects.filter(pk=row.pk, taken_at=None, undone=None).update(undone=at)
        return Accepted({"handover": str(row.pk)}) if undone else Refused("rosters.taken_over_before")

    return _about(Happened.HANDOVER_UNDONE, by, scope, community, items, do)


def _about(
    kind: Happened, by: Actor, scope: Scope, community: Place, items: Sequence[OfHandover],
    do: Callable[[HandedOver, datetime], Outcome],
) -> list[Answer]:  # fmt: skip
    by_ref = {item.ref: item for item in items}

    def one(command: Command) -> Outcome:
        item = by_ref[command.ref]
        row = HandedOver.objects.filter(community=community, pk=item.handover).select_related("shift__post__place").first()
        if row is None or not scope.covers(row.shift.post.place.code):
            return Refused("rosters.unknown_handover")
        return do(row, item.at)

    bodies = {i.ref: {"handover": str(i.handover)} for i in items}
    return _each(kind, by, community, items, bodies, one)


def _each(
    kind: Happened, by: Actor, community: Place, items: Sequence[Said], bodies: Mapping[UUID, dict],
    one: Callable[[Command], Outcome],
) -> list[Answer]:  # fmt: skip
    commands = [
        Command(i.ref, kind, community.code, by, i.at, dict(i.words) or bodies[i.ref], PURPOSE, None, i.said) for i in items
    ]
    return journal.once(commands, lambda fresh: [one(command) for command in fresh])
