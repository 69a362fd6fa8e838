"""Two people after all: swabs that were counted on one line are on a line of whom they were taken from."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, Q, QuerySet

from zhegu.lib.scope import Actor, Scope
from zhegu.sampling.actions.counting import Counting
from zhegu.sampling.actions.newcomers import lines_for_strangers
from zhegu.sampling.actions.roster import lines_locked, stand
from zhegu.sampling.actions.store import Pair, write_standings
from zhegu.sampling.actions.undoing import count_second, second_swab
from zhegu.sampling.actions.words import Word
from zhegu.sampling.models import Line, Sample


def stand_apart(by: Actor, scope: Scope, people: Iterable[UUID]) -> None:
    """Swabs of these people, or on their lines, are on lines of whom they were taken from, made where there are none;
    every line has the standing of its own swabs. Within the transaction of what moved them."""
    touched = set(people)
    for swab in _strayed(touched).filter(line=F("pk")):  # a line that this swab made
        if not Line.objects.filter(round=swab.round_id, person=swab.person_id).exists():
            Line.objects.filter(pk=swab.line_id).update(person=swab.person_id)
    strayed = list(_strayed(touched).select_related("round__community", "tube", "line").order_by("taken_at", "pk"))
    if strayed:
        counting = Counting()
        _settle(_lined(by, scope, strayed, counting), counting)
        counting.write()


def _strayed(people: set[UUID]) -> QuerySet[Sample]:
    rows = Sample.objects.filter(Q(person__in=people) | Q(line__person__in=people))
    return rows.exclude(person=F("line__person"))


def _lined(by: Actor, scope: Scope, swabs: list[Sample], counting: Counting) -> set[UUID]:
    """Each swab is on its person's line; answers the lines that lost or got one."""
    lines = _lines_of(by, scope, swabs, counting)
    for swab in swabs:
        line = lines[swab.round_id, swab.person_id]
        if not swab.undone_at:
            counting.swab(swab, swab.line.grid_id, swab.tube.ratio, -1)
            counting.swab(swab, line.grid_id, swab.tube.ratio)
        Sample.objects.filter(pk=swab.pk).update(line=line)
    return {swab.line_id for swab in swabs} | {line.pk for line in lines.values()}


def _lines_of(by: Actor, scope: Scope, swabs: list[Sample], counting: Counting) -> dict[Pair, Line]:
    pairs = {(swab.round_id, swab.person_id) for swab in swabs}
    known = lines_locked(pairs)
    strangers = [
        (swab.round, Word(ref=swab.pk, at=swab.taken_at, community=swab.round.community.code, round=swab.round_id, person=swab.person_id))
        for swab in swabs if (swab.round_id, swab.person_id) not in known
    ]  # fmt: skip
    lines_for_strangers(by, scope, strangers, counting)
    return known | lines_locked(pairs - known.keys())


def _settle(ids: set[UUID], counting: Counting) -> None:
    lines = Line.objects.filter(pk__in=ids).select_related("grid").order_by("pk").select_for_update(of=("self",))
    changed = []
    for line in lines:
        valid = Sample.objects.filter(line=line, aside="", undone_at=None).exists()
        second = None if valid else second_swab(line)
        if second:
            count_second(second, line, counting)
        if stand(line, counting, sampled=valid or second is not None):
            changed.append(line)
    write_standings(changed)
