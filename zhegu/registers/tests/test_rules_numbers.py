"""Id numbers, phones, births, grids and remarks as people type them."""

from datetime import date, datetime

import pytest

from zhegu.registers.rules.births import BirthProblem, birth_problem, read_birth
from zhegu.registers.rules.grids import grid_in_title, grid_of_sheet, read_grid
from zhegu.registers.rules.ids import IdKind, IdProblem, check_character, mask_id, read_id
from zhegu.registers.rules.notes import Need, needs_in
from zhegu.registers.rules.phones import PhoneProblem, mask_phone, read_phone

GOOD = "11010519491231002X"  # the specimen printed in GB 11643


@pytest.mark.parametrize(
    "typed",
    [GOOD, GOOD.lower(), f" {GOOD} ", "110105 19491231 002X", "110105-19491231-002X", "１１０１０５１９４９１２３１００２Ｘ",
     "༡༡༠༡༠༥༡༩༤༩༡༢༣༡༠༠༢X", "110105\u300019491231002x", "'11010519491231002X", "110105\u00a019491231002X"],
)
def test_an_id_number_is_the_same_however_it_is_typed(typed):
    read = read_id(typed)
    assert (read.text, read.valid, read.problem, read.birth, read.sex) == (GOOD, True, None, date(1949, 12, 31), "f")


@pytest.mark.parametrize(
    ("typed", "kind", "valid", "problem"),
    [
        ("110105194912310021", IdKind.RESIDENT, False, IdProblem.CHECK_DIGIT),
        ("810000199408230021", IdKind.HMT_RESIDENCE, True, None),
        ("830000199201300022", IdKind.HMT_RESIDENCE, True, None),
        ("911124198108030024", IdKind.FOREIGN_CARD, True, None),
        ("911124198108030025", IdKind.FOREIGN_CARD, False, IdProblem.CHECK_DIGIT),
        ("CHN330181050800", IdKind.FOREIGN_CARD_2017, True, None),
        ("H12345678", IdKind.HM_TRAVEL, True, None),
        ("M1234567801", IdKind.HM_TRAVEL, True, None),
        ("12345678", IdKind.TAIWAN_TRAVEL, True, None),
        (12345678.0, IdKind.TAIWAN_TRAVEL, True, None),
        ("E12345678", IdKind.PASSPORT, True, None),
        ("P123456789", IdKind.BIRTH_PAPER, True, None),
        ("5.42227E+17", IdKind.OTHER, False, IdProblem.LOST_DIGITS),
        (5.42227196108065e17, IdKind.OTHER, False, IdProblem.LOST_DIGITS),
        (542227196108065000, IdKind.OTHER, False, IdProblem.LOST_DIGITS),
        ("54222719610806", IdKind.OTHER, False, IdProblem.LOST_DIGITS),
        ("", IdKind.NONE, False, IdProblem.MISSING),
        (None, IdKind.NONE, False, IdProblem.MISSING),
        ("无", IdKind.NONE, False, IdProblem.MISSING),
        ("/", IdKind.NONE, False, IdProblem.MISSING),
        ("མེད།", IdKind.NONE, False, IdProblem.MISSING),
        ("未上户", IdKind.OTHER, False, None),
        ("13900000000", IdKind.OTHER, False, IdProblem.LOST_DIGITS),
        (True, IdKind.OTHER, False, None),
    ],
)
def test_kinds_of_papers_and_what_is_wrong_with_them(typed, kind, valid, problem):
    read = read_id(typed)
    assert (read.kind, read.valid, read.problem) == (kind, valid, problem)


def test_the_fifteen_digits_of_old_are_the_eighteen_they_became():
    old = "110105491231002"
    assert read_id(old).text == GOOD
    assert read_id("542227196408027").problem is IdProblem.LOST_DIGITS  # a cut number: its month would be 40


def test_a_check_character_is_one_of_eleven():
    assert {check_character(f"{n:017d}") for n in range(200)} == set("0123456789X")


def test_a_masked_number_shows_the_region_and_the_end():
    assert mask_id(GOOD) == "110***********002X" and mask_phone("13912345678") == "139****5678"
    assert mask_id("12345") == "*****"


@pytest.mark.parametrize(
    ("typed", "numbers", "problem"),
    [
        ("13912345678", ("13912345678",), None),
        (13912345678.0, ("13912345678",), None),
        ("139 1234 5678", ("13912345678",), None),
        ("139-1234-5678", ("13912345678",), None),
        ("１３９１２３４５６７８", ("13912345678",), None),
        ("༡༣༩༡༢༣༤༥༦༧༨", ("13912345678",), None),
        ("+86 139 1234 5678", ("13912345678",), None),
        ("0893-1981184", ("08931981184",), None),
        ("(0893)1981184", ("08931981184",), None),
        ("０８９３-１９８１１８４", ("08931981184",), None),
        ("13912345678/15912345678", ("13912345678", "15912345678"), None),
        ("13912345678、0893-1981184", ("13912345678", "08931981184"), None),
        ("13912345678 15912345678", ("13912345678", "15912345678"), None),
        ("13912345678（儿子）", ("13912345678",), None),
        ("电话：13912345678", ("13912345678",), None),
        ("16912345678", ("16912345678",), None),
        ("1391234567", (), PhoneProblem.INVALID),
        ("139123456789", (), PhoneProblem.INVALID),
        ("12912345678", (), PhoneProblem.INVALID),
        ("0893-198118", (), PhoneProblem.INVALID),
        ("1981184", (), PhoneProblem.INVALID),
        ("没带", (), PhoneProblem.INVALID),
        ("", (), PhoneProblem.MISSING),
        ("无", (), PhoneProblem.MISSING),
        ("/", (), PhoneProblem.MISSING),
        (" ", (), PhoneProblem.MISSING),
        (None, (), PhoneProblem.MISSING),
    ],
)
def test_phones(typed, numbers, problem):
    read = read_phone(typed)
    assert (read.numbers, read.problem) == (numbers, problem)


