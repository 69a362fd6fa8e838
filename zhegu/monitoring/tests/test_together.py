"""Those who live with somebody under a measure: the profile proposes, a person decides on each."""


import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Look, Role
from zhegu.accounts.tests.make import staff
from zhegu.lib.ids import new_id
from zhegu.monitoring import actions, queries
from zhegu.monitoring.models import Measure
from zhegu.monitoring.tests.make import Home, at
from zhegu.outbreaks.outside.profiles import FOLDER, read_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture
def home() -> Home:
    """The shipped profile asks the people of a close contact's household to be secondary contacts."""
    return Home()


@pytest.fixture
def ana(home: Home) -> Client:
    made = Client()
    made.force_login(staff("ana-together", Role.OFFICE, home.community))
    return made


def decide(who: Client, of: Measure, *people, **more):
    evidence = {f"evidence-{one.pk}": f"ground of {one.name}" for one in people}
    post = {"person": [str(one.pk) for one in people], **evidence, **more}
    return who.post(reverse("monitoring:cohabitants", args=[of.pk]), post, follow=True)


def test_they_are_proposed_and_nobody_is_restricted_by_it(home, ana):
    row = home.measure(people=home.people[:1])
    found = queries.together(home.ana, row)
    assert found.rule.code == "secondary_contact" and list(found.open) == home.people[1:3]
    page = ana.get(reverse("monitoring:measure", args=[row.pk])).content.decode()
    assert all(f'value="{one.pk}"' in page for one in home.people[1:3])
    assert str(home.people[3].pk) not in page and "checked" not in page
    assert Measure.objects.count() == 1
    assert home.people[1].pk in set(Look.objects.get().subjects.values_list("person", flat=True))


def test_each_who_is_ticked_has_a_ground_of_their_own(home, ana):
    row = home.measure(people=home.people[:1])
    decide(ana, row, *home.people[1:3], exposure_place="1-1", exposed="2022-09-13T08:00")
    laid = list(Measure.objects.filter(code="secondary_contact").order_by("person__pk"))
    assert [one.evidence for one in laid] == [f"ground of {one.name}" for one in home.people[1:3]]
    assert all(one.waits for one in laid) and len({one.laid for one in laid}) == 1
    found = queries.together(home.ana, row)
    assert found.open == () and list(found.under) == home.people[1:3]


def test_several_of_them_wait_for_somebody_else_who_agrees_to_all_at_once(home, ana):
    row = home.measure(people=home.people[:1])
    decide(ana, row, *home.people[1:3], exposure_place="1-1", exposed="2022-09-13T08:00")
    first = Measure.objects.filter(code="secondary_contact").first()
    [answer] = actions.approve_measures(
        by=home.dolma.actor, scope=home.dolma, acts=[actions.Approve(first, new_id(), at("2022-09-13 09:31"))]
    )
    assert answer.accepted and len(answer.facts["measures"]) == 2


def test_one_of_them_with_place_and_time_holds_at_once(home, ana):
    row = home.measure(people=home.people[:1])
    decide(ana, row, home.people[1], exposure_place="1-1", exposed="2022-09-13T08:00")
    assert Measure.objects.get(code="secondary_contact").holds


def test_a_blank_ground_stops_all(home, ana):
    row, (one, other) = home.measure(people=home.people[:1]), home.people[1:3]
    page = decide(ana, row, one, other, **{f"evidence-{other.pk}": " "})
    assert page.status_code == 409 and Measure.objects.count() == 1


def test_a_second_click_says_the_same_again_and_who_is_under_it_already_stops_nobody(home, ana):
    row, ref = home.measure(people=home.people[:1]), str(new_id())
    once = decide(ana, row, home.people[1], ref=ref)
    again = decide(ana, row, home.people[1], ref=ref)
    assert again.redirect_chain == once.redirect_chain and again.redirect_chain
    assert Measure.objects.count() == 2
    decide(ana, row, *home.people[1:3])
    assert Measure.objects.filter(code="secondary_contact").count() == 2
    assert not decide(ana, row, *home.people[1:3]).redirect_chain


def test_without_a_place_and_time_somebody_else_has_to_agree(home, ana):
    row = home.measure(people=home.people[:1])
    decide(ana, row, home.people[1])
    assert Measure.objects.get(code="secondary_contact").waits
    assert queries.together(home.ana, row).under == (home.people[1],)


def test_no_ground_no_measure_and_nobody_of_another_household(home, ana):
    row = home.measure(people=home.people[:1])
    decide(ana, row, home.people[1], **{f"evidence-{home.people[1].pk}": " "})
    decide(ana, row, home.people[3])
    decide(ana, row)
    assert Measure.objects.count() == 1


def test_where_the_profile_asks_nothing_nothing_is_proposed(home, ana):
    row = home.measure(people=home.people[:1], code="secondary_contact")
    assert queries.together(home.ana, row).rule is None
    decide(ana, row, home.people[1])
    assert Measure.objects.count() == 1


@pytest.mark.parametrize(
    ("profile", "of", "proposed"),
    [
        ("covid19-cn-2022-09ed", "close_contact", "secondary_contact"), ("covid19-cn-2022-09ed", "secondary_contact", ""),
        ("plague", "case_bubonic", "close_contact"), ("plague", "case_pneumonic", "close_contact"),
        ("influenza", "case", "household_contact"), ("measles", "case", "close_contact"),
    ],
)  # fmt: skip
def test_what_each_profile_asks_of_those_who_live_there_names_its_source(profile, of, proposed):
    """The people of a contact of a contact are asked nothing: the plan traces no further."""
    found = read_file(FOLDER / f"{profile}.yaml")
    assert next(one for one in found["measures"] if one["code"] == of).get("cohabitants", "") == proposed
    paths = (f"measures.{of}.cohabitants", f"measures.{of}", "measures")
    sources = [one for one in found["sources"] if any(path in one["of"] for path in paths)]
    assert not proposed or (sources and all(one["confidence"] in "ABC" for one in sources))
