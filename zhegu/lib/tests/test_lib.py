"""Clock, scope, ids, texts."""

from datetime import date, datetime

import pytest

from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Grant, Scope
from zhegu.lib.texts import language_code, text

BO = Actor("staff", "bo")


@pytest.mark.parametrize(
    ("place", "code", "covered"),
    [
        ("540526101001", "540526101001003", True),
        ("540526101001003", "540526101001003", True),
        ("540526101001003", "540526101001004", False),
        ("540526101001003", "540526101001", False),
        ("540526101002", "540526101001003", False),
        ("540526", "540526101001003", True),
    ],
)
def test_a_place_covers_what_its_code_begins(place: str, code: str, covered: bool):
    assert Scope(BO, frozenset({Grant("office", place)})).covers(code) is covered


def test_a_role_counts_only_where_it_is_held():
    scope = Scope(BO, frozenset({Grant("office", "540526101001"), Grant("lab", "540526101002")}))
    assert scope.covers("540526101002", "lab") and not scope.covers("540526101001", "lab")


def test_an_empty_scope_covers_nothing():
    assert not Scope(BO).covers("540526101001") and Scope.everything("a reason").covers("1")


def test_ids_sort_by_the_time_they_were_made():
    made = [new_id() for _ in range(50)]
    assert made == sorted(made) and {i.version for i in made} == {7}


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2000, 9, 14), date(2022, 9, 13), 21),
        (date(2000, 9, 13), date(2022, 9, 13), 22),
        (date(2020, 2, 29), date(2021, 2, 28), 0),
    ],
)
def test_ages(born: date, on: date, age: int):
    assert clock.age(born, on) == age


def test_a_time_without_offset_is_refused():
    with pytest.raises(ValueError, match="offset"):
        clock.parse("2022-09-13T09:00:00")


def test_the_day_is_the_local_one():
    assert clock.local_day(datetime.fromisoformat("2022-09-12T17:00:00+00:00")) == date(2022, 9, 13)


@pytest.mark.parametrize(
    ("code", "lang"), [("zh-hans", "zh"), ("bo", "bo"), ("en-us", "en"), ("fr", "zh"), ("", "zh")]
)
def test_unknown_languages_read_chinese(code: str, lang: str):
    assert language_code(code) == lang


def test_placeholders_are_filled():
    assert "8" in text("places.grid_no", "bo", no=8)


def test_an_unknown_sentence_is_an_error():
    with pytest.raises(KeyError):
        text("nowhere.nothing")
