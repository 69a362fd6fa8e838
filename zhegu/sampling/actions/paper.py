"""Cards of a round on paper: numbered ones before the day, one of their own for somebody sampled."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from zhegu.cards import actions as cards
from zhegu.cards import queries as issued
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused, RefusedError
from zhegu.lib.codes import read_resident_code
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, NotFound, Scope
from zhegu.sampling.actions.counting import Counting
from zhegu.sampling.actions.kinds import PURPOSE, Happened
from zhegu.sampling.models import CARD_ACTIVE, Line, Round, Sample

KEEPERS = ("office",)
MOST_AT_ONCE = 5000


def print_cards(
    *, by: Actor, scope: Scope, round_: Round, numbers: Mapping[int, int], at: datetime, ref: UUID
) -> Answer:
    """So many numbered cards for each grid (by its number) wait to be handed out; their time is the start
    of the round. Facts: `serials` as [first, how many] runs.

    Raises NotFound outside the scope, RefusedError for none or more than 5,000 at once. Refused: a round
    that is closed.
    """
    wanted = [(grid, n) for grid, n in sorted(numbers.items()) if n > 0]
    if not scope.covers(round_.community.code, *KEEPERS):
        raise NotFound(str(round_.pk))
    if not 0 < sum(n for _, n in wanted) <= MOST_AT_ONCE:
        raise RefusedError(Refused("sampling.how_many_cards"))
    new = [cards.NewCard(round_.no, grid, round_.starts_at) for grid, n in wanted for _ in range(n)]
    return cards.issue(by=by, community=round_.community, cards=new, outbreak=round_.outbreak_id, at=at, ref=ref)


def name_card(*, by: Actor, scope: Scope, line: Line, why: str, at: datetime, ref: UUID) -> Answer:
    """Somebody sampled holds a card of their own, with the true time and tied to their personal code; the
    card they had is withdrawn, in these words. Facts: `serial`, `sample`.

    Refused: outside the scope, somebody who was not sampled, somebody without a grid.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        swab = _own_swab(line)
        if not scope.covers(line.round.community.code, *KEEPERS):
            return [Refused("sampling.not_found")]
        if swab is None:
            return [Refused("sampling.not_sampled_yet")]
        if line.grid is None:
            return [Refused("sampling.card_wants_grid")]
        new = cards.NewCard(
            line.round.no, line.grid.no, swab.taken_at, resident=read_resident_code(line.person.code)
        )
        made = cards.issue(
            by=by, community=line.round.community, cards=[new], outbreak=line.round.outbreak_id, at=at, ref=new_id()
        )
        if made.status != "accepted":
            return [Refused(made.reason)]
        _exchange(by, line, swab, made.facts["serials"][0][0], why, at)
        return [Accepted({"serial": swab.serial, "sample": str(swab.pk)})]

    body = {"round": str(line.round_id), "person": str(line.person_id), "why": why}
    community = line.round.community.code
    return journal.once([Command(ref, Happened.CARD_NAMED, community, by, at, body, PURPOSE, line.round.outbreak_id)], do)[0]


def _own_swab(line: Line) -> Sample | None:
    Line.objects.select_for_update().get(pk=line.pk)
    return Sample.objects.filter(line=line, aside="", undone_at=None).first()


def _exchange(by: Actor, line: Line, swab: Sample, serial: int, why: str, at: datetime) -> None:
    """The swab's card is the new one."""
    counting = Counting()
    if swab.card == CARD_ACTIVE:
        old = cards.CardRef(bytes(swab.kid), swab.serial)
        cards.revoke(by=by, community=line.round.community, cards=[old], why=why, at=at, ref=new_id())
    else:
        counting.add(line.round_id, line.grid_id, "cards")
    whole = Scope.everything("the key of a card just made")
    new = issued.cards(whole, line.round.community, line.round.no).select_related("key").get(serial=serial)
    swab.serial, swab.kid, swab.card = serial, bytes(new.key.kid), CARD_ACTIVE
    swab.save(update_fields=["serial", "kid", "card"])
    counting.write()
