"""Finding the lines that acts speak of, within the scope, and giving lines their standing."""

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from zhegu.lib.scope import Scope
from zhegu.prepared.reading import prepared
from zhegu.registers import queries as registers
from zhegu.sampling.actions.counting import Counting
from zhegu.sampling.actions.kinds import chunks
from zhegu.sampling.actions.store import Pair, Spot
from zhegu.sampling.models import Line, Round
from zhegu.sampling.rules import WORKERS, StandingFacts, partition

SCOPE = Scope.everything("a line is found by whom the person is shown as")


NEEDED = ("no", "mix_ratio", "body_site", "opened_at", "closed_at", "outbreak", "community__code")


def rounds_named(ids: Iterable[UUID]) -> dict[UUID, Round]:
    """The rounds with their communities, by id."""
    return {row.pk: row for row in _rounds(set(ids))}


@prepared
def _rounds(ids: Iterable[UUID]) -> QuerySet[Round]:
    return Round.objects.filter(pk__in=ids).order_by().select_related("community").only(*NEEDED)


class OfRound(Protocol):
    """An act that speaks of a round, sent for a community."""

    @property
    def round(self) -> UUID: ...
    @property
    def community(self) -> str: ...


def round_of(rounds: dict[UUID, Round], act: OfRound) -> Round | None:
    """The act's round, if it is one of the sender's community."""
    found = rounds.get(act.round)
    return found if found and found.community.code == act.community else None


def outbreak_of(rounds: dict[UUID, Round], act: OfRound) -> UUID | None:
    """The outbreak the act's record is made for."""
    found = round_of(rounds, act)
    return found and found.outbreak_id


def may_touch(scope: Scope, round_: Round, grid_code: str | None) -> bool:
    """Whether the scope may act on this grid; those without a grid belong to the community's own roles."""
    return scope.covers(grid_code or round_.community.code, *WORKERS)


def lines_locked(pairs: Iterable[Pair]) -> dict[Pair, Line]:
    """Lines by (round, person), locked in one order until the transaction ends."""
    wanted: dict[UUID, set[UUID]] = {}
    for round_id, person in pairs:
        wanted.setdefault(round_id, set()).add(person)
    found: dict[Pair, Line] = {}
    for round_id, people in wanted.items():
        for part in chunks(sorted(people)):
            rows = Line.objects.filter(round=round_id, person__in=part).select_related("grid").order_by("pk")
            found |= {(round_id, row.person_id): row for row in rows.select_for_update(of=("self",))}
    return found


L = TypeVar("L")


def through_merges(find: Callable[[list[Pair]], dict[Pair, L]], pairs: list[Pair]) -> dict[Pair, L]:
    """What `find` has for each pair of round and person; for a row that was merged meanwhile, that of the one that is
    shown: a phone may not know of it yet."""
    found = find(pairs)
    absent = [pair for pair in pairs if pair not in found]
    shown = registers.shown_instead(SCOPE, (person for _, person in absent)) if absent else {}
    instead = {(round_id, person): (round_id, shown[person]) for round_id, person in absent if person in shown}
    found |= find([pair for pair in instead.values() if pair not in found]) if instead else {}
    return found | {said: found[pair] for said, pair in instead.items() if pair in found}


def stand(line: Line | Spot, counting: Counting, *, sampled: bool) -> bool:
    """Gives the line the standing of its facts; whether it changed."""
    after = partition(StandingFacts(sampled, line.gone, line.excuse))
    if after == line.standing:
        return False
    counting.move(line.round_id, line.grid_id, line.standing, after)
    line.standing = after
    return True
