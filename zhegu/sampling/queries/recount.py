"""The same figures counted afresh from the facts: what the tallies must equal, always."""

from collections import Counter, defaultdict

from zhegu.lib.scope import Scope
from zhegu.sampling.models import CARD_ACTIVE, Line, Round, Sample, Tally, Tube
from zhegu.sampling.queries.coverage import SUMS

Figures = dict[object, Counter]


def recount(scope: Scope, round_: Round) -> Figures:
    """Figures by grid id, from lines, swabs and tubes; only those that are not nought."""
    if not scope.whole:
        raise PermissionError("a recount sees everything")
    found: Figures = defaultdict(Counter)
    homes: dict[object, set] = defaultdict(set)
    for line in Line.objects.filter(round=round_):
        found[line.grid_id][line.standing] += 1
        found[line.grid_id][f"{line.residence}s"] += 1
        if line.household_id:
            homes[line.grid_id].add(line.household_id)
    for grid, houses in homes.items():
        found[grid]["households"] = len(houses)
    for swab in Sample.objects.filter(round=round_, undone_at=None).select_related("line", "tube"):
        _count(found[swab.line.grid_id], swab)
    for tube in Tube.objects.filter(round=round_, swabs__gt=0):
        found[tube.grid_id]["tubes"] += 1
    return {grid: +figures for grid, figures in found.items() if +figures}


def _count(figures: Counter, swab: Sample) -> None:
    figures["swabs"] += 1
    if swab.aside:
        return
    figures["single" if swab.tube.ratio == 1 else "mixed"] += 1
    figures["at_home"] += swab.at_home
    figures["cards"] += swab.card == CARD_ACTIVE


def kept(scope: Scope, round_: Round) -> Figures:
    """The same figures as the tallies keep them."""
    if not scope.whole:
        raise PermissionError("a recount sees everything")
    found = {
        tally.grid_id: +Counter({name: getattr(tally, name) for name in SUMS})
        for tally in Tally.objects.filter(round=round_)
    }
    return {grid: figures for grid, figures in found.items() if figures}
