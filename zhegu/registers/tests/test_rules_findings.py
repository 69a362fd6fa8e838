"""What is shown of an import before it is confirmed."""

import pytest

from zhegu.registers.rules.findings import key_of, letter, shown
from zhegu.registers.rules.reading import Spot


@pytest.mark.parametrize(
    ("value", "secret", "seen"),
    [
        ("13912345678", False, "139****5678"),
        (13912345678.0, True, "139****5678"),
        ("139 1234 5678", False, "139****5678"),
        ("༡༣༩༡༢༣༤༥༦༧༨", False, "139****5678"),
        ("11010519491231002X", False, "110***********002X"),
        ("0893-1981184", False, "089****1184"),
        ("扎西(户主,11010519491231002X,13912345678)", False, "扎西(户主,110***********002X,139****5678)"),
        ("1234567", True, "*******"),
        ("H12345678", True, "H12**5678"),
        ("1990-01-02", False, "1990-01-02"),
        ("19900102", False, "19900102"),
        ("2022-07-20 03:06", False, "2022-07-20 03:06"),
        ("第3网格", False, "第3网格"),
    ],
)
def test_long_numbers_are_masked_and_dates_are_not(value, secret, seen):
    assert shown(value, secret) == seen


def test_columns_are_named_as_excel_names_them():
    assert [letter(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_a_key_tells_nothing_and_stays_the_same():
    spot = Spot("Sheet1", 7, workbook="book.xlsx")
    assert key_of(spot, "扎西") == key_of(spot, "扎西") != key_of(spot, "卓玛")
    assert "扎西" not in key_of(spot, "扎西")
