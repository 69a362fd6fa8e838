"""A week and a month in figures: each number put together in one way, and the same on page, form, blank and text."""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils.html import escape

from zhegu.checkpoints.actions import NewCrossing, record_crossings
from zhegu.checkpoints.rules import Direction, Outcome, Vehicle, Why
from zhegu.checkpoints.tests.make import Roads
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Scope
from zhegu.lib.texts import text
from zhegu.reports import queries
from zhegu.reports.ledgers import day_counted, day_ledger
from zhegu.reports.models import Blank, PeriodReport
from zhegu.reports.rules.figures import gathered
from zhegu.reports.rules.periods import FIRST_OF
from zhegu.reports.tests.test_approved import DAILY, approve, daily_report
from zhegu.reports.tests.test_blanks_pages import brought_in
from zhegu.reports.tests.test_periods import hand_in, led_day
from zhegu.reports.tests.test_views import visitor
from zhegu.sampling.tests.make import Day


@pytest.mark.parametrize(
    ("how", "days", "known"),
    [("sum", [1, None, 2], 3), ("sum", [None], None), ("last", [1, 2, None], None), ("peak", [1, 5, None, 2], 5), ("sum", [0.5, 1], 1.5)],
)
def test_days_are_put_together_in_the_figures_own_way(how, days, known):
    assert gathered(how, days) == known


@pytest.fixture
def day(db) -> Day:
    made = led_day()
    made.community.name = "冲曲社区"
    made.community.save()
    return made


@pytest.fixture
def ana(day):
    return visitor(day.office)


NOW = clock.now()
MONDAY = FIRST_OF["week"](clock.local_day(NOW)) - timedelta(days=7)
SUNDAY = MONDAY + timedelta(days=6)
END = datetime.combine(SUNDAY, time(23, 59, 59), clock.LOCAL)


def crossed(day: Day, *days: int) -> None:
    """A car with two people, at noon of these days of the week."""
    gate = Roads.gate_in(day.community)
    items = [
        NewCrossing(
            ref=new_id(), at=datetime.combine(MONDAY + timedelta(days=no), time(12), clock.LOCAL), gate=gate.pk, vehicle=Vehicle.CAR,
            direction=Direction.IN, outcome=Outcome.PASS, why=Why.ALL_OK, plate=f"藏C1234{no}", people=2,
        )
        for no in days
    ]  # fmt: skip
    whole = Scope.everything("a test fills a week")
    answers = record_crossings(by=Actor.system("t"), scope=whole, community=day.community, items=items)
    assert all(one.accepted for one in answers), answers


def told(day: Day, since: date | None = MONDAY, as_of: datetime = END) -> dict[str, object]:
    return {one.spec.name: one.value for one in queries.figures(day.scope, day.community, as_of, NOW, since)}


def test_a_week_is_the_sum_of_its_days_where_days_add_up_and_its_last_day_where_not(day):
    crossed(day, 0, 2, 2)
    week, sunday = told(day), told(day, SUNDAY)
    assert (week["checkpoint_vehicles"], week["checkpoint_persons"], sunday["checkpoint_persons"]) == (3, 6, 0)
    assert (week["residents"], week["sampling_done"]) == (sunday["residents"], sunday["sampling_done"])


def test_page_form_and_text_say_the_same_of_a_week(day, ana):
    crossed(day, 0, 2)
    asked = {"over": "week", "as_of": f"{SUNDAY}T23:59"}
    page = ana.get(reverse("reports:day"), asked).content.decode()
    (row,) = day_ledger(day.scope, as_of=NOW, community=day.community, since=MONDAY, until=SUNDAY).rows
    words = queries.day_words(day.scope, day.community, END, "zh", since=MONDAY)
    assert row["checkpoint_persons"] == told(day)["checkpoint_persons"] == 4
    said = text("reports.figure_checkpoint_persons", "zh") + " " + text("reports.unit_people", "zh", n=4)
    assert said in words and said in page and text("reports.gathers_sum", "zh") in page
    assert f"{MONDAY:%m-%d}" in words and f"since={MONDAY}&amp;until={SUNDAY}" in page
    assert ana.get(reverse("reports:period_form"), {"form": "F20", "since": MONDAY, "until": SUNDAY}).status_code == 200


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
@pytest.mark.parametrize("over", ["day", "week", "month", "century"])
def test_the_figures_open_over_every_span_and_in_every_language(day, lang, over):
    page = visitor(day.office, lang).get(reverse("reports:day"), {"over": over, "as_of": f"{SUNDAY}T23:59"}).content.decode()
    added_up = f"<strong>{escape(text('reports.gathers_sum', lang[:2]))}</strong>" in page
    assert added_up == (over == "week" or (over == "month" and SUNDAY.day > 1))


def test_a_form_of_figures_tells_of_at_most_a_month(day, ana):
    asked = {"form": "F20", "since": MONDAY - timedelta(days=40), "until": SUNDAY}
    refused = ana.get(reverse("reports:period_form"), asked)
    assert refused.status_code == 409 and text("reports.too_many_days", "zh", most=31) in refused.content.decode()


def asked_weekly(ana) -> Blank:
    address = brought_in(ana, DAILY)
    ana.post(address + "request/", {"asked_by": "县卫健委", "ground": "3号文", "every": "week"})
    Blank.objects.update(kept_at=NOW - timedelta(days=14))
    return Blank.objects.get()


def handed_in(ana, kept: Blank, **said) -> PeriodReport:
    address = reverse("reports:period", args=[kept.pk, MONDAY.isoformat()]) + "hand-in/"
    assert ana.post(address, said).status_code == 302
    return PeriodReport.objects.latest("no")


def written(report: PeriodReport, name: str) -> list[object]:
    return [one["value"] for one in report.made.cells.values() if one["field"] == name]


def test_a_weekly_blank_is_filled_with_the_week_and_its_approval_answers_for_it(day, ana):
    crossed(day, 0, 2)
    report = handed_in(ana, asked_weekly(ana))
    assert written(report, "checkpoint_persons") == [4] and (report.made.since, report.made.until) == (MONDAY, SUNDAY)
    approve(day, 1)
    crossed(day, 4)
    known = clock.now()
    assert {one.spec.name: one.approved for one in queries.figures(day.scope, day.community, END, known, MONDAY)}["checkpoint_persons"]
    (row,) = day_ledger(day.scope, as_of=known, community=day.community, since=MONDAY, until=SUNDAY).rows
    (next_,) = day_counted(day.scope, as_of=known, community=day.community, since=MONDAY, until=SUNDAY).rows
    assert (row["checkpoint_persons"], next_["checkpoint_persons"]) == (4, 6)
    assert written(handed_in(ana, Blank.objects.get(), reason="漏了一辆"), "checkpoint_persons") == [6]


def test_a_day_that_was_approved_counts_so_in_its_week(day, ana):
    crossed(day, 2)
    kept = daily_report(ana)
    hand_in(ana, kept)
    approve(day, 1)
    wednesday = MONDAY + timedelta(days=2)
    report = PeriodReport.objects.get()
    report.made.cells = {cell: {**said, "value": 9} for cell, said in report.made.cells.items() if said["field"] == "checkpoint_persons"}
    report.made.save()
    PeriodReport.objects.update(first=wednesday, last=wednesday)
    crossed(day, 4)
    week = queries.figures(day.scope, day.community, END, clock.now(), MONDAY)
    assert {one.spec.name: one.value for one in week}["checkpoint_persons"] == 9 + 2
