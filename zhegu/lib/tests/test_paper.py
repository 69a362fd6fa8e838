"""What leaves on paper: readable codes, right Tibetan, our own fonts, and names that stay names."""

import io
import random
import re
import subprocess
from datetime import datetime

import pytest
import zxingcpp
from PIL import Image

from zhegu.lib.clock import LOCAL
from zhegu.lib.paper import (
    BoxLabel,
    Card,
    CodeHousehold,
    CodeSlip,
    CodeTooLarge,
    EnrolmentSlip,
    FontMissing,
    Imprint,
    OrderLine,
    OrderSlip,
    Page,
    RecoverySheet,
    find_fonts,
    print_box_label,
    print_cards,
    print_codes,
    print_enrolment,
    print_order_slips,
    print_recovery,
    print_table,
)
from zhegu.lib.paper.codes import spaced
from zhegu.lib.paper.qr import drawn
from zhegu.lib.tables import Column, Kind, Mask, Phrase, Plain, Table
from zhegu.lib.texts import text

AT = datetime(2022, 9, 13, 8, 5, tzinfo=LOCAL)
IMPRINT = Imprint("某某社区居民委员会", "登记员", AT)
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
A4 = ("595.276", "841.89")


def card(n: int, **more) -> Card:
    dice = random.Random(n)
    return Card("HC1:" + "".join(dice.choices(LETTERS, k=227)), f"12-007-{n:06d}-K", 12, "7", **more)


def poppler(tool: str, pdf: bytes, *options: str) -> bytes:
    return subprocess.run([tool, *options], input=pdf, capture_output=True, check=True).stdout


def words_of(pdf: bytes) -> str:
    return poppler("pdftotext", pdf, "-layout", "-", "-").decode()


def pages_of(pdf: bytes) -> int:
    return int(re.search(rb"Pages:\s+(\d+)", poppler("pdfinfo", pdf, "-")).group(1))


def codes_on(pdf: bytes, page: int = 1, dpi: int = 200) -> list[str]:
    picture = poppler("pdftoppm", pdf, "-r", str(dpi), "-f", str(page), "-l", str(page), "-png", "-")
    return [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))]


def embedded_fonts(pdf: bytes) -> set[str]:
    rows = poppler("pdffonts", pdf, "-").decode().splitlines()[2:]
    return {row.split()[0].partition("+")[2] for row in rows}


def a_list(rows: int = 3, **more) -> Table:
    columns = (
        Column("name", Plain("姓名"), mask=Mask.NAME),
        Column("due", Plain("应采"), Kind.COUNT),
        Column("done", Plain("实采"), Kind.COUNT, group=Plain("其中")),
        Column("called", Plain("已联系"), Kind.TICK),
    )
    made = [{"name": f"扎西{n}", "due": n, "done": n, "grid": f"第{n // 10}网格"} for n in range(rows)]
    return Table(columns, made, Plain("未采样人员"), Plain("第12轮"), **more)


SHEETS = {
    "cards": lambda: print_cards([card(1), card(2, name="བཀྲ་ཤིས", sampled_at=AT)], IMPRINT),
    "codes": lambda: print_codes([CodeHousehold("7-12号", "7", (CodeSlip("R1:ABCDEFGHJKMNPQRST"),))], IMPRINT),
    "table": lambda: print_table(a_list(), IMPRINT, Page(signatures=("paper.compiled_by",), seal=True)),
    "recovery": lambda: print_recovery(
        RecoverySheet("paper.serial", "paper.kept_by", "paper.kept_where", "ABCD" * 13, "9F3A 22C1"), IMPRINT
    ),
    "label": lambda: print_box_label(BoxLabel("BOX-00012", "社区大院", "东路口卡点", (("口罩 N95", "200 只"), ("消毒液", "3 升"))), IMPRINT),
    "orders": lambda: print_order_slips(
        OrderSlip("扎西超市", "2022-09-01", tuple(OrderLine(f"白菜{n}", "¥3.50/斤", n or None) for n in range(7)), "http://localhost/orders/"), IMPRINT
    ),
    "enrolment": lambda: print_enrolment(
        [EnrolmentSlip("https://zhegu.local/join#ABC", "https://zhegu.local", "采样台1", AT)], IMPRINT
    ),
}


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_sheet_is_a4_and_says_when_and_by_whom_it_was_printed(sheet):
    pdf = SHEETS[sheet]()
    size = re.search(rb"Page size:\s+([\d.]+) x ([\d.]+)", poppler("pdfinfo", pdf, "-")).groups()
    assert sorted(side.decode() for side in size) == sorted(A4)
    assert text("paper.printed", "zh", at="2022-09-13 08:05", by="登记员") in words_of(pdf)


