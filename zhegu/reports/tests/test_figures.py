"""Figures: one number each, wherever it is asked; what it was at an earlier moment; and what may be told of it."""

from decimal import Decimal
from uuid import UUID

import pytest
from django.urls import reverse

from zhegu.broadcasts.tests.make import announced, approved_in
from zhegu.journal.tests.make import MORNING
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import NotFound
from zhegu.lib.texts import text
from zhegu.orders import actions as orders
from zhegu.places.tests.make import B
from zhegu.reports import actions, queries
from zhegu.reports.ledgers import day_ledger
from zhegu.reports.outside.blanks import open_blank
from zhegu.reports.outside.catalogue import catalogue
from zhegu.reports.outside.figures import specs
from zhegu.reports.rules.figures import BadFigure, added, figures_from
from zhegu.reports.tests.blanks.drawing import drawn, forms
from zhegu.reports.tests.test_views import visitor
from zhegu.sampling import queries as sampling
from zhegu.sampling.tests.make import Day
from zhegu.sanitation.tests.make import disinfected, spot_in
from zhegu.stock import actions as stock
from zhegu.stock.models import Lot

ROW = {"figure": "a", "unit": "people", "source": "x.y", "keys": "k", "over": "day", "gathers": "sum", "outer": ""}


@pytest.mark.parametrize("wrong", [{"unit": "miles"}, {"over": "year"}, {"gathers": "mean"}, {"keys": ""}])
def test_a_line_that_cannot_be_used_is_named(wrong):
    with pytest.raises(BadFigure, match="a"):
        figures_from([{**ROW, **wrong}])


def test_a_name_stands_once():
    with pytest.raises(BadFigure):
        figures_from([ROW, ROW])


@pytest.mark.parametrize(
    ("values", "sum_"), [({"a": 1, "b": 2}, 3), ({"a": 1}, 1), ({"a": None, "b": 2}, 2), ({}, None), (None, None)]
)
def test_what_nobody_knows_is_no_nought(values, sum_):
    assert added(values, ("a", "b")) == sum_


@pytest.fixture
def day(db) -> Day:
    made = Day().open()
    made.community.name, made.community.name_bo = "冲曲社区", "ཁྲོམ་ཆུ་སྡེ་ཁུལ"
    made.community.save()
    made.take(made.people[0])
    return made


def told(day: Day, as_of=None) -> dict[str, object]:
    return {one.spec.name: one.value for one in queries.figures(day.scope, day.community, as_of or clock.now())}


def test_board_form_and_day_say_the_same_number(day):
    now = clock.now()
    whole = sampling.coverage(day.scope, day.round, now).whole
    form = queries.form_table(day.scope, catalogue()["F1"], as_of=now, about={"round": day.round.id})
    figures = told(day, now)
    assert figures["sampling_done"] == whole.done == form.totals["sampled"] == 1
    assert figures["sampling_due"] == whole.due == form.totals["due"]
    day_row = day_ledger(day.scope, as_of=now, community=day.community, until=clock.local_day(now)).rows[0]
    assert {name: day_row[name] for name in figures} == figures


def test_some_figures_are_the_same_as_all_of_them(day):
    now, names = clock.now(), {"residents", "sampling_rate", "days_masks", "requests_open"}
    some = queries.some_figures(day.scope, day.community, now, names)
    assert {name: one.value for name, one in some.items()} == {name: told(day, now)[name] for name in names}


def test_an_earlier_moment_keeps_its_figures(day):
    before = clock.now()
    day.take(day.people[2])
    assert (told(day, before)["sampling_done"], told(day)["sampling_done"]) == (1, 2)


def test_figures_of_another_community_are_not_found(day):
    other = Day(B)
    with pytest.raises(NotFound):
        queries.figures(other.scope, day.community, clock.now())


def test_the_form_of_the_day_has_every_figure_and_no_other():
    fields = [column.field for column in catalogue()["F20"].columns]
    assert fields == ["day", *(spec.name for spec in specs()), "problems", "plan"]


def test_an_upper_offices_daily_report_is_filled_with_the_same_figures(day):
    form = next(one for one in forms() if one["title"] == "社区疫情防控工作日报")
    made, now = drawn(form, 1), clock.now()
    done = actions.fill_blank(
        day.scope, day.community, open_blank(made.content), actions.Filling("t"), as_of=now, at=now, ref=new_id()
    )
    written = {source.field: write.value for _, one in done.placed for write in one.writes
               for source in [one.sources[write.row, write.column]]}
    figures = told(day, now)
    assert (written["sampling_due"], written["sampling_done"]) == (figures["sampling_due"], figures["sampling_done"])
    assert written["checkpoint_vehicles"] == 0


