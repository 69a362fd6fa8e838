"""Reading gates. Names and plates are for the office, and for keepers those of their own gates of the last
24 hours (privacy P7); leaders see numbers."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Case, Count, F, Min, Q, QuerySet, Sum, Value, When, Window
from django.db.models.functions import RowNumber, TruncDate

from zhegu.checkpoints.models import Allowed, Crossing, DayCount, Finding, Gate, Leave, Route
from zhegu.checkpoints.rules import (
    DEFAULT_CHECKS,
    FEVER_FROM,
    INSIDE_FOR,
    PATROLS,
    SEEN_FOR,
    WENT_THROUGH,
    WORKERS,
    Ask,
    Check,
    Direction,
    Errand,
    Outcome,
    Recheck,
    Vehicle,
)
from zhegu.lib import clock
from zhegu.lib.scope import NotFound, Scope, known
from zhegu.outbreaks import queries as outbreaks
from zhegu.outbreaks.models import Outbreak
from zhegu.places import queries as places
from zhegu.places.models import Place

NUMBERS = ("office", "leader", "gate_keeper")
"""Roles that see gates and how many crossed."""
NAMES = WORKERS
"""Roles that see who crossed."""


def gates(scope: Scope, community: Place) -> QuerySet[Gate]:
    """Gates that are kept, by name; raises NotFound where the scope reaches none of the community."""
    mine = places.within(scope, "place__code", *NUMBERS)
    if not scope.covers(community.code, *NUMBERS) and not any(
        place.startswith(community.code) for place in scope.places(*NUMBERS)
    ):
        raise NotFound(community.code)
    return Gate.objects.filter(mine, community=community, closed=None).select_related("place", "community")


def gate(scope: Scope, gate_id: UUID) -> Gate:
    """One gate, closed ones too; raises NotFound."""
    mine = places.within(scope, "place__code", *NUMBERS)
    return known(Gate.objects.filter(mine, pk=gate_id).select_related("place", "community").first(), gate_id)


def asks(scope: Scope, of: Gate, outbreak: Outbreak | None) -> tuple[Ask, ...]:
    """What this gate asks for: its own list, else the open outbreak's, else the house's; limits from the profile."""
    profile = {c.code: c for c in outbreak.rules.checks} if outbreak else {}
    codes = of.checks or list(profile) or list(DEFAULT_CHECKS)
    found = []
    for code in codes:
        said = profile.get(code)
        limit = round(said.refuse_ge * 10) if said and said.refuse_ge else FEVER_FROM if code == Check.TEMPERATURE else None
        found.append(Ask(str(code), bool(said and said.optional), limit))
    return tuple(found)


def open_outbreak(scope: Scope, community: Place) -> Outbreak | None:
    """The outbreak whose profile the gates of a community follow."""
    return outbreaks.open_outbreak(scope, community)


def restricted_until(scope: Scope, outbreak: Outbreak | None, at: datetime) -> datetime | None:
    """Until when gates may hold people unless somebody looks again; None where they hold nobody: no outbreak is
    open, life is as always, or nobody looked for too long."""
    if outbreak is None:
        return None
    how = outbreaks.steering(scope, outbreak, at)
    return None if how.held_since is None or how.phase == outbreaks.Phase.ROUTINE else how.lapses


def allowed(scope: Scope, community: Place, at: datetime) -> QuerySet[Allowed]:
    """Vehicles that are or will be let through, at the scope's gates or at all."""
    gates(scope, community)  # raises where nothing is theirs
    mine = Q(gate=None) | places.within(scope, "gate__place__code", *NUMBERS)
    return Allowed.objects.filter(mine, community=community, ended=None, until__gt=at).select_related("gate")


def one_allowed(scope: Scope, allowed_id: UUID) -> Allowed:
    """One of them, for the office; raises NotFound."""
    mine = places.within(scope, "community__code", "office")
    return known(Allowed.objects.filter(mine, pk=allowed_id).select_related("community", "gate").first(), allowed_id)


