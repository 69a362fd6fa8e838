"""Who looks, what lapses, and which risk somebody comes from: decisions as tables."""

from datetime import date, datetime, timedelta

import pytest

from zhegu.journal.tests.make import MORNING
from zhegu.outbreaks.rules import Area, Fits, Watch, book, fits, held_since, last_look, watch


@pytest.mark.parametrize(
    ("days", "how"),
    [(0, Watch.LOOKED_AT), (13.9, Watch.LOOKED_AT), (14, Watch.REVIEW_DUE), (29.9, Watch.REVIEW_DUE), (30, Watch.LAPSED)],
)
def test_after_14_days_it_warns_and_after_30_it_lapses(days: float, how: Watch):
    assert watch(MORNING, MORNING + timedelta(days=days)) == how


def after(*days: float) -> list[datetime]:
    return [MORNING + timedelta(days=day) for day in days]


@pytest.mark.parametrize(
    ("reviews", "day", "since"),
    [
        ((), 29, 0),
        ((), 30, None),
        ((20,), 45, 0),
        ((20,), 50, None),
        ((20, 49, 78), 100, 0),
        ((35,), 36, 35),  # what lapsed on day 30 does not come back on day 35
        ((35,), 34, None),  # what is written later counts from then on
        ((35, 40), 50, 35),
    ],
)
def test_restrictions_hold_without_a_gap_since(reviews: tuple, day: float, since: float | None):
    wanted = None if since is None else MORNING + timedelta(days=since)
    assert held_since(MORNING, after(*reviews), *after(day)) == wanted


def test_opening_is_the_first_look_and_a_later_review_does_not_count_yet():
    assert last_look(MORNING, after(3, 9), *after(8)) == after(3)[0]
    assert last_look(MORNING, [], *after(8)) == MORNING


def area(name: str, level: str = "high", since: int = 1, rank: int = 0, **more: object) -> Area:
    return Area(f"{name}{since}", name, level, rank, date(2022, 8, since), MORNING, **more)


@pytest.mark.parametrize(
    ("said", "name", "how"),
    [
        ("拉萨市城关区", "拉萨市城关区", Fits.YES),
        ("西藏自治区拉萨市城关区八廓街道", "拉萨市城关区", Fits.YES),
        ("从 拉萨 城关区 来", "拉萨市城关区", Fits.YES),
        ("拉萨城关", "西藏自治区拉萨市城关区", Fits.YES),
        ("城关区", "拉萨市城关区", Fits.YES),
        ("拉萨", "拉萨市", Fits.YES),
        ("拉萨市堆龙德庆区", "拉萨市", Fits.YES),
        ("西藏拉萨", "拉萨市", Fits.YES),
        ("拉萨", "拉萨市城关区", Fits.PART),
        ("西藏自治区拉萨市", "拉萨市城关区八廓街道", Fits.PART),
        ("拉萨市堆龙德庆区", "拉萨市城关区", Fits.NO),
        ("兰州市城关区", "拉萨市城关区", Fits.NO),
        ("西藏昌都市卡若区城关镇", "西藏自治区拉萨市城关区", Fits.NO),
        ("日喀则", "拉萨市", Fits.NO),
        ("", "拉萨市", Fits.NO),
        ("Lhasa", "拉萨市", Fits.NO),
    ],
)
def test_a_place_as_people_say_it_lies_in_an_area(said: str, name: str, how: Fits):
    assert fits(said, area(name)) == how


def test_codes_and_tibetan_names_fit_too():
    lhasa = area("拉萨市城关区", code="540102", name_bo="ཁྲིན་ཀོན་ཆུས།")
    assert fits("540102001", lhasa) == Fits.YES and fits("5401", lhasa) == Fits.PART
    assert fits("540402", lhasa) == Fits.NO and fits("540102", area("拉萨市城关区")) == Fits.NO
    assert fits("ལྷ་ས་ཁྲིན་ཀོན་ཆུས་ནས", lhasa) == Fits.YES


def test_the_level_is_that_of_the_day():
    said = book([
        area("拉萨市城关区", "high", since=8), area("拉萨市城关区", "medium", since=15, rank=1),
        area("拉萨市", "", since=25), area("拉萨市城关区", "", since=22),
    ])  # fmt: skip
    levels = {day: (found.level if (found := said.found("拉萨城关区", date(2022, 8, day))) else "") for day in (7, 8, 14, 15, 21, 22)}
    assert levels == {7: "", 8: "high", 14: "high", 15: "medium", 21: "medium", 22: ""}


def test_of_two_areas_the_higher_risk_counts_and_an_end_is_kept():
    said = book([area("拉萨市", "medium", rank=1), area("拉萨市城关区", "high", until=date(2022, 8, 5))])
    assert said.found("拉萨市城关区", date(2022, 8, 5)).level == "high"
    assert said.found("拉萨市城关区", date(2022, 8, 6)).level == "medium"
    assert [one.name for one in said.parts_of("拉萨", date(2022, 8, 5))] == ["拉萨市城关区"]
