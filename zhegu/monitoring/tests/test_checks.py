"""Daily checks: who is asked, what counts, what the clinic hears of."""

import pytest

from zhegu.lib.ids import new_id
from zhegu.lib.scope import NotFound
from zhegu.monitoring import actions, queries
from zhegu.monitoring.models import Check, Measure
from zhegu.monitoring.rules import Reached, Slot
from zhegu.monitoring.tests.make import Home, at, day
from zhegu.places.tests.make import B

pytestmark = pytest.mark.django_db
TODAY = day("2022-09-13")


@pytest.fixture
def home() -> Home:
    made = Home()
    made.measure()
    return made


def under(home: Home, scope=None, when=TODAY) -> list:
    return [one.name for one in queries.under_checks(scope or home.ana, home.outbreak, when).people]


def test_who_is_under_a_measure_with_checks_is_asked_twice_a_day(home: Home):
    found = queries.under_checks(home.ana, home.outbreak, TODAY)
    assert found.slots == (Slot.MORNING, Slot.EVENING) and under(home) == ["扎西"]
    assert under(home, home.tashi) == ["扎西"] and under(home, when=day("2022-09-12")) == []


def test_a_place_brings_everybody_who_is_there(home: Home):
    row = Measure.objects.get(pk=home.everybody(TODAY).facts["measures"][0])
    assert under(home) == ["扎西"]
    home.approve(row)
    assert len(under(home)) == 4 and len(under(home, home.tashi)) == 3
    Measure.objects.filter(pk=row.pk).update(place=home.grids[1])
    assert under(home) == ["扎西", "达瓦"]


def test_the_last_check_of_a_slot_counts(home: Home):
    home.check(home.people[0], "2022-09-13 08:00", temperature=366)
    home.check(home.people[0], "2022-09-13 08:10", temperature=378)
    home.check(home.people[0], "2022-09-13 20:00")
    found = queries.under_checks(home.ana, home.outbreak, TODAY)
    last = queries.checked(home.ana, found, [home.people[0].pk])[home.people[0].pk]
    assert {slot: row.celsius for slot, row in last.items()} == {"morning": "37.8", "evening": "36.6"}
    told = queries.counts(home.ana, found)
    assert (told.people, told.done, told.abnormal) == (1, {"morning": 1, "evening": 1}, 1)


@pytest.mark.parametrize(
    ("said", "abnormal"),
    [
        ({"temperature": 372}, False),
        ({"temperature": 373}, True),
        ({"temperature": None, "symptoms": ("dry_cough",)}, True),
        ({"temperature": None}, False),
        ({"reached": Reached.NO_ANSWER, "temperature": 390}, False),
    ],
)
def test_a_fever_or_a_symptom_goes_to_the_clinic_at_once(home: Home, said: dict, abnormal: bool):
    assert home.check(home.people[0], "2022-09-13 08:00", home.tashi, **said).facts["abnormal"] is abnormal
    assert [row.person_id for row in queries.abnormal(home.clinic, home.community)] == [home.people[0].pk] * abnormal


def handled(home: Home, scope, words: str = "去看过，退烧了"):
    act = actions.Handle(Check.objects.get(), words, new_id(), at("2022-09-13 10:00"))
    return actions.handle_checks(by=scope.actor, scope=scope, acts=[act])[0]


def test_the_clinic_says_what_was_done(home: Home):
    home.check(home.people[0], "2022-09-13 08:00", temperature=390)
    assert handled(home, home.tashi).reason == "monitoring.unknown_check"
    assert handled(home, home.clinic, "").reason == "monitoring.say_why"
    assert handled(home, home.clinic).accepted
    assert list(queries.abnormal(home.clinic, home.community)) == []
    assert Check.objects.get().handling == "去看过，退烧了"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"temperature": 339}, "bad_temperature"),
        ({"temperature": 431}, "bad_temperature"),
        ({"symptoms": ("headless",)}, "unknown_symptom"),
        ({"day": day("2022-09-14")}, "in_future"),
        ({"day": day("2022-09-12")}, "not_asked_daily"),
    ],
)
def test_what_is_not_written_down(home: Home, said: dict, reason: str):
    assert home.check(home.people[0], "2022-09-13 08:00", **said).reason == f"monitoring.{reason}"


def test_nobody_asks_beyond_their_own_grid(home: Home):
    home.measure(people=home.people[3:4])
    assert home.check(home.people[3], "2022-09-13 08:00", home.tashi).reason == "monitoring.unknown_person"
    assert home.check(home.people[1], "2022-09-13 08:00", home.tashi).reason == "monitoring.not_asked_daily"
    assert home.check(home.people[0], "2022-09-13 08:00", Home(B).ana).reason == "monitoring.unknown_person"
    with pytest.raises(NotFound):
        queries.days_of(home.tashi, home.outbreak, home.people[3], TODAY, TODAY)


def test_a_check_is_taken_back_once(home: Home):
    ref = home.check(home.people[0], "2022-09-13 08:00", temperature=390).ref

    def undo(scope):
        item = actions.UndoCheck(ref=new_id(), at=at("2022-09-13 08:01"), check=ref)
        return actions.undo_checks(by=scope.actor, scope=scope, outbreak=home.outbreak, items=[item])[0]

    assert undo(Home(B).ana).reason == "monitoring.unknown_check"
    assert undo(home.tashi).accepted and undo(home.tashi).reason == "monitoring.undone_before"
    assert list(queries.abnormal(home.clinic, home.community)) == []