def in_the_stores(day: Day) -> None:
    """Masks, suits and disinfectant, some of each given out."""
    who = {"by": day.office.actor, "community": day.community}
    store = UUID(stock.add_store(**who, name="大院", name_bo="", kind="yard", at=MORNING, ref=new_id()).facts["store"])
    for name, kind in (("口罩", "protective"), ("防护服", "protective"), ("消毒液", "disinfectant")):
        item = UUID(stock.add_item(**who, item=stock.NewItem(name, "件", kind), at=MORNING, ref=new_id()).facts["item"])
        line = stock.Line(item, 9_000)
        stock.move_goods(**who, slips=[stock.NewSlip("purchase", (line,), clock.now(), new_id(), into=store)])
        stock.move_goods(**who, slips=[stock.NewSlip("issue", (stock.Line(item, 1_000, Lot.objects.get(item=item).pk),), clock.now(), new_id(), out_of=store)])


def test_every_header_of_a_daily_report_that_a_room_knows_is_filled(day):
    in_the_stores(day)
    announced(approved_in(day.community))
    disinfected(day.community, spot_in(day.community), litres=Decimal("12.5"))
    line = orders.NewLine("米", 1, "袋")
    ask = orders.NewOrder(ref=new_id(), at=clock.now(), lines=(line,), kind="goods", door="1-1", phone="13900000001")
    assert orders.place_orders(by=day.office.actor, community=day.community, items=[ask])[0].accepted
    form = next(one for one in forms() if one["title"] == "每日疫情防控工作情况统计表")
    made, now = drawn(form, 1), clock.now()
    done = actions.fill_blank(
        day.scope, day.community, open_blank(made.content), actions.Filling("t"), as_of=now, at=now, ref=new_id()
    )
    written = {source.field: write.value for _, one in done.placed for write in one.writes
               for source in [one.sources[write.row, write.column]]}
    asked = {said.partition("=")[2] for group in form["list"] for column in group.values() for said in column}
    figures = {spec.outer: value for spec, value in ((one.spec, one.value) for one in queries.figures(day.scope, day.community, now))}
    assert {name: written.get(name) for name in asked} == pytest.approx({name: figures[name] for name in asked}, abs=1e-6)
    assert (written["disinfection_m2"], written["disinfection_litres"], written["disinfection_times"]) == (800, 12.5, 1)
    assert (written["requests_new"], written["supplies_in"], written["supplies_out"], written["days_masks"]) == (1, 3, 3, 56)


@pytest.mark.parametrize("lang", ["zh", "bo", "en"])
def test_the_days_text_fits_and_tells_no_results(day, lang):
    words = queries.day_words(day.scope, day.community, clock.now(), lang)
    assert len(words) <= 600 and text("reports.figure_sampling_done", lang) in words
    assert not [name for name in NEVER_TOLD if text(f"reports.figure_{name}", lang) in words]


NEVER_TOLD = ("sampling_positive", "sampling_pending", "checkpoint_fever", "isolation_abnormal", "medicine_delivered", "care_medicine")
"""Who is ill or needs medicine is nothing for a chat group, even as a number."""


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_day_and_wall_show_the_figures_in_every_language(day, lang):
    ana = visitor(day.office, lang)
    key = {"zh-hans": "zh"}.get(lang, lang)
    for name in ("reports:day", "reports:wall"):
        page = ana.get(reverse(name))
        assert page.status_code == 200 and text("reports.figure_sampling_done", key) in page.content.decode()
    page = ana.get(reverse("reports:day")).content.decode()
    assert '<nav class="rooms' in page
    assert page.count('scope="rowgroup"') == len({spec.room for spec in specs()})
    assert [name for name in (text(f"reports.room_{spec.room}", key) for spec in specs()) if name not in page] == []


def test_the_wall_names_grids_and_nobody(day):
    page = visitor(day.office).get(reverse("reports:wall")).content.decode()
    assert page.count("<progress") == 3
    assert 'hx-trigger="every 60s"' in page, "a wall that stands still is wrong after a minute"
    assert not [one.name for one in day.people if one.name in page]


def test_the_wall_shows_who_leads_how_many_grids_are_done_and_who_helps(day):
    page = visitor(day.office).get(reverse("reports:wall")).content.decode()
    heads = [page.index(text(f"reports.wall_{part}", "zh")) for part in ("party", "grid", "volunteers")]
    assert heads == sorted(heads) and '<span class="figure">0/3</span>' in page
    for one in day.people:
        day.take(one)
    assert '<span class="figure">3/3</span>' in visitor(day.office).get(reverse("reports:wall")).content.decode()


def test_the_wall_says_who_is_at_home_and_what_is_asked_for(day):
    page = visitor(day.office).get(reverse("reports:wall")).content.decode()
    assert all(text(f"reports.figure_{name}", "zh") in page for name in ("isolation_current", "requests_open"))


def test_the_day_at_an_earlier_moment(day):
    ana = visitor(day.office)
    assert ana.get(reverse("reports:day"), {"as_of": "2020-01-01T10:00"}).status_code == 200
    assert ana.get(reverse("reports:day"), {"as_of": "yesterday"}).status_code == 200
