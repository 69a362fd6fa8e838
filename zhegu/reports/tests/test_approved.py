"""What was approved for a day answers for it, wherever the day is asked for and however long ago; what is reported next is
counted."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from zhegu.__main__ import main
from zhegu.accounts.models import Role, RoleGrant
from zhegu.accounts.tests.make import staff
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor
from zhegu.lib.texts import text
from zhegu.places.models import Kind, Place
from zhegu.places.tests.make import A
from zhegu.reports import queries
from zhegu.reports.ledgers import day_ledger
from zhegu.reports.models import Blank, PeriodReport
from zhegu.reports.outside.catalogue import catalogue
from zhegu.reports.rules.periods import MOST
from zhegu.reports.tests.blanks.drawing import forms
from zhegu.reports.tests.test_blanks_pages import brought_in
from zhegu.reports.tests.test_periods import asked_daily, decide, hand_in, led_day, page_of
from zhegu.reports.tests.test_views import visitor
from zhegu.sampling.tests.make import Day
from zhegu.upward import actions as upward
from zhegu.upward.models import Statement
from zhegu.upward.nightly import state_approved

DAILY = next(one for one in forms() if one["title"] == "社区疫情防控工作日报")


@pytest.fixture
def day(db) -> Day:
    return led_day()


@pytest.fixture
def ana(day):
    return visitor(day.office)


def daily_report(ana, **changes) -> Blank:
    """An upper office's daily report that is asked for every day."""
    address = brought_in(ana, DAILY, **changes)
    ana.post(address + "request/", {"asked_by": "县卫健委", "ground": "3号文", "every": "day"})
    return Blank.objects.latest("kept_at")


def sampled(day: Day, known_at=None) -> tuple[int, bool]:
    now = clock.now()
    told = {one.spec.name: one for one in queries.figures(day.scope, day.community, now, known_at or now)}
    return told["sampling_done"].value, told["sampling_done"].approved


def test_the_approved_figure_answers_wherever_the_day_is_asked_for(day, ana):
    kept = daily_report(ana)
    hand_in(ana, kept)
    before = clock.now()
    day.take(day.people[2])
    assert sampled(day) == (2, False), "handed in is not approved"
    decide(day.town, 1)
    decide(day.town, 1)
    assert sampled(day) == (1, True) and sampled(day, before) == (2, False)
    today = clock.local_day(clock.now())
    (row,) = day_ledger(day.scope, as_of=clock.now(), community=day.community, until=today).rows
    assert row["sampling_done"] == 1
    assert text("reports.figure_approved", "zh") in ana.get(reverse("reports:day")).content.decode()
    upward.state(by=Actor.system("t"), scope=day.scope, community=day.community, day=today, at=clock.now(), ref=new_id())
    assert Statement.objects.get().figures["sampling_done"] == 1


def told(day: Day, name: str, known_at=None):
    found = queries.figures(day.scope, day.community, clock.now(), known_at or clock.now())
    return next(one for one in found if one.spec.name == name)


def approve(day: Day, no: int) -> None:
    decide(day.town, no)
    assert decide(day.town, no).status_code == 302


def test_a_correction_is_filled_with_what_is_counted_not_with_what_it_corrects(day, ana):
    kept = daily_report(ana)
    hand_in(ana, kept)
    approve(day, 1)
    day.take(day.people[2])
    assert sampled(day) == (1, True)
    hand_in(ana, kept, reason="漏了一人")
    cells = PeriodReport.objects.get(no=2).made.cells.values()
    assert [one["value"] for one in cells if one["field"] == "sampling_done"] == [2]


def test_a_share_written_in_hundredths_is_approved_as_the_share_it_is(day, ana):
    counted = told(day, "sampling_rate").value
    kept = daily_report(ana, cells=[[one.replace("采样率=", "采样率(%)=") for one in row] if isinstance(row, list) else row for row in DAILY["cells"]])
    hand_in(ana, kept)
    (cell,) = [one for one in PeriodReport.objects.get().made.cells.values() if one["field"] == "sampling_rate"]
    assert cell["value"] == round(counted * 100, 2)
    approve(day, 1)
    assert told(day, "sampling_rate").approved and told(day, "sampling_rate").value == counted


def test_between_two_approvals_the_first_version_answers(day, ana):
    kept = daily_report(ana)
    hand_in(ana, kept)
    approve(day, 1)
    first = clock.now()
    day.take(day.people[2])
    hand_in(ana, kept, reason="漏了一人")
    approve(day, 2)
    assert sampled(day, first) == (1, True) and sampled(day) == (2, True)


def test_what_was_approved_outlives_its_blank_and_the_list_of_what_is_to_be_done(day, ana):
    kept = daily_report(ana)
    hand_in(ana, kept)
    approve(day, 1)
    Blank.objects.update(dropped_at=clock.now())
    assert sampled(day) == (1, True)
    long_ago = clock.local_day(clock.now()) - timedelta(days=MOST + 5)
    PeriodReport.objects.update(first=long_ago, last=long_ago)
    assert list(queries.days_approved(day.scope, day.community, clock.now())) == [long_ago]
    (row,) = day_ledger(day.scope, as_of=clock.now(), community=day.community, until=long_ago).rows
    assert row["sampling_done"] == 1


def shown(ana, kept: Blank) -> str:
    return ana.get(page_of(kept)).content.decode()


