"""What a remark says of a need; when somebody is to be asked again."""

from datetime import date

import pytest

from zhegu.care.rules import Category, categories_in, days_left, known, next_contact, weeks_of

DAY = date(2022, 9, 13)


@pytest.mark.parametrize(
    ("remark", "needs"),
    [
        ("孕妇，预产期10月", ["pregnant"]), ("孕产妇", ["pregnant"]), ("产妇，坐月子", ["postpartum"]),
        ("独居老人 高血压", ["elderly_alone", "chronic"]), ("每周透析三次", ["dialysis"]), ("肺癌化疗", ["tumour"]),
        ("无高血压", []), ("低保户、残疾", ["disabled", "hardship"]), ("留守儿童", ["left_behind"]),
        ("外出务工", []), ("སྦྲུམ་མ", ["pregnant"]), ("", []),
    ],
)  # fmt: skip
def test_a_remark_is_read(remark: str, needs: list[str]):
    assert list(categories_in(remark)) == needs


def test_categories_stand_once_in_the_order_of_the_form():
    assert known(["other", "pregnant", "pregnant", "strange"]) == ["pregnant", "other"]
    assert len(Category) == 12


@pytest.mark.parametrize(
    ("last", "every", "due"),
    [(None, 7, DAY), (None, 0, None), (DAY, 1, date(2022, 9, 14)), (date(2024, 2, 28), 2, date(2024, 3, 1))],
)
def test_the_next_contact_follows_the_last(last, every, due):
    assert next_contact(DAY, last, every) == due


def test_medicine_and_weeks_are_counted():
    assert (days_left(date(2022, 9, 16), DAY), days_left(date(2022, 9, 1), DAY), days_left(None, DAY)) == (3, 0, None)
    assert (weeks_of(date(2022, 9, 13), DAY), weeks_of(date(2022, 12, 6), DAY), weeks_of(None, DAY)) == (40, 28, None)
    assert weeks_of(date(2020, 1, 1), DAY) is None
