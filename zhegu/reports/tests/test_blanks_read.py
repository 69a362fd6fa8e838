"""Blank forms of our own, drawn from a printed seed: what their headers are taken for."""

import io
import os

import openpyxl
import pytest

from zhegu.reports.outside.blanks import open_blank
from zhegu.reports.outside.headers import FOLDER, dictionary
from zhegu.reports.rules.blanks.dictionary import SURE
from zhegu.reports.rules.blanks.proposals import Reading
from zhegu.reports.tests.blanks.drawing import Drawn, Expected, drawn, forms

SEED = int(os.environ["ZHEGU_SEED"])
FORMS = forms()
NAMES = [form["name"] for form in FORMS]


def read(content: bytes) -> Reading:
    return open_blank(content).readings[0]


def counted(reading: Reading, expected: Expected) -> tuple[int, int, int]:
    """Headers mapped right, all headers, and headers wrong with confidence."""
    said = {one.cell: one for one in reading.fields}
    right = sum(cell in said and said[cell].field == name for cell, name in expected.fields.items())
    wrong = sum(
        one.confidence >= SURE and one.field is not None and one.field != expected.fields.get(cell)
        for cell, one in said.items()
    )
    return right, len(expected.fields), wrong


def same_but_written_otherwise(form: Drawn) -> bytes:
    """The same form as another program writes it: other order of parts, strings in place, no empty rows."""
    out = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(form.content)).save(out)
    return out.getvalue()


def test_there_are_enough_forms_to_say_something():
    assert len(FORMS) >= 20


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_nine_headers_of_ten_are_right_and_hardly_any_is_wrong_with_confidence():
    right = total = wrong = 0
    for place, form in enumerate(FORMS):
        made = drawn(form, SEED + place)
        for content in (made.content, same_but_written_otherwise(made)):
            found = counted(read(content), made.expected)
            right, total, wrong = right + found[0], total + found[1], wrong + found[2]
    assert right / total >= 0.95, f"{right} of {total}"
    assert wrong / total <= 0.01, f"{wrong} of {total}"


@pytest.mark.parametrize("form", FORMS, ids=NAMES)
def test_the_rows_to_be_filled_are_found(form):
    made = drawn(form, SEED)
    reading = read(made.content)
    assert reading.orientation == made.expected.orientation
    if made.expected.orientation != "cells":
        assert (reading.table.first, reading.table.last) == (made.expected.first, made.expected.last)


@pytest.mark.parametrize("form", FORMS, ids=NAMES)
def test_what_the_form_counts_itself_is_marked(form):
    made = drawn(form, SEED)
    computed = {one.field for one in read(made.content).fields if one.computed}
    assert made.expected.computed <= computed


@pytest.mark.parametrize(
    ("form", "words", "field"),
    [
        ("F1", "未采(婴幼儿)", "reason_infant"), ("F1", "检测结果(阳性)", "pos"), ("F1", "应采人数(①)", "due"),
        ("F1", "10人混采", "mixed"), ("F1", "送检时刻", "sent_at"), ("F7", "当天解除管控人员", "released"),
        ("F20", "消杀(㎡)", "disinfection_m2"), ("F20", "消杀(次)", "disinfection_times"),
        ("F20", "消毒液(天)", "days_disinfectant"), ("F5", "返乡日期", "arrive"), ("F4", "药物剩余天数", "days_left"),
    ],
)  # fmt: skip
def test_what_is_said_in_other_words_is_understood(form, words, field):
    guess = dictionary().best((words,), form)
    assert (guess.field, guess.confidence >= SURE) == (field, True)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("F1", "采样点"), ("F1", "送检人员"), ("F1", "开始采样时间"), ("F1", "领导签字"), ("F4", "民族"),
        ("F4", "监护人关系"), ("F5", "离藏时间"), ("F7", "门磁安装数"), ("F20", "会议次数"), ("F20", "集中隔离"),
    ],
)  # fmt: skip
def test_what_nobody_here_knows_is_not_guessed_with_confidence(form, words):
    guess = dictionary().best((words,), form)
    assert guess is None or guess.field == "-" or guess.confidence < SURE


def test_no_words_stand_twice_for_a_field():
    lines = (FOLDER / "headers.tsv").read_text(encoding="utf-8").splitlines()
    said = [line.split("\t")[-1].split("|") for line in lines]
    assert [words for words in said if len(set(words)) != len(words)] == []
