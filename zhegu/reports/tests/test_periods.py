"""Periods of a form that is asked for: what is due, completeness, approval level by level, lock, correction."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor
from zhegu.lib.texts import text
from zhegu.places.models import Kind, Place
from zhegu.places.tests.make import A, B, community
from zhegu.reports import actions
from zhegu.reports.models import Blank, PeriodReport
from zhegu.reports.rules.periods import Period, Stand, Step, levels, locks, periods, stand, waits_for
from zhegu.reports.tests.test_blanks_pages import brought_in, settle
from zhegu.reports.tests.test_views import visitor
from zhegu.sampling.tests.make import Day

WHOLE = (Step.COMMUNITY, Step.TOWN, Step.COUNTY)


def day_of(words: str) -> date:
    return date.fromisoformat(words)


def test_a_rhythm_makes_its_periods():
    weeks = periods("week", day_of("2022-09-07"), None, day_of("2022-09-21"))
    assert [(str(one.first), str(one.last)) for one in weeks] == [
        ("2022-09-19", "2022-09-25"), ("2022-09-12", "2022-09-18"), ("2022-09-05", "2022-09-11"),
    ]  # fmt: skip
    months = periods("month", day_of("2022-01-31"), day_of("2022-02-10"), day_of("2022-05-01"))
    assert [str(one.last) for one in months] == ["2022-02-28", "2022-01-31"]
    assert periods("day", day_of("2022-09-02"), None, day_of("2022-09-01")) == []


def test_how_a_period_stands_follows_from_its_steps():
    week = Period(day_of("2022-09-05"), day_of("2022-09-11"))
    assert [stand(week, (), False, week.last + timedelta(days=by)) for by in (-1, 0, 1)] == [Stand.RUNNING, Stand.DUE, Stand.LATE]
    assert waits_for([Step.HANDED, Step.COMMUNITY], WHOLE) is Step.TOWN
    assert locks([Step.HANDED, *WHOLE], WHOLE) and not locks([Step.HANDED, Step.COMMUNITY], WHOLE)
    assert not locks([Step.HANDED, *WHOLE, Step.RETURNED], WHOLE)
    assert stand(week, [Step.HANDED, *WHOLE], True, week.last) is Stand.LOCKED
    assert stand(week, [Step.HANDED, Step.RETURNED], False, week.last) is Stand.RETURNED


def test_only_levels_where_somebody_leads_are_asked():
    assert levels([]) == (Step.COMMUNITY,)
    assert levels(["540526101", "540526"]) == WHOLE


def led_day() -> Day:
    """A day with one swab, in a community and a town that have leaders."""
    made = Day().open()
    made.take(made.people[0])
    town = Place.objects.create(kind=Kind.TOWN, code=A[:9], name="镇")
    made.lead = visitor(staff("lead", Role.LEADER, made.community))
    made.town = visitor(staff("town", Role.LEADER, town))
    return made


@pytest.fixture
def day(db) -> Day:
    return led_day()


@pytest.fixture
def ana(day):
    return visitor(day.office)


def asked_daily(ana) -> Blank:
    address = brought_in(ana)
    settle(ana, address, "参加的人", "F1.sampled")
    ana.post(address + "request/", {"asked_by": "县卫健委", "ground": "3号文", "every": "day"})
    return Blank.objects.latest("kept_at")


def page_of(kept: Blank) -> str:
    return reverse("reports:period", args=[kept.pk, clock.local_day(clock.now()).isoformat()])


def hand_in(client, kept: Blank, **said):
    return client.post(page_of(kept) + "hand-in/", said)


def decide(client, no: int, **said):
    return client.post(reverse("reports:decide", args=[PeriodReport.objects.get(no=no).pk]), said)


def test_a_report_goes_through_every_level_and_is_locked(day, ana):
    kept = asked_daily(ana)
    assert text("reports.period_stand_due", "zh") in ana.get(reverse("reports:periods")).content.decode()
    assert hand_in(ana, kept).status_code == 302
    assert kept.name in day.lead.get(reverse("reports:periods")).content.decode()
    assert decide(day.town, 1).status_code == 302, "who leads above may speak for the community"
    assert decide(day.lead, 1).status_code == 404, "the town's word is not the community's to give"
    assert decide(day.town, 1).status_code == 302
    page = ana.get(page_of(kept)).content.decode()
    assert text("reports.period_stand_locked", "zh") in page and text("reports.period_figures", "zh") in page
    assert decide(day.town, 1).status_code == 409


def test_after_the_lock_the_figures_stay_until_a_correction_is_approved(day, ana):
    kept = asked_daily(ana)
    hand_in(ana, kept)
    decide(day.town, 1)
    decide(day.town, 1)
    day.take(day.people[2])
    assert hand_in(ana, kept).status_code == 409, "a correction says why"
    hand_in(ana, kept, reason="漏了一人")
    page = ana.get(page_of(kept)).content.decode()
    assert "漏了一人" in page and text("reports.period_changed", "zh") in page
    assert _counted(page) == "1"
    decide(day.town, 2)
    decide(day.town, 2)
    assert _counted(ana.get(page_of(kept)).content.decode()) == "2"


def _counted(page: str) -> str:
    """Which version counts, by the mark beside its number."""
    before = page.split(text("reports.period_counts", "zh"))[0]
    return before.rpartition("<h3>")[2].split("<")[0].strip().removeprefix("第").split("版")[0].strip()


def test_what_is_sent_back_says_why_and_nobody_approves_their_own(day, ana):
    kept = asked_daily(ana)
    assert hand_in(day.town, kept).status_code == 404
    hand_in(day.lead, kept)
    assert decide(day.lead, 1).status_code == 409
    assert decide(day.town, 1, back="1").status_code == 409
    decide(day.town, 1, back="1", words="第二网格不对")
    page = ana.get(page_of(kept)).content.decode()
    assert "第二网格不对" in page and text("reports.period_stand_returned", "zh") in page


def test_what_is_missing_is_named_by_header(day, ana):
    address = brought_in(ana)
    ana.post(address + "request/", {"asked_by": "县", "ground": "文", "every": "day"})
    page = ana.get(page_of(Blank.objects.get())).content.decode()
    assert text("reports.period_lacks", "zh") in page


def test_the_file_of_an_approved_period_is_the_file_that_was_handed_in(day, ana):
    kept = asked_daily(ana)
    hand_in(ana, kept)
    decide(day.town, 1)
    decide(day.town, 1)
    day.take(day.people[2])
    ana.post(page_of(kept) + "file/")
    first = PeriodReport.objects.get().made
    again = kept.filled.exclude(pk=first.pk).get()
    assert (again.as_of, again.cells) == (first.as_of, first.cells)


def test_who_is_late_below_is_seen_from_above_and_by_no_outsider(day, ana):
    kept = asked_daily(ana)
    Blank.objects.update(kept_at=clock.now() - timedelta(days=3))
    page = day.town.get(reverse("reports:periods")).content.decode()
    assert kept.name in page
    there = community(B)
    chen = visitor(staff("chen", Role.OFFICE, there))
    assert chen.get(page_of(kept)).status_code == 404 and hand_in(chen, kept).status_code == 404
    assert kept.name in day.town.get(reverse("reports:periods")).content.decode()


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_the_pages_open_in_every_language(day, ana, lang):
    kept = asked_daily(ana)
    hand_in(ana, kept)
    client = visitor(day.office, lang)
    assert client.get(page_of(kept)).status_code == 200
    assert client.get(reverse("reports:periods")).status_code == 200


def test_two_who_decide_at_once_are_heard_one_after_the_other(day, ana):
    """Both looked before either spoke: what was sent back meanwhile is not approved."""
    hand_in(ana, asked_daily(ana))
    seen = PeriodReport.objects.select_related("blank").prefetch_related("steps").get()
    assert [one.step for one in seen.steps.all()] == [Step.HANDED]

    def word(**said):
        spoken = actions.Word(seen, Step.COMMUNITY, (Step.COMMUNITY, Step.TOWN), **said)
        return actions.decide(by=Actor.system("x"), community=day.community, word=spoken, at=clock.now(), ref=new_id())

    assert word(back=True, words="不对").accepted
    assert word().reason == "reports.period_not_its_turn"


def test_the_wall_says_what_is_to_be_handed_in_and_for_how_long_it_is_late(day, ana):
    kept = asked_daily(ana)
    Blank.objects.update(kept_at=clock.now() - timedelta(days=2))
    page = ana.get(reverse("reports:wall")).content.decode()
    assert text("reports.wall_late", n=2) in page and text("reports.wall_late", n=1) in page
    assert text("reports.period_stand_due") in page and page.index(text("reports.wall_late", n=2)) < page.index(text("reports.period_stand_due"))
    hand_in(ana, kept)
    assert text("reports.period_stand_due") not in ana.get(reverse("reports:wall")).content.decode()
