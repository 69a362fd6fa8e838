"""The catalogue: every form of some days opens in every language and can be had in each of its formats."""

import pytest
from django.urls import reverse

from zhegu.accounts.models import Role, RoleGrant
from zhegu.accounts.tests.make import staff
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor
from zhegu.lib.texts import text
from zhegu.outbreaks import actions as steering
from zhegu.outbreaks.rules import Phase, PlaceCount
from zhegu.reports.outside.catalogue import catalogue
from zhegu.reports.outside.ledgers import offers
from zhegu.reports.tests.test_views import visitor
from zhegu.sampling.tests.make import Day, at

OF_DAYS = [form for form in catalogue().values() if form.granularity == "period"]
STARTS = {"xlsx": b"PK", "pdf": b"%PDF", "csv": b"\xef\xbb\xbf"}


@pytest.fixture
def day(db) -> Day:
    """A round, and an office that also is the medicine team."""
    made = Day().open()
    RoleGrant.objects.create(staff=made.office, role=Role.MEDICINE, place=made.community, since=clock.now(), given_by="test")
    return made


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_every_form_of_some_days_is_offered_and_opens(day: Day, lang: str):
    ana, words = visitor(day.office, lang), {"zh-hans": "zh"}.get(lang, lang)
    offered = ana.get(reverse("reports:reports")).content.decode()
    for form in OF_DAYS:
        assert f"{form.id} {text(form.title, words)}" in offered
        assert ana.get(reverse("reports:period_form"), {"form": form.id}).status_code == 200, form.id


@pytest.mark.parametrize("form", OF_DAYS, ids=lambda form: form.id)
def test_each_can_be_had_in_each_of_its_formats(day: Day, form):
    ana = visitor(day.office)
    for kind in form.formats:
        made = ana.post(reverse("reports:period_form_file"), {"form": form.id, "format": kind})
        assert made.status_code == 200 and made.content.startswith(STARTS[kind]), kind


def test_a_form_is_offered_to_those_alone_who_may_read_it(day: Day):
    lead = visitor(staff("lead", Role.LEADER, day.community))
    assert "F16 " not in lead.get(reverse("reports:reports")).content.decode()
    assert lead.get(reverse("reports:period_form"), {"form": "F16"}).status_code == 404


def test_only_forms_whose_room_exists_stand_in_the_catalogue():
    assert [form.id for form in catalogue().values() if form.source not in offers()] == []
    for form in catalogue().values():
        assert set(form.needs) == set(offers()[form.source].needs), form.id


# --- an outbreak as a whole


def test_the_time_line_of_the_whole_outbreak_is_in_order_and_names_nobody(day: Day):
    by = Actor.system("test")
    steering.review(by=by, outbreak=day.outbreak, phase=Phase.CLOSED, why="两人阳性", at=at(300), ref=new_id())
    told = steering.NewBulletin("州防控办", at(1).date(), (PlaceCount("乃东区", 3, 40),), number="18号")
    steering.write_bulletin(by=by, outbreak=day.outbreak, bulletin=told, at=at(400), ref=new_id())
    day.take(day.people[0])
    ana = visitor(day.office)
    page = ana.get(reverse("reports:period_form"), {"form": "F27"}).content.decode()
    said = ["第1轮采样开始", "防控状态：封控", "两人阳性", "州防控办18号：新增确诊 3，新增无症状 40"]
    places = [page.index(one) for one in said]
    assert places == sorted(places)
    assert not any(person.name in page for person in day.people)
    bo = visitor(staff("bo", Role.SAMPLER, day.grid(1)))
    for form in ("F27", "F28"):
        assert bo.get(reverse("reports:period_form"), {"form": form}).status_code == 404


def test_the_after_action_sheet_says_what_is_on_record_and_leaves_room_to_write(day: Day):
    day.take(day.people[0])
    page = visitor(day.office).get(reverse("reports:period_form"), {"form": "F28"}).content.decode()
    assert "1 轮，应采 6 人次，实采 1 人次" in page
    assert text("reports.after_unknown") in page and text("reports.after_otherwise") in page


def test_a_form_of_the_whole_outbreak_begins_where_the_outbreak_began(day: Day):
    page = visitor(day.office).get(reverse("reports:period_form"), {"form": "F28"})
    assert page.context["since"] == clock.local_day(day.outbreak.opened)
    assert page.context["until"] == clock.local_day(clock.now())
