"""An outbreak's time-line tells what held, in the language of whoever reads it."""

from datetime import timedelta

import pytest

from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.tables import say
from zhegu.monitoring import actions as monitoring
from zhegu.monitoring.models import Measure
from zhegu.monitoring.tests.make import Home
from zhegu.outbreaks.models import Outbreak
from zhegu.places.models import Place
from zhegu.reports.queries.course import Moment, moments

pytestmark = pytest.mark.django_db
DAY = MORNING.date()
LATER, LAST = MORNING + timedelta(hours=2), MORNING + timedelta(days=2)


@pytest.fixture
def home() -> Home:
    return Home()


def told(home: Home) -> list[Moment]:
    return moments(home.ana, home.community, LAST, DAY - timedelta(days=3), LAST.date())


def of_places(home: Home) -> list[tuple]:
    return [(one.at, one.what) for one in told(home) if one.what in ("reports.course_place_begun", "reports.course_place_ended")]


def laid(home: Home) -> Measure:
    return Measure.objects.get(pk=home.everybody(DAY).facts["measures"][0])


def test_a_measure_on_a_place_is_told_from_when_it_held(home):
    waiting = laid(home)
    assert of_places(home) == [], "it waits for a second person and restricts nobody"
    home.approve(waiting, when=LATER)
    assert of_places(home) == [(LATER, "reports.course_place_begun")]


def test_what_was_declined_is_not_told(home):
    act = monitoring.Approve(laid(home), new_id(), LATER, "不必")
    assert monitoring.decline_measures(by=home.dolma.actor, scope=home.dolma, acts=[act])[0].accepted
    assert of_places(home) == []


def test_names_are_those_of_the_readers_language(home):
    home.approve(laid(home), when=LATER)
    Place.objects.filter(pk=home.community.pk).update(name="当江", name_bo="གྲོང་ཚོ")
    row = Outbreak.objects.get()
    Outbreak.objects.update(profile={**row.profile, "name": {"zh": "新冠", "bo": "རིམས་ནད", "en": "Covid"}})
    lines = told(home)
    opened = next(one for one in lines if one.what == "reports.course_opened")
    begun = next(one for one in lines if one.what == "reports.course_place_begun")
    assert [say(opened.about, lang) for lang in ("zh", "bo", "en")] == ["新冠", "རིམས་ནད", "Covid"]
    assert say(begun.about, "bo").startswith("གྲོང་ཚོ") and say(begun.about, "zh").startswith("当江")
    assert len({say(begun.about, lang).partition("当江")[2] for lang in ("zh", "en")}) == 2