def crossings(scope: Scope, community: Place, at: datetime) -> QuerySet[Crossing]:
    """Who crossed, newest first: everything for the office, the last 24 hours of their gates for keepers.

    Raises NotFound for everybody else.
    """
    if not scope.places(*NAMES) and not scope.whole:
        raise NotFound(community.code)
    office = places.within(scope, "gate__place__code", "office")
    keeper = places.within(scope, "gate__place__code", "gate_keeper") & Q(at__gt=at - SEEN_FOR)
    return Crossing.objects.filter(office | keeper, community=community).select_related("gate").order_by("-at", "-id")


def crossing(scope: Scope, community: Place, crossing_id: UUID, at: datetime) -> Crossing:
    """One of them; raises NotFound."""
    return known(crossings(scope, community, at).filter(pk=crossing_id).first(), crossing_id)


def matching(scope: Scope, found: QuerySet[Crossing], words: str) -> QuerySet[Crossing]:
    """Of what `crossings` gave, those whose plate, name or places hold these letters."""
    words = words.strip()
    if not words:
        return found
    plain = words.upper().replace(" ", "").replace("·", "")
    return found.filter(
        Q(plate_key__contains=plain) | Q(name__icontains=words) | Q(coming_from__icontains=words) | Q(going_to__icontains=words)
    )


def to_reconcile(scope: Scope, community: Place) -> QuerySet[Crossing]:
    """What was decided offline and nobody has looked at, disagreements first; for the office."""
    if not scope.covers(community.code, "office"):
        raise NotFound(community.code)
    waiting = Crossing.objects.filter(community=community, offline=True, reconciled=None, undone=None)
    agrees = Case(When(recheck=Recheck.AGREES, then=Value(1)), default=Value(0))
    return waiting.select_related("gate").alias(agrees=agrees).order_by("agrees", "-at")


def leaves(scope: Scope, community: Place, at: datetime) -> QuerySet[Leave]:
    """Rules of going out that count or will; whoever sees gates sees them."""
    gates(scope, community)
    return Leave.objects.filter(community=community, ended=None, until__gt=at)


def leave(scope: Scope, leave_id: UUID) -> Leave:
    """One of them, for the office; raises NotFound."""
    mine = places.within(scope, "community__code", "office")
    return known(Leave.objects.filter(mine, pk=leave_id).select_related("community").first(), leave_id)


# --- patrols


def _patrolled(scope: Scope, community: Place) -> None:
    if not scope.covers(community.code, "leader", *PATROLS):
        raise NotFound(community.code)


def routes(scope: Scope, community: Place) -> QuerySet[Route]:
    """Routes that are gone; raises NotFound where the scope holds no part in patrols of the community."""
    _patrolled(scope, community)
    return Route.objects.filter(community=community, closed=None)


def route(scope: Scope, route_id: UUID) -> Route:
    """One of them, for the office; raises NotFound."""
    mine = places.within(scope, "community__code", "office")
    return known(Route.objects.filter(mine, pk=route_id).select_related("community").first(), route_id)


def findings(scope: Scope, community: Place, since: datetime, until: datetime) -> QuerySet[Finding]:
    """What patrols found between these moments, newest first."""
    _patrolled(scope, community)
    return Finding.objects.filter(community=community, undone=None, at__gte=since, at__lt=until).select_related("route")


def finding(scope: Scope, community: Place, finding_id: UUID) -> Finding:
    """One of them; raises NotFound."""
    _patrolled(scope, community)
    return known(Finding.objects.filter(community=community, pk=finding_id).first(), finding_id)


# --- numbers