@pytest.mark.parametrize("sheet", SHEETS)
def test_only_our_own_fonts_are_embedded(sheet):
    fonts = embedded_fonts(SHEETS[sheet]())
    assert fonts
    assert {name for name in fonts if not name.startswith(("NotoSansCJKsc", "DDC_Uchen"))} == set()


def test_a_missing_font_is_named_and_nothing_is_printed_in_another(tmp_path):
    with pytest.raises(FontMissing, match=r"Noto Sans CJK SC.*fonts-noto-cjk"):
        find_fonts(tmp_path)


def test_tibetan_is_found_again_in_the_text_of_the_page():
    said = words_of(SHEETS["cards"]())
    for key in ("paper.sampled", "paper.sampled_at", "paper.seal_here"):
        assert text(key, "bo") in said
        assert text(key, "zh") in said


def test_ten_cards_go_to_a_page_and_every_code_reads_as_it_was_signed():
    cards = [card(n) for n in range(1, 13)]
    pdf = print_cards(cards, IMPRINT)
    assert pages_of(pdf) == 2
    assert sorted(codes_on(pdf, 1)) == sorted(one.qr for one in cards[:10])
    assert sorted(codes_on(pdf, 2)) == sorted(one.qr for one in cards[10:])


def test_each_card_carries_its_printed_serial_round_and_grid():
    said = words_of(print_cards([card(1), card(2)], IMPRINT))
    assert "12-007-000001-K" in said
    assert "12-007-000002-K" in said
    assert said.count(text("paper.round_and_grid", "zh", round=12, grid="7")) == 2


def test_a_card_printed_beforehand_leaves_its_time_open_and_a_named_one_says_it():
    blank, named = words_of(print_cards([card(1)], IMPRINT)), words_of(
        print_cards([card(1, name="扎西", sampled_at=AT)], IMPRINT)
    )
    assert text("paper.counts_once_handed_out", "zh") in blank
    assert text("paper.counts_once_handed_out", "zh") not in named
    assert "2022-09-13 08:05" in re.sub(r".*登记员.*", "", named)


def test_a_card_code_too_large_for_32_mm_is_refused_by_its_serial():
    with pytest.raises(CodeTooLarge, match="12-007-000009-K"):
        print_cards([Card("HC1:" + "A" * 400, "12-007-000009-K", 12, "7")], IMPRINT)


def test_a_module_of_a_card_is_at_least_0_45_mm():
    side = int(re.search(r'viewBox="0 0 (\d+) ', drawn(card(1).qr)).group(1))
    assert 32 / side >= 0.45


def test_a_resident_code_has_25_modules_and_reads_back():
    code = "R1:0123456789ABCDEFG"
    assert 'viewBox="0 0 33 33"' in drawn(code, 25)
    assert codes_on(print_codes([CodeHousehold("1号", "3", (CodeSlip(code),))], IMPRINT)) == [code]


def test_a_household_keeps_its_slips_together():
    homes = [
        CodeHousehold(f"{n}号", "7", tuple(CodeSlip(f"R1:{n:02d}{k:015d}") for k in range(7))) for n in range(6)
    ]
    pdf = print_codes(homes, IMPRINT)
    for page in range(1, pages_of(pdf) + 1):
        households = [code[3:5] for code in codes_on(pdf, page)]
        assert all(households.count(home) == 7 for home in households)


