"""How an outbreak is steered: its phase, whether somebody still looks, and the risk of places elsewhere."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from zhegu.lib.scope import NotFound, Scope
from zhegu.outbreaks.models import Outbreak, Review, RiskArea
from zhegu.outbreaks.queries.outbreaks import outbreaks
from zhegu.outbreaks.rules import (
    LAPSE_AFTER,
    Area,
    Phase,
    RiskBook,
    Watch,
    book,
    held_since,
    last_look,
    watch,
)
from zhegu.places import queries as places
from zhegu.places.models import Place

FIRST_PHASE = Phase.ALERT
"""An outbreak that was opened and not yet looked at again: everybody is alert, nobody is kept at home."""


@dataclass(frozen=True)
class Steering:
    """Where an outbreak stands at a moment. `lapses`: when its restrictions end unless somebody looks."""

    phase: Phase
    last: datetime
    watch: Watch
    held_since: datetime | None

    @property
    def lapses(self) -> datetime:
        return self.last + LAPSE_AFTER


def reviews(scope: Scope, outbreak: Outbreak) -> QuerySet[Review]:
    """Every look at an outbreak, newest first; raises NotFound outside the scope."""
    places.reached(scope, outbreak.community)
    return Review.objects.filter(outbreak=outbreak)


def steering(scope: Scope, outbreak: Outbreak, at: datetime) -> Steering:
    """Phase and watch at that moment."""
    seen = [(one.at, one.phase) for one in reviews(scope, outbreak) if one.at <= at]
    moments = [moment for moment, _ in seen]
    last = last_look(outbreak.opened, moments, at)
    phase = Phase(max(seen)[1]) if seen else FIRST_PHASE
    return Steering(phase, last, watch(last, at), held_since(outbreak.opened, moments, at))


def phase(scope: Scope, outbreak: Outbreak, at: datetime) -> Phase:
    """How the community lives at that moment."""
    return steering(scope, outbreak, at).phase


def restrictions_hold(scope: Scope, outbreak: Outbreak, at: datetime, laid_on: datetime | None = None) -> bool:
    """Whether restrictions under the outbreak hold at that moment (privacy P19).

    With `laid_on`, whether one laid on then still does: what lapsed does not come back by a later review.
    """
    if outbreak.closed and at >= outbreak.closed:
        return False
    since = steering(scope, outbreak, at).held_since
    return since is not None and (laid_on is None or laid_on >= since)


def unwatched(scope: Scope, community: Place, at: datetime) -> list[tuple[Outbreak, Steering]]:
    """Open outbreaks of a community that want a review, or whose restrictions have lapsed."""
    found = [(one, steering(scope, one, at)) for one in outbreaks(scope, community).filter(closed=None)]
    return [(one, how) for one, how in found if how.watch != Watch.LOOKED_AT]


def everywhere_unwatched(scope: Scope, at: datetime) -> list[tuple[Outbreak, Steering]]:
    """The same in all communities of the scope."""
    found = []
    for community in places.communities(scope):
        found += unwatched(scope, community, at)
    return found


# --- the risk of places elsewhere


def said_of_areas(scope: Scope, outbreak: Outbreak) -> QuerySet[RiskArea]:
    """Everything said of areas under an outbreak that was not taken back, the latest day first."""
    places.reached(scope, outbreak.community)
    return RiskArea.objects.filter(outbreak=outbreak, undone=None)


def risk_area(scope: Scope, risk_id: UUID) -> RiskArea:
    """One of them, taken back or not; raises NotFound."""
    found = RiskArea.objects.select_related("outbreak__community").filter(pk=risk_id).first()
    if found is None:
        raise NotFound(str(risk_id))
    places.reached(scope, found.outbreak.community)
    return found


def risk_book(scope: Scope, community: Place, outbreak: Outbreak | None = None) -> RiskBook:
    """What was said of areas to a community, for many questions at once; of one outbreak where it is named."""
    wanted = [outbreak] if outbreak else list(outbreaks(scope, community))
    found: list[Area] = []
    for one in wanted:
        ranks = {level.code: rank for rank, level in enumerate(one.rules.risk_levels)}
        found += [_area(row, ranks) for row in said_of_areas(scope, one)]
    return book(found)


def _area(row: RiskArea, ranks: dict[str, int]) -> Area:
    return Area(
        str(row.pk), row.name, row.level, ranks.get(row.level, len(ranks)), row.since, row.at, row.name_bo, row.code,
        row.until,
    )  # fmt: skip


def risk_on(scope: Scope, community: Place, said: str, day: date) -> str:
    """The level the place somebody names (words or a division's code) had on that day; "" where nothing was said
    of it. `risk_book(…).found` gives the area too, `.parts_of` those one must ask about."""
    area = risk_book(scope, community).found(said, day)
    return area.level if area else ""