@dataclass(frozen=True)
class DayNumbers:
    """A gate's day: vehicles and people that went through, and what stopped others."""

    vehicles_in: int = 0
    vehicles_out: int = 0
    people_in: int = 0
    people_out: int = 0
    turned_back: int = 0
    fever: int = 0
    referred: int = 0

    def __add__(self, other: "DayNumbers") -> "DayNumbers":
        return DayNumbers(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


def day_counts(
    scope: Scope, community: Place, since: date, until: date, as_of: datetime
) -> dict[tuple[date, UUID], DayNumbers]:
    """(day, gate) → its numbers: from the crossings while they are kept, afterwards from the nightly counts."""
    mine = list(_all_gates(scope, community).values_list("pk", flat=True))
    kept = DayCount.objects.filter(gate__in=mine, day__range=(since, until))
    found = {
        (row.day, row.gate_id): DayNumbers(*(getattr(row, f.name) for f in fields(DayNumbers))) for row in kept
    }
    counted, worn = _counted(Crossing.objects.filter(gate__in=mine), since, until, as_of), _worn(mine)
    return found | {key: value for key, value in counted.items() if key not in found or key not in worn}


def _worn(of: Iterable[UUID]) -> set[tuple[date, UUID]]:
    """The oldest day of each gate of which crossings are left: part of them may be gone already."""
    first = Crossing.objects.filter(gate__in=list(of)).order_by().values_list("gate").annotate(first=Min("at"))
    return {(clock.local_day(at), gate) for gate, at in first}


def gate_names(scope: Scope, community: Place) -> dict[UUID, str]:
    """Names of the scope's gates, closed ones too."""
    return dict(_all_gates(scope, community).values_list("pk", "name"))


def _all_gates(scope: Scope, community: Place) -> QuerySet[Gate]:
    gates(scope, community)
    return Gate.objects.filter(places.within(scope, "place__code", *NUMBERS), community=community)


def _counted(
    rows: QuerySet[Crossing], since: date, until: date, as_of: datetime
) -> dict[tuple[date, UUID], DayNumbers]:
    begin = datetime.combine(since, time.min, clock.LOCAL)
    end = datetime.combine(until + timedelta(days=1), time.min, clock.LOCAL)
    through = Q(outcome__in=WENT_THROUGH)
    driven = through & ~Q(vehicle=Vehicle.NONE)
    numbers = (
        rows.filter(at__gte=begin, at__lt=end, at__lte=as_of, undone=None)
        .order_by()
        .values(day=TruncDate("at", tzinfo=clock.LOCAL), of=F("gate_id"))
        .annotate(
            vehicles_in=Count("pk", filter=driven & Q(direction=Direction.IN)),
            vehicles_out=Count("pk", filter=driven & Q(direction=Direction.OUT)),
            people_in=Sum("people", filter=through & Q(direction=Direction.IN), default=0),
            people_out=Sum("people", filter=through & Q(direction=Direction.OUT), default=0),
            turned_back=Sum("people", filter=Q(outcome=Outcome.TURNED_BACK), default=0),
            fever=Sum("people", filter=Q(why="fever"), default=0),
            referred=Sum("people", filter=Q(outcome=Outcome.REFERRED_CLINIC), default=0),
        )
    )
    return {
        (row["day"], row["of"]): DayNumbers(*(row[f.name] for f in fields(DayNumbers))) for row in numbers
    }


def total(scope: Scope, numbers: Iterable[DayNumbers]) -> DayNumbers:
    """All of them together."""
    return sum(numbers, DayNumbers())


def inside(scope: Scope, community: Place, at: datetime) -> QuerySet[Crossing]:
    """Vehicles from elsewhere that came in and have not gone out, the longest first; as `crossings` for names.

    By plate alone: whoever came home is not a visitor, and what came in longer than 14 days ago is not kept.
    """
    through = Crossing.objects.filter(
        community=community, outcome__in=WENT_THROUGH, undone=None, at__lte=at, at__gt=at - INSIDE_FOR
    ).exclude(plate_key="")
    newest = Window(RowNumber(), partition_by=F("plate_key"), order_by=[F("at").desc(), F("pk").desc()])
    last = through.order_by().alias(nth=newest).filter(nth=1).values("pk")
    still = Crossing.objects.filter(pk__in=last, direction=Direction.IN).exclude(errand=Errand.HOME)
    return still.filter(pk__in=crossings(scope, community, at).values("pk")).select_related("gate").order_by("at", "id")


def inside_count(scope: Scope, community: Place, at: datetime) -> int:
    """How many such vehicles there are; for all who may see numbers."""
    gates(scope, community)
    everything = Scope.everything("a number without names")
    return inside(everything, community, at).count()


def nightly_counts(
    scope: Scope, of: Gate, since: date, until: date, as_of: datetime
) -> dict[tuple[date, UUID], DayNumbers]:
    """What the nightly job writes down of a gate; for it alone."""
    if not scope.whole:
        raise NotFound(str(of.pk))
    counted = _counted(Crossing.objects.filter(gate=of), since, until, as_of)
    told = set(DayCount.objects.filter(gate=of).values_list("day", flat=True))
    worn = _worn([of.pk])
    return {key: value for key, value in counted.items() if key not in worn or key[0] not in told}
