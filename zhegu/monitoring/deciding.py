"""What may be decided on a phone about a measure whose end or look is due, by those who decide; and who they are."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from zhegu.accounts import queries as accounts
from zhegu.journal.actions import Answer
from zhegu.lib.phone import ClosedBody, ParsedCommand, PhoneCommand, RunCommands
from zhegu.lib.scope import Scope
from zhegu.monitoring import actions, queries
from zhegu.monitoring.models import HOLDS
from zhegu.monitoring.rules import CHECKS, DECIDES
from zhegu.places.models import Place


class DeciderRow(TypedDict):
    """Who lets people go, keeps them and looks again, for those who may not: whom to ask."""

    id: str
    name: str


def mine_of(scope: Scope) -> Scope:
    """What those on the phone hold who ask."""
    return Scope(scope.actor, frozenset(g for g in scope.grants if g.role in CHECKS), scope.purpose, scope.whole)


def decider_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """Names of those who decide, where anything holds that somebody on this phone sees."""
    mine = mine_of(scope)
    if not (mine.grants or mine.whole) or not queries.measures(mine, community).filter(HOLDS, outbreak__closed=None).exists():
        return
    for one in accounts.holders(scope, community, *DECIDES):
        yield {"id": str(one.pk), "name": one.name}


Why = Annotated[str, StringConstraints(max_length=500, strip_whitespace=True)]


class ReviewMeasure(ClosedBody):
    """Somebody who decides looked, and it is still needed; `words` say why."""

    measure: UUID
    words: Why


class BeginStage(ClosedBody):
    """The running stage, `stage` by its number, is over, the next one begins."""

    measure: UUID
    stage: Annotated[int, Field(ge=1, le=99)]


class ReleaseMeasure(ClosedBody):
    """The person may go; of a place, `words` say who declared the end."""

    measure: UUID
    words: Why = ""


def _decided(verb: Callable[..., list[Answer]], act: type) -> RunCommands:
    """The same act as on the office's page, with its rights and refusals, on the day the command was made."""

    def run(scope: Scope, commands: list[ParsedCommand]) -> list[Answer]:
        return [_one(scope, command) for command in commands]

    def _one(scope: Scope, command: ParsedCommand) -> Answer:
        row = queries.measure(scope, command.body.measure)
        one = act(row, command.ref, command.at, sent=command.said, **command.body.model_dump(exclude={"measure"}))
        return verb(by=command.by, scope=scope, acts=[one])[0]

    return run


def _measure_of(body: Any) -> list[str]:
    return [str(body.measure)]


COMMANDS = {
    "monitoring.review_measure": PhoneCommand(ReviewMeasure, _decided(actions.review_measures, actions.Act), _measure_of),
    "monitoring.begin_stage": PhoneCommand(BeginStage, _decided(actions.next_stages, actions.Act), _measure_of),
    "monitoring.release_measure": PhoneCommand(ReleaseMeasure, _decided(actions.release_measures, actions.Release), _measure_of),
}