@pytest.mark.parametrize(
    ("code", "said"), [("R1:ABCDEFGHJ", "R1: ABCD EFGH J"), ("ABCDEF", "ABCD EF"), ("R1:ABCD", "R1: ABCD")]
)
def test_a_code_is_spelt_in_fours(code, said):
    assert spaced(code) == said


@pytest.mark.parametrize("name", ['#panic("x") *y*', '"}; #read("/etc/passwd")', "$ x $ // <label> @ref \\"])
def test_a_name_that_looks_like_a_program_is_printed_as_a_name(name):
    table = Table((Column("name", Plain("姓名")),), [{"name": name}], Plain("名单"))
    assert name in words_of(print_table(table, IMPRINT))


def test_heads_and_page_numbers_stand_on_every_page():
    pdf = print_table(a_list(120), IMPRINT)
    pages = words_of(pdf).split("\f")[:-1]
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert "姓名" in page
        assert text("paper.page", "zh", page=number, pages=len(pages)) in page


def test_names_are_masked_on_paper_unless_it_is_asked_otherwise():
    assert "扎西" not in words_of(print_table(a_list(), IMPRINT))
    assert "扎西1" in words_of(print_table(a_list(), IMPRINT, mask=False))


def test_rows_are_banded_by_the_named_column():
    table = a_list(30)
    banded = Table((Column("grid", Plain("网格")), *table.columns), table.rows, table.title)
    said = words_of(print_table(banded, IMPRINT, Page(landscape=False, band="grid")))
    assert [said.count(f"第{n}网格") for n in range(3)] == [1, 1, 1]
    assert not re.search(r"网格\s+姓名", said)


def test_totals_seal_and_signatures_close_a_form():
    page = Page(signatures=("paper.compiled_by", "paper.checked_by"), seal=True)
    said = words_of(print_table(a_list(totals={"due": 321}), IMPRINT, page))
    assert re.search(r"合计\s+321", said)
    for key in ("paper.compiled_by", "paper.checked_by", "paper.seal_here"):
        assert text(key, "zh") in said


def test_an_empty_list_says_so():
    assert text("paper.nothing_to_list", "zh") in words_of(print_table(a_list(0), IMPRINT))


def test_a_sheet_can_be_printed_for_english_readers_alone():
    english = Imprint("A community", "clerk", AT, langs=("en",))
    said = words_of(print_table(Table((Column("n", "paper.serial"),), [], Phrase.of("paper.grid", grid=3)), english))
    assert "Grid 3" in said
    assert not re.search("[\u0f00-\u0fff]", said)


def test_a_recovery_sheet_carries_the_secret_twice_and_its_fingerprint():
    pdf = SHEETS["recovery"]()
    assert codes_on(pdf) == ["ABCD" * 13]
    assert words_of(pdf).count("ABCD") == 13
    assert "9F3A 22C1" in words_of(pdf)


def test_each_phone_gets_a_page_with_its_own_code():
    slips = [EnrolmentSlip(f"https://zhegu.local/join#{n}", "https://zhegu.local", f"台{n}", AT) for n in range(3)]
    pdf = print_enrolment(slips, IMPRINT)
    assert [codes_on(pdf, page, 100) for page in (1, 2, 3)] == [[slip.qr] for slip in slips]


def wide(columns: int) -> bytes:
    heads = tuple(Column(f"c{n}", "paper.serial", Kind.ID) for n in range(columns))
    rows = [{f"c{n}": f"{n:02d}0526199001011234" for n in range(columns)} for _ in range(3)]
    return print_table(Table(heads, rows, Plain("宽表")), IMPRINT)


@pytest.mark.parametrize(("columns", "paper"), [(4, ["595.276", "841.89"]), (12, ["1190.55", "841.89"])])
def test_long_numbers_stay_whole_and_apart_and_a_table_too_wide_for_a4_goes_on_a3(columns, paper):
    pdf = wide(columns)
    size = re.search(rb"Page size:\s+([\d.]+) x ([\d.]+)", poppler("pdfinfo", pdf, "-")).groups()
    assert sorted(side.decode() for side in size) == sorted(paper)
    numbers = re.findall(r"\b\d{18}\b", words_of(pdf))
    assert len(numbers) == 3 * columns
