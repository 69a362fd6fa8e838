"""Before a round closes: which phones have not reported, and whether the three sums agree."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from zhegu.accounts import queries as accounts
from zhegu.accounts.models import Device
from zhegu.lib.scope import NotFound, Scope
from zhegu.sampling.models import Report, Round, Sample, Tube
from zhegu.sampling.queries.coverage import NAMES, within_grids
from zhegu.sampling.rules import Difference, SwabFacts, differences

JUST_NOW = timedelta(minutes=10)
"""A phone that said so shortly ago has nothing waiting: what it takes meanwhile still comes in as a late fact."""


def phones_to_report(scope: Scope, round_: Round, at: datetime) -> list[Device]:
    """Phones of the community that may still hold something of the round.

    Not among them: those that reported their table after their last swab, those that said just now or
    after the round's end that nothing waits, those written off by name since it opened, and those never
    seen since then (they know nothing of it).
    """
    since = min(at - JUST_NOW, round_.ends_at)
    reports = dict(Report.objects.filter(round=round_).values_list("device", "at"))
    last = dict(
        Sample.objects.filter(round=round_).exclude(device="").order_by().values_list("device").annotate(Max("taken_at"))
    )
    return [
        phone for phone in accounts.unreported(scope, round_.community, since)
        if not _has_reported(str(phone.pk), reports, last) and _knows_it(phone, round_, last)
        and not (phone.written_off and phone.written_off >= round_.opened_at)
    ]  # fmt: skip


def _has_reported(device: str, reports: dict[str, datetime], last: dict[str, datetime]) -> bool:
    return device in reports and (device not in last or reports[device] >= last[device])


def _knows_it(phone: Device, round_: Round, last: dict[str, datetime]) -> bool:
    return str(phone.pk) in last or (phone.last_seen is not None and phone.last_seen >= round_.opened_at)


@dataclass(frozen=True)
class Reconciliation:
    """The three sums, what keeps them apart, and labels that two tubes bear."""

    people: int
    cards: int
    swabs: int
    differences: tuple[Difference, ...]
    labels_twice: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        return self.people == self.cards == self.swabs


def reconciliation(scope: Scope, round_: Round) -> Reconciliation:
    """Persons sampled, cards active, swabs in tubes; raises NotFound unless the scope covers the community."""
    if not scope.covers(round_.community.code):
        raise NotFound(str(round_.pk))
    rows = Sample.objects.filter(round=round_, undone_at=None).order_by("taken_at", "pk").values_list(
        "pk", "person_id", "tube_id", "tube__ratio", "aside", "card"
    )
    swabs = [SwabFacts(str(pk), str(person), str(tube), ratio, aside, card) for pk, person, tube, ratio, aside, card in rows]
    valid = [swab for swab in swabs if not swab.aside]
    labels = Counter(Tube.objects.filter(round=round_).order_by().values_list("label", flat=True))
    return Reconciliation(
        len(valid), sum(swab.card == "active" for swab in valid), len(swabs), tuple(differences(swabs)),
        tuple(sorted(label for label, n in labels.items() if n > 1)),
    )  # fmt: skip


def samples(scope: Scope, round_: Round, *, taken_back: bool = False):
    """Swabs of the grids whose people the scope may name (for the laboratory, all) that were not taken
    back (or those too), in the order of tubes and places."""
    seen = within_grids(scope, round_.community.code, "line__grid", (*NAMES, "lab"))
    found = Sample.objects.filter(seen, round=round_, **({} if taken_back else {"undone_at": None}))
    return found.select_related("person__household", "line__grid", "line__household", "tube__handover").order_by(
        "tube__opened_at", "tube__label", "position", "taken_at"
    )


def tubes(scope: Scope, round_: Round):
    """Tubes of the scope's grids, in the order in which they were opened."""
    seen = within_grids(scope, round_.community.code)
    return Tube.objects.filter(seen, round=round_).select_related("grid", "handover")


def to_recheck(scope: Scope, round_: Round) -> list[Sample]:
    """Everyone in a tube that is positive or grey. Only for laboratory and office of the community."""
    if not scope.covers(round_.community.code, "office", "lab"):
        raise NotFound(str(round_.pk))
    return list(samples(scope, round_).filter(tube__result__in=["positive", "grey"]))
