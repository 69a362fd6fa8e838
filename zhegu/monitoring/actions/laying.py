"""People, a household or a whole place are put under a measure of the profile: with a reason, or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib import clock
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, NotFound, Scope
from zhegu.monitoring.actions.kinds import PURPOSE, Happened
from zhegu.monitoring.actions.standing import keep_standings
from zhegu.monitoring.actions.store import next_look, note
from zhegu.monitoring.models import Measure
from zhegu.monitoring.rules import (
    AHEAD,
    DECIDES,
    MOST_PEOPLE,
    Basis,
    Did,
    Ground,
    is_bare_list,
    needs_second,
)
from zhegu.outbreaks import queries as outbreaks
from zhegu.outbreaks.models import Outbreak
from zhegu.places.models import Place
from zhegu.registers import queries as registers
from zhegu.registers.models import Household, Person


@dataclass(frozen=True, kw_only=True)
class NewMeasure:
    """Whom, which measure, counted from which day, why. One of `people`, `household`, `place`.

    `day0` is the fact the measure counts from; where that is the exposure, `exposed` says it.
    """

    ref: UUID
    at: datetime
    code: str
    day0: date
    ground: Ground
    evidence: str
    people: tuple[UUID, ...] = ()
    household: Household | None = None
    place: Place | None = None
    exposure_place: str = ""
    exposed: datetime | None = None
    risk: str = ""

    @property
    def body(self) -> dict:
        return {
            "code": self.code, "day0": self.day0.isoformat(), "ground": self.ground, "evidence": self.evidence,
            "people": [str(one) for one in self.people], "household": str(self.household.pk) if self.household else "",
            "place": self.place.code if self.place else "", "exposure_place": self.exposure_place,
            "exposed": self.exposed.isoformat() if self.exposed else None, "risk": self.risk,
        }  # fmt: skip


def begin_measures(*, by: Actor, scope: Scope, outbreak: Outbreak, acts: Sequence[NewMeasure]) -> list[Answer]:
    """Each measure stands and holds at once, or waits for a second approver; facts: `measures`, `already`
    (people who are under it as it is), `waits`. What comes with one call is one decision: its people are counted
    together, however many acts it takes to say why each, and it is approved together.

    Refused: no reason given; people outside the scope's places; several people by hand without an exposure
    place and time; a measure the profile does not have or that is over already; everybody is under it.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        laying = {act.ref: _Laying(by, scope, outbreak, act, acts[0].ref) for act in acts}
        restricted = len({one.pk for each in laying.values() for one in each.people or ()})
        return [laying[command.ref].outcome(restricted) for command in fresh]

    commands = [
        Command(a.ref, Happened.LAID, outbreak.community.code, by, a.at, a.body, PURPOSE, outbreak.pk) for a in acts
    ]
    return journal.once(commands, do)


def refusal_of(outbreak: Outbreak, act: NewMeasure) -> Refused | None:
    """What can be said against a measure before one looks at whom it is for."""
    rule = outbreak.rules.measures.get(act.code)
    if not outbreak.is_open:
        return Refused("outbreaks.already_closed")
    if rule is None:
        return Refused("monitoring.unknown_code")
    if not act.evidence.strip():
        return Refused("monitoring.say_why")
    if (rule.applies_to == outbreaks.AppliesTo.AREA) != (act.place is not None):
        return Refused("monitoring.wrong_subject")
    if act.exposed and act.exposed > act.at:
        return Refused("monitoring.in_future")
    today = clock.local_day(act.at)
    if act.day0 > (today + AHEAD if rule.day0 == outbreaks.Day0.START else today):
        return Refused("monitoring.in_future")
    last = outbreaks.last_day(rule, act.day0)
    return Refused("monitoring.over_already") if last and last < today else None


