"""Opening and closing outbreaks; what people are to them; how their tests came out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope
from zhegu.outbreaks.actions.kinds import ABOUT_PEOPLE, PURPOSE, Happened, command
from zhegu.outbreaks.models import Outbreak, Standing, Tested
from zhegu.outbreaks.rules import BadProfile, Result, StandingKind, read_profile
from zhegu.places.models import Place
from zhegu.registers import queries as registers
from zhegu.registers.actions import came_late
from zhegu.registers.models import Person

SCOPE = Scope.everything("a test counts for whom the person is shown as")


def open_outbreak(*, by: Actor, community: Place, profile: Mapping[str, Any], at: datetime, ref: UUID) -> Answer:
    """The outbreak is open with its own copy of the profile; facts: `outbreak` (id), `profile`.

    Refused: a profile that fails its checks (`problems` says where), or a disease already open here.
    """
    kept = _plain(profile)

    def do(fresh: list[Command]) -> list[Outcome]:
        try:
            rules = read_profile(kept)
        except BadProfile as bad:
            return [Refused("outbreaks.bad_profile", {"problems": [str(p) for p in bad.problems]})]
        if Outbreak.objects.filter(community=community, profile_id=rules.id, closed=None).exists():
            return [Refused("outbreaks.already_open")]
        made = Outbreak.objects.create(community=community, profile_id=rules.id, profile=kept, opened=at)
        return [Accepted({"outbreak": str(made.id), "profile": rules.id})]

    opening = Command(ref, Happened.OPENED, community.code, by, at, {"profile": kept}, purpose=PURPOSE)
    return journal.once([opening], do)[0]


def _plain(value: Any) -> Any:
    """The same as plain JSON: dates of a YAML file become text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inside) for key, inside in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inside) for inside in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def close_outbreak(*, by: Actor, outbreak: Outbreak, at: datetime, ref: UUID) -> Answer:
    """Nothing more is held under it. Refused: it was closed before, or before it opened."""

    def do(fresh: list[Command]) -> list[Outcome]:
        now = Outbreak.objects.select_for_update().get(pk=outbreak.pk)
        if now.closed:
            return [Refused("outbreaks.already_closed")]
        if at < now.opened:
            return [Refused("outbreaks.closed_before_opened")]
        Outbreak.objects.filter(pk=outbreak.pk).update(closed=at)
        return [Accepted({"outbreak": str(outbreak.id)})]

    body = {"outbreak": str(outbreak.id)}
    return journal.once([command(ref, Happened.CLOSED, outbreak, by, at, body)], do)[0]


@dataclass(frozen=True)
class SetStanding:
    """This person is now that to the outbreak (`none` ends it)."""

    person: Person
    kind: StandingKind
    at: datetime
    ref: UUID


def set_standings(*, by: Actor, outbreak: Outbreak, acts: Sequence[SetStanding]) -> list[Answer]:
    """Each person is what was said last about them. Refused: another community's person, a closed outbreak."""
    by_ref = {act.ref: act for act in acts}

    def do(fresh: list[Command]) -> list[Outcome]:
        return [_stand(outbreak, by_ref[command.ref]) for command in fresh]

    commands = [
        command(
            a.ref, Happened.STANDING_SET, outbreak, by, a.at, {"person": str(a.person.id), "kind": a.kind}, ABOUT_PEOPLE
        )
        for a in acts
    ]
    return journal.once(commands, do)


def _foreign(outbreak: Outbreak, person: Person) -> Refused | None:
    if person.community_id != outbreak.community_id:
        return Refused("outbreaks.other_community")
    return None


def _stand(outbreak: Outbreak, act: SetStanding) -> Outcome:
    if not outbreak.is_open:
        return Refused("outbreaks.already_closed")
    if refused := _foreign(outbreak, act.person):
        return refused
    kept = Standing.objects.filter(outbreak=outbreak, person=act.person).first()
    if kept is None or kept.since <= act.at:
        Standing.objects.update_or_create(
            outbreak=outbreak, person=act.person, defaults={"kind": act.kind, "since": act.at}
        )
    return Accepted({"person": str(act.person.id)})


@dataclass(frozen=True)
class RecordTest:
    """This person's swab of that moment came out so."""

    person: Person
    result: Result
    at: datetime
    ref: UUID


def record_tests(*, by: Actor, outbreak: Outbreak, acts: Sequence[RecordTest]) -> list[Answer]:
    """Each swab has its result; a later word about the same swab corrects the earlier one.

    Of a row that was merged it counts for the one that is shown. Kept even after the outbreak was closed: a physical
    fact is not discarded. Refused: another community's person.
    """
    by_ref = {act.ref: act for act in acts}

    def do(fresh: list[Command]) -> list[Outcome]:
        shown = registers.shown_instead(SCOPE, (by_ref[command.ref].person.pk for command in fresh))
        return [_tested(outbreak, by_ref[command.ref], shown) for command in fresh]

    commands = [
        command(
            a.ref, Happened.TEST_RECORDED, outbreak, by, a.at, {"person": str(a.person.id), "result": a.result},
            ABOUT_PEOPLE,
        )
        for a in acts
    ]
    return journal.once(commands, do)


def _tested(outbreak: Outbreak, act: RecordTest, shown: Mapping[UUID, UUID]) -> Outcome:
    if refused := _foreign(outbreak, act.person):
        return refused
    person = shown.get(act.person.pk, act.person.pk)
    row, new = Tested.objects.update_or_create(
        outbreak=outbreak, person_id=person, at=act.at, defaults={"result": act.result}
    )
    if new:
        came_late(Tested._meta.label, {row.pk: act.person.pk} if person != act.person.pk else {})
    return Accepted({"person": str(act.person.id)})
