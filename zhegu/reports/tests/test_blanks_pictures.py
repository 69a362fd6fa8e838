"""Blanks as other counties arrange them: several tables, three levels, pairs side by side, notes, hidden columns."""

import io

import openpyxl
import pytest

from zhegu.reports.outside.blanks import open_blank
from zhegu.reports.outside.headers import dictionary
from zhegu.reports.rules.blanks.answers import told
from zhegu.reports.rules.blanks.dictionary import SURE
from zhegu.reports.tests.blanks.drawing import Drawn
from zhegu.reports.tests.blanks.pictures import painted, pictures
from zhegu.reports.tests.test_blanks_filled import fill, only_blanks_differ
from zhegu.sampling.tests.make import Day

FORMS = pictures()
NAMES = [form["name"] for form in FORMS]


def sheet(form: Drawn) -> dict:
    """What is told of the form's own sheet."""
    return told(open_blank(form.content).readings)["sheets"][0]


def counted(form: Drawn) -> tuple[int, int, int]:
    """Headers mapped right, all headers, and headers wrong with confidence."""
    said = {one["cell"]: one for one in sheet(form)["fields"]}
    meant = {cell: names.split("/") for cell, names in form.expected.fields.items()}
    right = sum(cell in said and said[cell]["field"] in names for cell, names in meant.items())
    wrong = sum(
        one["confidence"] >= SURE and one["field"] is not None and one["field"] not in meant.get(cell, ())
        for cell, one in said.items()
    )
    return right, len(meant), wrong


def test_nineteen_headers_of_twenty_are_right_and_none_is_wrong_with_confidence():
    counts = [counted(painted(form)) for form in FORMS]
    right, total, wrong = (sum(one) for one in zip(*counts, strict=True))
    assert right / total >= 0.95, f"{right} of {total}"
    assert wrong == 0


@pytest.mark.parametrize("form", FORMS, ids=NAMES)
def test_the_rows_to_be_filled_are_found(form):
    made = painted(form)
    found = sheet(made)
    assert found["orientation"] == made.expected.orientation
    if made.expected.orientation != "cells":
        assert (found["first_row"], found["last_row"]) == (made.expected.first, made.expected.last)


def test_each_table_of_a_sheet_is_a_form_of_its_own():
    found = sheet(painted(next(form for form in FORMS if form["name"].startswith("two tables"))))
    assert [(one["form"], one["first_row"], one["last_row"]) for one in found["tables"]] == [("F1", 5, 14), ("F7", 18, 18)]


@pytest.mark.django_db
def test_nothing_but_blank_cells_of_the_sheet_changes():
    day = Day().open()
    day.take(day.people[0])
    for form in FORMS:
        before = painted(form).content
        only_blanks_differ(before, fill(day, before).content)


@pytest.mark.django_db
def test_both_tables_of_a_sheet_are_filled():
    day = Day().open()
    made = painted(next(form for form in FORMS if form["name"].startswith("two tables")))
    filled = openpyxl.load_workbook(io.BytesIO(fill(day, made.content).content), data_only=True).worksheets[0]
    assert [filled[f"C{row}"].value for row in (5, 6, 7)] == [2, 2, 2]
    assert [filled[f"{column}18"].value for column in "ABCD"] == [0, 0, 0, 0]


@pytest.mark.parametrize("words", ["单位：人", "单位：户、人", "计量单位：人次"])
def test_what_is_counted_in_is_not_who_reports(words):
    form = FORMS[1] | {"picture": FORMS[1]["picture"].replace("填报人：{compiler}", words)}
    assert not [one for one in sheet(painted(form))["fields"] if one["header"].startswith(words[:2]) and one["field"]]


@pytest.mark.parametrize(
    ("form", "words", "field"),
    [
        ("F1", "村民小组", "grid"), ("F1", "Number to be sampled", "due"), ("F7", "Currently isolated", "current"),
        ("F20", "Vehicles checked", "checkpoint_vehicles"), ("F4", "Days of medicine left", "days_left"),
        ("F5", "Date of arrival", "arrive"), ("F1", "未满3岁", "reason_infant"),
    ],
)  # fmt: skip
def test_words_of_other_counties_and_languages(form, words, field):
    guess = dictionary().best((words,), form)
    assert (guess.field, guess.confidence >= SURE) == (field, True)


def painted_as(words: str) -> Drawn:
    return painted(next(form for form in FORMS if form["name"].startswith(words)))


@pytest.mark.django_db
def test_a_table_goes_on_after_the_headers_of_its_second_page():
    day = Day().open()
    filled = openpyxl.load_workbook(io.BytesIO(fill(day, painted_as("second page").content).content)).worksheets[0]
    assert [filled[f"A{row}"].value for row in (12, 13, 14)] == ["合计", "居家隔离人员日报（续）", "网格"]
    assert [filled[f"B{row}"].value for row in (4, 5, 6)] == [0, 0, 0]


@pytest.mark.django_db
def test_tables_side_by_side_are_filled_each_with_its_own():
    day = Day().open()
    filled = openpyxl.load_workbook(io.BytesIO(fill(day, painted_as("two tables side").content).content)).worksheets[0]
    assert [filled[f"B{row}"].value for row in (4, 5, 6)] == [2, 2, 2]
    assert [filled[f"{column}4"].value for column in "GHI"] == [0, 0, 0] and filled["F4"].value == filled["A4"].value


@pytest.mark.django_db
def test_rows_that_do_not_fit_are_said_and_nothing_is_squeezed_in():
    day = Day().open()
    picture = painted_as("units in a line").content
    form = next(form for form in FORMS if form["name"].startswith("units in a line"))
    short = form | {"picture": form["picture"].replace("12x |", "2x |").replace("17)", "7)")}
    assert "12x" in form["picture"] and fill(day, picture).placed[0][1].problems == []
    (problem,) = fill(day, painted(short).content).placed[0][1].problems
    assert (problem.code, problem.facts["needed"], problem.facts["there"]) == ("too_few_rows", 3, 2)