@pytest.mark.parametrize(
    "typed",
    ["1990-01-02", "1990.1.2", "1990年1月2日", "19900102", 19900102.0, "1990/1/2", "1990/01/02", "１９９０-０１-０２",
     "༡༩༩༠.༡.༢", "1990 年 1 月 2 日", "1990-01-02 00:00:00", date(1990, 1, 2), datetime(1990, 1, 2), 32875.0, "90.1.2",
     "一九九〇年一月二日", "1990。1。2", "1990年01月02日生", "1990ལོའི་ཟླ་1པའི་ཚེས་2ཉིན", "1990.01.02.",
     "2 January 1990", "2-Jan-90", "Jan 2, 1990", "2nd Jan. 1990"],
)
def test_a_birth_is_the_same_however_it_is_typed(typed):
    assert read_birth(typed).day == date(1990, 1, 2)


@pytest.mark.parametrize("typed", ["不详", "1990-13-02", "19??年", "1990-02-30", "1990", 1990.0, "1990-1", "2/3/1990", "属马", 3.5, "2 Foo 1990", "30 Feb 1990"])
def test_an_unreadable_birth_is_warned_of(typed):
    read = read_birth(typed)
    assert read.day is None and read.written
    assert birth_problem(read, None) is BirthProblem.UNREADABLE


def test_a_blank_birth_is_no_problem():
    assert birth_problem(read_birth(""), date(1990, 1, 2)) is None
    assert birth_problem(read_birth(None), None) is None


def test_a_birth_that_the_id_number_tells_otherwise_is_warned_of():
    assert birth_problem(read_birth("1990-01-03"), date(1990, 1, 2)) is BirthProblem.DIFFERS
    assert birth_problem(read_birth("1990-01-02"), date(1990, 1, 2)) is None


def test_the_id_number_settles_what_a_spelling_leaves_open():
    assert read_birth("12.5.6", date(1912, 5, 6)).day == date(1912, 5, 6)
    assert read_birth("2/3/1990", date(1990, 3, 2)).day == date(1990, 3, 2)
    assert read_birth("13/1/1990").day == date(1990, 1, 13)


def test_year_and_month_will_do_where_the_column_asks_for_no_more():
    for typed in ("1990.05", "90年5月", "90.5", "1990-5"):
        read = read_birth(typed)
        assert birth_problem(read, None, months_will_do=True) is None
        assert birth_problem(read, date(1990, 6, 1), months_will_do=True) is BirthProblem.DIFFERS


@pytest.mark.parametrize(
    "typed",
    ["第8网格", "8组", "8", 8.0, "８", "༨", "8号网格", "网格8", "第八网格", "八", "08", "Grid 8", "grid-08", "G8", "#8", "8#",
     "第 8 网格", "དྲ་མིག་༨", "དྲ་མིག་8", "哲古社区第八网格", "八组", "8村民小组", "网格：8", "540526101001008", "第8网格（草场）", "8网格", "第 八 网 格", "⑧", "Ⅷ网格"],
)
def test_a_grid_is_the_same_however_it_is_typed(typed):
    assert read_grid(typed).key == "8"


@pytest.mark.parametrize(("typed", "no"), [("第十二网格", 12), ("十五", 15), ("二十一组", 21), ("100", 100)])
def test_chinese_numbers_of_grids(typed, no):
    assert read_grid(typed).no == no


@pytest.mark.parametrize("typed", ["", None, "待定", "/", "无", "—", "未定", " ", "不详"])
def test_a_cell_that_names_no_grid(typed):
    assert read_grid(typed) is None


def test_a_grid_with_a_name_of_its_own():
    assert read_grid("牧场网格").key == "牧场网格"


@pytest.mark.parametrize(
    ("title", "no"),
    [("哲古社区第3网格花名册", 3), ("第十二网格", 12), ("Grid 7", 7), ("དྲ་མིག་༣", 3), ("3组人员名单", 3), ("第３网格", 3)],
)
def test_a_title_names_its_grid(title, no):
    assert grid_in_title(title).no == no


@pytest.mark.parametrize(
    "title",
    ["哲古社区常住人口花名册", "2022年8月20日", "1-15网格汇总", "第1、2网格", "8个网格", "Sheet1", "网格员联系表", "第3页", "3户", "15"],
)
def test_a_title_that_names_no_single_grid(title):
    assert grid_in_title(title) is None


def test_a_sheet_may_be_called_by_the_number_alone():
    assert grid_of_sheet("༣").no == 3 and grid_of_sheet("03").no == 3
    assert grid_of_sheet("Sheet3") is None and grid_of_sheet("工作表1") is None


@pytest.mark.parametrize(
    ("remark", "needs"),
    [
        ("孕妇（孕32周）", {Need.PREGNANT}),
        ("怀孕6个月", {Need.PREGNANT}),
        ("空巢老人、高血压，长期服药", {Need.ELDERLY_ALONE, Need.CHRONIC}),
        ("残疾（二级）", {Need.DISABLED}),
        ("在外务工", {Need.AWAY}),
        ("无高血压", set()),
        ("低保户", set()),
        ("", set()),
        (None, set()),
    ],
)
def test_remarks_name_needs(remark, needs):
    assert needs_in(remark) == needs