@pytest.mark.parametrize("change", ["added", "removed"])
def test_what_was_approved_stays_approved_when_a_level_is_added_or_removed_above(day, ana, change):
    kept = daily_report(ana)
    hand_in(ana, kept)
    approve(day, 1)
    day.take(day.people[2])
    if change == "added":
        staff("county", Role.LEADER, Place.objects.create(kind=Kind.COUNTY, code=A[:6], name="县"))
    else:
        RoleGrant.objects.filter(staff__username="town").update(until=clock.now())
    assert sampled(day) == (1, True)
    page = shown(ana, kept)
    assert text("reports.period_stand_locked", "zh") in page and text("reports.period_counts", "zh") in page


def test_what_waits_for_a_level_nobody_leads_any_more_is_closed_by_the_highest_there_is(day, ana):
    kept = daily_report(ana)
    hand_in(ana, kept)
    assert decide(day.lead, 1).status_code == 302
    RoleGrant.objects.filter(staff__username="town").update(until=clock.now())
    assert sampled(day) == (1, False), "nobody locked it"
    assert text("reports.period_waits_for", "zh", level=text("reports.period_level_community", "zh")) in shown(ana, kept)
    assert decide(day.lead, 1).status_code == 302
    assert sampled(day) == (1, True) and text("reports.period_step_closed", "zh") in shown(ana, kept)
    assert decide(day.lead, 1).status_code == 409


def test_reports_of_before_are_locked_from_when_the_last_level_of_then_approved(day, ana):
    kept = daily_report(ana)
    hand_in(ana, kept)
    hand_in(ana, kept, reason="改")
    approve(day, 2)
    (locked,) = PeriodReport.objects.exclude(locked_at=None).values_list("no", "locked_at")
    PeriodReport.objects.update(locked_at=None)
    RoleGrant.objects.filter(staff__username="town").update(until=clock.now())
    import_module("zhegu.reports.migrations.0007_locked_at").fill(apps, None)
    assert [locked] == list(PeriodReport.objects.exclude(locked_at=None).values_list("no", "locked_at"))


def form_page(ana, day: Day, form: str = "F1", **said) -> str:
    said = {"approved": "1", **said}
    if form == "F1":
        return ana.get(reverse("reports:form", args=[day.round.no, form]), said).content.decode()
    return ana.get(reverse("reports:period_form"), {"form": form, **said}).content.decode()


def test_a_form_asked_as_approved_answers_with_the_approved_version_or_says_there_is_none(day, ana, tmp_path):
    none = text("reports.none_approved", "zh")
    kept = asked_daily(ana)
    hand_in(ana, kept)
    command = ["reports", "form", "F1", "--round", str(day.round.no), "--community", A, "--approved", "--out", str(tmp_path / "f1.csv")]
    assert none in form_page(ana, day) and main(command) == 1
    approve(day, 1)
    for person in day.people[2:]:
        day.take(person)
    shown = form_page(ana, day)
    asked = queries.About(round=day.round, approved=True)
    table = queries.asked_table(day.scope, day.community, catalogue()["F1"], asked, clock.now())
    said = [row["sampled"] for row in table.rows] or [table.totals["sampled"]]
    assert none not in shown and sum(said) == 1 and "第 1 版" in shown
    assert main(command) == 0 and (tmp_path / "f1.csv").read_text(encoding="utf-8-sig")
    later = clock.local_day(clock.now()) + timedelta(days=1)
    assert none in form_page(ana, day, "F20", since=later, until=later)


def test_a_form_with_names_is_not_asked_as_approved(day, ana):
    assert text("reports.as_approved", "zh") not in ana.get(reverse("reports:form", args=[day.round.no, "F2"])).content.decode()


def stated(day: Day) -> None:
    today = clock.local_day(clock.now())
    assert upward.state(by=Actor.system("t"), scope=day.scope, community=day.community, day=today, at=clock.now(), ref=new_id()).accepted


def test_missed_nights_lose_nothing_that_was_approved(day, ana):
    kept = daily_report(ana)
    hand_in(ana, kept)
    day.take(day.people[2])
    stated(day)
    approve(day, 1)
    assert dict(state_approved(clock.now() + timedelta(days=3))) == {"stated": 1}
    assert Statement.objects.get(newest=True).figures["sampling_done"] == 1
    assert dict(state_approved(clock.now() + timedelta(days=4))) == {"stated": 0}


def test_what_is_approved_later_goes_up_the_night_after(day, ana):
    kept = daily_report(ana)
    hand_in(ana, kept)
    upward.state(
        by=Actor.system("t"), scope=day.scope, community=day.community, day=clock.local_day(clock.now()), at=clock.now(), ref=new_id()
    )
    decide(day.town, 1)
    decide(day.town, 1)
    assert dict(state_approved(clock.now())) == {"stated": 0}, "the same figures are not said twice"
    made = PeriodReport.objects.get().made
    made.cells = {cell: {**said, "value": 5} if said["field"] == "sampling_done" else said for cell, said in made.cells.items()}
    made.save()
    assert dict(state_approved(clock.now())) == {"stated": 1}
    assert Statement.objects.get(newest=True).figures["sampling_done"] == 5
    assert dict(state_approved(clock.now() + timedelta(days=2))) == {"stated": 0}
