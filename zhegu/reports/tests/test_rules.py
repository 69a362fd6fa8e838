"""What a form is, how a ledger fills it, and what may not go out to the chat group."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhegu.lib.ledger import Ledger
from zhegu.lib.tables import Column, Kind, Mask, PaperSize, Plain, say
from zhegu.reports.outside.catalogue import catalogue
from zhegu.reports.rules import MOST_CHARACTERS, BadForm, Fault, chat_faults, filled, form_from

AT = datetime(2022, 9, 13, 10, 0, tzinfo=UTC)
RAW = {
    "id": "F9", "title": "reports.f3_title", "granularity": "round", "source": "sampling.missing",
    "formats": ["xlsx", "pdf"], "paper": "A4", "columns": [{"field": "name", "label": "reports.name", "type": "text"}],
}  # fmt: skip


def ledger(*columns: Column, rows=(), totals=None) -> Ledger:
    return Ledger("sampling.missing", Plain("x"), columns, tuple(rows), AT, "540526101001", totals=totals)


def test_the_catalogue_holds_f1_to_f3_in_order():
    forms = catalogue()
    assert list(forms)[:3] == ["F1", "F2", "F3"]
    assert (forms["F1"].paper, forms["F1"].source, forms["F1"].needs) == (PaperSize.A3, "sampling.coverage", ("round",))
    assert len(forms["F1"].columns) == 24


@pytest.mark.parametrize("field", ["name", "id_no", "phone", "address"])
def test_whatever_tells_a_person_is_masked_on_f2(field):
    columns = {column.field: column for column in catalogue()["F2"].columns}
    assert columns[field].mask is not Mask.OPEN


def test_a_form_of_figures_alone_has_nothing_to_hide():
    assert not catalogue()["F1"].has_sensitive
    assert catalogue()["F3"].has_sensitive


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"title": ""}, "F9: title is missing"),
        ({"columns": []}, "F9: columns is missing"),
        ({"granularity": "moon"}, "granularity is 'moon'"),
        ({"paper": "B5"}, "paper is 'B5'"),
        ({"formats": ["docx"]}, "not known: docx"),
        ({"colour": 1}, "not known: colour"),
        ({"columns": [{"field": "a", "label": "b", "type": "texte"}]}, "F9.a: type is 'texte'"),
        ({"columns": [{"field": "a", "label": "b", "type": "text", "mask": "x"}]}, "F9.a: mask is 'x'"),
        ({"columns": [{"field": "a", "label": "b", "type": "text", "width": -1}]}, "F9.a: width is -1"),
        ({"columns": [{"field": "a", "type": "text"}]}, "F9.a: label is missing"),
        ({"totals": "no"}, "F9: totals is neither true nor false: no"),
        ({"columns": RAW["columns"] * 2}, "column twice: name"),
    ],
)
def test_a_bad_form_says_what_is_wrong_with_it(change, fault):
    with pytest.raises(BadForm, match=fault):
        form_from(RAW | change)


def test_a_form_without_words_is_not_read(tmp_path):
    (tmp_path / "f9.yaml").write_text(
        "{id: F9, title: reports.nothing, granularity: round, source: x, formats: [pdf], paper: A4,"
        " columns: [{field: a, label: reports.name, type: text}]}"
    )
    with pytest.raises(BadForm, match=r"F9: no text for reports\.nothing"):
        catalogue(tmp_path)


def test_a_form_takes_its_heads_from_itself_and_the_rest_from_the_ledger():
    words = Column("name", Plain("in the ledger"), Kind.CHOICE, Mask.NAME, words="tables.weekday_")
    table = filled(form_from(RAW), ledger(words, Column("more", Plain("m")), rows=[{"name": "1", "more": 2}]))
    assert table.columns == (Column("name", "reports.name", Kind.CHOICE, Mask.NAME, words="tables.weekday_"),)
    assert table.rows == ({"name": "1", "more": 2},)


def test_a_form_says_what_it_is_about_and_which_time_it_covers():
    made = replace(ledger(Column("name", Plain("x"))), title=Plain("第12轮"), period=Plain("9月13日"))
    assert say(filled(form_from(RAW), made).period, "zh") == "第12轮，9月13日"
    assert say(filled(form_from(RAW), replace(made, period=None)).period, "zh") == "第12轮"


def test_totals_stand_on_a_form_only_where_it_asks_for_them():
    made = ledger(Column("name", Plain("x")), totals={"name": "all"})
    assert filled(form_from(RAW), made).totals is None
    assert filled(form_from(RAW | {"totals": True}), made).totals == {"name": "all"}


def test_a_ledger_that_lacks_a_column_is_named():
    with pytest.raises(BadForm, match=r"F9: ledger sampling\.missing has no name"):
        filled(form_from(RAW), ledger(Column("other", Plain("x"))))


# --- the chat group


@pytest.mark.parametrize(
    ("words", "faults"),
    [
        ("应采 1559 人,已采 1500 人", set()),
        ("9月13日 18:05 第12轮", set()),
        ("电话 13912345678", {Fault.NUMBER}),
        ("电话 139-1234-5678", {Fault.NUMBER}),
        ("139 1234\n5678", {Fault.NUMBER}),
        ("１３９１２３４５６７８", {Fault.NUMBER}),
        ("༡༣༩༡༢༣༤༥༦༧༨", {Fault.NUMBER}),
        ("0893-7345678", {Fault.NUMBER}),
        ("540526199001011234", {Fault.NUMBER}),
        ("54052619900101123X", {Fault.NUMBER}),
        ("扎西还没采", {Fault.NAME}),
        ("扎 西还没采", {Fault.NAME}),
        ("བཀྲ་ཤིས་ མ་བླངས", {Fault.NAME}),
        ("TASHI is missing", {Fault.NAME}),
        ("扎西社区第12轮", set()),
        ("扎西社区的扎西", {Fault.NAME}),
        ("字" * MOST_CHARACTERS, set()),
        ("字" * (MOST_CHARACTERS + 1), {Fault.TOO_LONG}),
        ("", set()),
    ],
)
def test_a_chat_text_is_judged(words, faults):
    names, known = ("扎西", "བཀྲ་ཤིས", "Tashi", "王"), ("扎西社区",)
    assert chat_faults(words, names, known) == faults


DIGITS = ("0123456789", "０１２３４５６７８９", "༠༡༢༣༤༥༦༧༨༩", "٠١٢٣٤٥٦٧٨٩")
BETWEEN = ("", " ", "-", ".", "  ", "\u200b", "/", "·", "—", ",", "，", "\n")


@given(
    number=st.one_of(
        st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.from_regex(r"[1-9][0-9]{16}[0-9Xx]", fullmatch=True)
    ),
    script=st.sampled_from(DIGITS), between=st.sampled_from(BETWEEN), cut=st.integers(1, 6),
    before=st.text(max_size=40), after=st.text(max_size=40),
)  # fmt: skip
def test_no_phone_and_no_id_number_gets_out_however_it_is_written(number, script, between, cut, before, after):
    written = "".join(script[int(sign)] if sign.isdigit() else sign for sign in number)
    spaced = between.join(written[start : start + cut] for start in range(0, len(written), cut))
    assert Fault.NUMBER in chat_faults(before + spaced + after)


@given(name=st.text("扎西次仁卓玛多吉平措", min_size=2, max_size=4), before=st.text(max_size=30), after=st.text(max_size=30))
def test_no_name_of_the_register_gets_out(name, before, after):
    assert Fault.NAME in chat_faults(before + name + after, [name])
