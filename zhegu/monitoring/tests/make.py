"""Plain builders: a community under an outbreak of the 2022 profile, two in the office, a worker, a clinic."""

from datetime import date, datetime, timedelta
from typing import Any

from zhegu.journal.actions import Answer
from zhegu.journal.tests.make import MORNING
from zhegu.lib.clock import LOCAL
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Grant, Scope
from zhegu.monitoring import actions
from zhegu.monitoring.models import Measure
from zhegu.monitoring.rules import Ground, How, Slot
from zhegu.outbreaks import actions as outbreaks
from zhegu.outbreaks.models import Outbreak
from zhegu.outbreaks.outside.profiles import FOLDER, read_file
from zhegu.outbreaks.rules import Result
from zhegu.places.models import Place
from zhegu.places.tests.make import A, community, grid
from zhegu.registers.models import Household, Person
from zhegu.registers.tests import make as registers

COVID = "covid19-cn-2022-09ed"


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    """`2022-09-13 09:00` as people here live it."""
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


def opened(place: Place, profile: str = COVID, now: datetime = MORNING) -> Outbreak:
    """The outbreak of that profile file, open for two days."""
    answer = outbreaks.open_outbreak(
        by=Actor("staff", "ana"), community=place, profile=read_file(FOLDER / f"{profile}.yaml"),
        at=now - timedelta(days=2), ref=new_id(),
    )  # fmt: skip
    return Outbreak.objects.select_related("community").get(pk=answer.facts["outbreak"])


WATCHED = {
    "code": "close_contact",
    "stages": [{"kind": "home_isolation", "days": 7, "day0": "last_exposure"}],
    "monitoring": {"temperature_per_day": 2, "symptoms": True},
}


def _over(code: str, stages: int) -> dict:
    return {"code": code, "stages": [{"kind": "home_monitoring", "days": 2, "day0": "start"}, {"kind": "home_monitoring", "days": 2}][:stages], "release": {"require": []}}


DECIDABLE = [_over("over", 1), _over("goes_on", 2)]
"""Days that are long over: one may be let go, one begins its next stage."""


def watched(outbreak: Outbreak, people: Any, when: datetime) -> None:
    """These people are asked every day under an outbreak that is open already."""
    changes = {"measures": [WATCHED, *DECIDABLE], "symptoms": ["fever", "dry_cough"], "fever_threshold_c": 37.3}
    Outbreak.objects.filter(pk=outbreak.pk).update(profile={**outbreak.profile, **changes})
    for person in people:
        _under(outbreak, person, "close_contact", when.date(), when)


def decidable(outbreak: Outbreak, people: Any, when: datetime) -> None:
    """Of these who are `watched`, each is under one measure that may end and one whose next stage may begin."""
    for person in people:
        for one in DECIDABLE:
            _under(outbreak, person, one["code"], when.date() - timedelta(days=9), when)


def _under(outbreak: Outbreak, person: Person, code: str, day0: date, when: datetime) -> None:
    Measure.objects.get_or_create(
        community=outbreak.community, outbreak=outbreak, person=person, code=code,
        defaults={
            "laid": new_id(), "ground": Ground.EXPOSURE, "second": False, "day0": day0, "holds_from": day0,
            "begun": when, "by": "system:make", "looked_on": day0, "review_on": day0,
        },
    )  # fmt: skip


class Home:
    """Grid 1 has a household of three, grid 2 one of one; Ana and Dolma are the office, Tashi works grid 1."""

    def __init__(self, code: str = A, profile: str = COVID):
        self.community = community(code)
        self.grids = [grid(self.community, no) for no in (1, 2)]
        self.outbreak = opened(self.community, profile)
        self.house = registers.household(self.community, self.grids[0], door="1-1")
        self.other_house = registers.household(self.community, self.grids[1], door="2-1")
        names = [("扎西", self.house), ("卓玛", self.house), ("次仁", self.house), ("达瓦", self.other_house)]
        self.people = [self._person(name, house) for name, house in names]
        self.ana = self._scope("ana", "office", code)
        self.dolma = self._scope("dolma", "office", code)
        self.tashi = self._scope("tashi", "grid_worker", self.grids[0].code)
        self.clinic = self._scope("clinic", "clinic", code)

    @staticmethod
    def _scope(name: str, role: str, place: str) -> Scope:
        return Scope(Actor("staff", name), frozenset({Grant(role, place)}))

    def _person(self, name: str, house: Household) -> Person:
        return registers.person(self.community, name, house.grid, house, phone="13912345678")

    def lay(self, people: Any = None, when: datetime = MORNING, scope: Scope | None = None, **more: Any) -> Answer:
        """By exposure, so that it holds at once, unless said otherwise."""
        scope = scope or self.ana
        chosen = () if {"household", "place"} & more.keys() else tuple(p.pk for p in (people or self.people[:1]))
        said = {
            "ref": new_id(), "at": when, "code": "close_contact", "day0": when.date(), "ground": Ground.EXPOSURE,
            "evidence": "流调 12 号", "people": chosen, "exposure_place": "东街商店", "exposed": when - timedelta(hours=20),
        }  # fmt: skip
        act = actions.NewMeasure(**said | more)
        return actions.begin_measures(by=scope.actor, scope=scope, outbreak=self.outbreak, acts=[act])[0]

    def measure(self, **more: Any) -> Measure:
        """One that holds."""
        answer = self.lay(**more)
        assert answer.accepted, answer
        return Measure.objects.get(pk=answer.facts["measures"][0])

    def everybody(self, first: date, when: datetime = MORNING, **more: Any) -> Answer:
        """The whole community under home monitoring from that day, waiting for a second approver."""
        said = {
            "place": self.community, "code": "area_home_monitoring", "day0": first - timedelta(days=1),
            "ground": Ground.DIRECTIVE, "evidence": "县指挥部 7 号通告", "exposure_place": "", "exposed": None,
        }  # fmt: skip
        return self.lay(when=when, **said | more)

    def approve(self, of: Measure, scope: Scope | None = None, when: datetime = MORNING) -> Answer:
        scope = scope or self.dolma
        return actions.approve_measures(by=scope.actor, scope=scope, acts=[actions.Approve(of, new_id(), when)])[0]

    def test(self, person: Person, *moments: str, result: Result = Result.NEGATIVE) -> None:
        acts = [outbreaks.RecordTest(person, result, at(moment), new_id()) for moment in moments]
        outbreaks.record_tests(by=self.ana.actor, outbreak=self.outbreak, acts=acts)

    def check(self, person: Person, moment: str, scope: Scope | None = None, **more: Any) -> Answer:
        scope, when = scope or self.ana, at(moment)
        said = {
            "ref": new_id(), "at": when, "person": person.pk, "day": when.date(), "how": How.PHONE,
            "slot": Slot.MORNING if when.hour < 12 else Slot.EVENING, "temperature": 366,
        }  # fmt: skip
        item = actions.NewCheck(**said | more)
        return actions.record_checks(by=scope.actor, scope=scope, outbreak=self.outbreak, items=[item])[0]

    def act(self, verb: Any, of: Measure, when: datetime, words: str = "看过了", scope: Scope | None = None) -> Answer:
        """`next_stages`, `review_measures`, `agree` of one measure."""
        scope = scope or self.ana
        return verb(by=scope.actor, scope=scope, acts=[actions.Act(of, new_id(), when, words)])[0]

    def release(self, of: Measure, when: datetime, words: str = "") -> Answer:
        act = actions.Release(of, new_id(), when, words)
        return actions.release_measures(by=self.ana.actor, scope=self.ana, acts=[act])[0]