class _Laying:
    """One act of laying a measure on."""

    def __init__(self, by: Actor, scope: Scope, outbreak: Outbreak, act: NewMeasure, laid: UUID):
        rule = outbreak.rules.measures.get(act.code)
        self.counts_exposure = rule is not None and rule.day0 == outbreaks.Day0.LAST_EXPOSURE
        if self.counts_exposure and act.exposed:
            act = replace(act, day0=clock.local_day(act.exposed))
        self.by, self.scope, self.outbreak, self.act, self.rule, self.laid = by, scope, outbreak, act, rule, laid
        try:
            self.people: list[Person] | None = self._people()
        except NotFound:
            self.people = None

    def outcome(self, restricted: int) -> Outcome:
        """What came of it; `restricted`: how many people the whole decision is about."""
        if refused := refusal_of(self.outbreak, self.act):
            return refused
        people = self.people
        if people is None:
            return Refused("monitoring.unknown_person")
        if self.act.place is None and not people:
            return Refused("monitoring.nobody")
        if len(people) > MOST_PEOPLE:
            return Refused("monitoring.too_many", {"most": MOST_PEOPLE})
        basis = self._basis(people)
        if is_bare_list(basis, len(people), self.act.household is not None):
            return Refused("monitoring.list_without_exposure")
        return self._write(people, basis, restricted)

    def _people(self) -> list[Person]:
        """Whom it is for; raises NotFound where one of them, or the place, is not theirs to decide on."""
        act = self.act
        where = act.place or (act.household and (act.household.grid or self.outbreak.community)) or self.outbreak.community
        if where.community_code != self.outbreak.community.code or not self.scope.covers(where.code, *DECIDES):
            raise NotFound(where.code)
        if act.place:
            return []
        if act.household:
            wanted = registers.Wanted()
            there = registers.people(self.scope, self.outbreak.community, wanted, roles=DECIDES)
            return list(there.filter(household=act.household))
        return registers.picked(self.scope, self.outbreak.community, act.people, roles=DECIDES)

    def _basis(self, people: list[Person]) -> Basis:
        act, profile = self.act, self.outbreak.rules
        tests = outbreaks.tests_of(self.scope, self.outbreak, [one.pk for one in people])
        ill = {who for who, found in tests.items() if found[-1][1] == outbreaks.Result.POSITIVE}
        today = clock.local_day(act.at)
        proposed = profile.proposal(act.risk, act.day0, today) if act.risk else None
        return Basis(
            ground=act.ground, counts_exposure=self.counts_exposure,
            exposed=bool(act.exposure_place.strip() and act.exposed),
            proposed=proposed is not None and proposed.code == act.code,
            positive=bool(people) and all(one.pk in ill for one in people),
        )  # fmt: skip

    def _write(self, people: list[Person], basis: Basis, restricted: int) -> Outcome:
        act = self.act
        under = Measure.objects.filter(outbreak=self.outbreak, code=act.code, ended=None)
        if act.place:
            if under.filter(place=act.place).exists():
                return Refused("monitoring.place_already_under")
            rows, already = [self._row(None, basis, restricted)], []
        else:
            had = set(under.filter(person__in=people).values_list("person_id", flat=True))
            rows = [self._row(one, basis, restricted) for one in people if one.pk not in had]
            already = [str(one) for one in sorted(had)]
        if not rows:
            return Refused("monitoring.already_under")
        Measure.objects.bulk_create(rows, batch_size=200)
        note(rows, Did.LAID, self.by, act.at, act.evidence)
        if rows[0].holds:
            keep_standings(self.by, self.outbreak, [r.person_id for r in rows if r.person_id], act.at)
        return Accepted({"measures": [str(row.pk) for row in rows], "already": already, "waits": rows[0].waits})

    def _row(self, person: Person | None, basis: Basis, restricted: int) -> Measure:
        act, today = self.act, clock.local_day(self.act.at)
        assert self.rule
        first = act.day0 + timedelta(days=self.rule.count_from)
        starts = first if self.rule.day0 == outbreaks.Day0.START else min(first, today)
        return Measure(
            community=self.outbreak.community, outbreak=self.outbreak, code=act.code, person=person, place=act.place,
            household=act.household, laid=self.laid, ground=act.ground, evidence=act.evidence.strip(),
            exposure_place=act.exposure_place.strip(), exposed=act.exposed, risk=act.risk, day0=act.day0,
            holds_from=starts, begun=act.at, by=self.by.key,
            second=needs_second(basis, restricted, act.place is not None), looked_on=today,
            review_on=next_look(self.outbreak, act.code, act.day0, (), today),
        )  # fmt: skip
