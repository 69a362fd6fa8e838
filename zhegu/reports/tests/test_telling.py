"""The words for the chat group, and what belongs to a round's time-line."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhegu.lib.ledger import Ledger
from zhegu.lib.tables import Column, Kind, Phrase, Plain
from zhegu.lib.texts import text
from zhegu.reports.outside.figures import specs
from zhegu.reports.rules import MOST_CHARACTERS, chat_faults
from zhegu.reports.rules.figures import Told
from zhegu.reports.rules.telling import MOST_GRIDS, TOLD, day_text, round_text
from zhegu.reports.rules.timeline import Happening, details, of_round

AT = datetime(2022, 9, 13, 10, 5, tzinfo=UTC)
ROUND = "01900000-0000-7000-8000-000000000012"
TUBE = "01900000-0000-7000-8000-000000000101"
SWAB = "01900000-0000-7000-8000-000000000201"
ELSE = "01900000-0000-7000-8000-000000000999"


def coverage(missing: list[int], **totals) -> Ledger:
    rows = tuple({"grid": Phrase.of("places.grid_no", no=no), "missing": n} for no, n in enumerate(missing, 1))
    totals = {"due": 1500, "sampled": 1500 - sum(missing), "rate": 0.966, "missing": sum(missing), "tubes": 150,
              "cards_issued": 1449, **totals}  # fmt: skip
    columns = (Column("grid", Plain("x")), Column("missing", Plain("x"), Kind.COUNT))
    return Ledger("sampling.coverage", Plain("x"), columns, rows, AT, "540526101001", totals=totals)


def said(ledger: Ledger, lang: str = "zh", place: str = "某某社区") -> str:
    return round_text(ledger, community=Plain(place), round_no=12, lang=lang)


def test_the_text_says_how_many_are_missing_and_where_most_first():
    words = said(coverage([3, 0, 20, 1]))
    assert "还差 24 人未采样" in words
    assert "第3网格 20 人、第1网格 3 人、第4网格 1 人" in words
    assert "第2网格" not in words
    assert "9月13日 18:05" in words


def test_the_text_names_only_the_grids_where_most_are_missing():
    assert said(coverage(list(range(1, 16)))).count("网格 ") == MOST_GRIDS


def test_when_all_are_sampled_it_thanks_and_calls_nobody():
    words = said(coverage([0, 0], rate=1.0))
    assert "谢谢大家" in words
    assert "还差" not in words


def test_the_text_never_tells_a_result():
    assert said(coverage([1], positive=3, negative=5)) == said(coverage([1], positive=0, negative=0))


def test_a_figure_that_changes_changes_the_text():
    assert said(coverage([3])) != said(coverage([2]))


@pytest.mark.parametrize("lang", ["zh", "bo", "en"])
@given(figures=st.lists(st.integers(0, 99_999), min_size=1, max_size=40), rate=st.none() | st.floats(0, 1))
def test_whatever_the_figures_the_text_may_go_out(lang, figures, rate):
    totals = {"due": 999_999, "sampled": 999_999, "tubes": 99_999, "cards_issued": 999_999, "rate": rate}
    words = said(coverage(figures, **totals), lang, place="社" * 80)
    assert chat_faults(words) == frozenset()
    assert len(words) <= MOST_CHARACTERS


def happening(kind: str, body: dict, facts: dict | None = None, ref: str = ELSE) -> Happening:
    return Happening(ref, kind, AT, AT, "staff:1", "", "accepted", "", facts or {}, body)


TAKEN = happening("sampling.sample_taken", {"round": ROUND, "tube": {"id": TUBE, "label": "G7-3"}}, ref=SWAB)


@pytest.mark.parametrize(
    ("one", "belongs"),
    [
        (happening("sampling.missing_noted", {"round": ROUND}), True),
        (happening("sampling.sample_undone", {"sample": SWAB}), True),
        (happening("sampling.tubes_handed_over", {"tubes": [TUBE]}), True),
        (happening("sampling.result_entered", {}, {"tube": TUBE}), True),
        (happening("sampling.sample_taken", {"round": ELSE}), False),
        (happening("registers.person_added", {"name": ROUND[:8]}), False),
        (happening("sampling.round_opened", {}, {"round": ROUND}), True),
        (happening("cards.cards_issued", {}, {"serials": [[12_007_000_001, 40]]}), True),
        (happening("cards.cards_revoked", {"cards": [["0011223344556677", 12_007_000_009]]}), True),
        (happening("cards.cards_issued", {}, {"serials": [[13_007_000_001, 40]]}), False),
        (happening("reports.form_made", {"round_no": 12, "form": "F1"}), True),
        (happening("reports.form_made", {"round_no": 13, "form": "F1"}), False),
    ],
)
def test_a_happening_belongs_to_a_round_by_what_it_names(one, belongs):
    assert list(of_round(ROUND, 12, [TAKEN, one])) == [TAKEN, one][: 1 + belongs]


def test_two_rounds_of_the_same_people_do_not_run_together():
    person = "01900000-0000-7000-8000-000000000777"
    here = happening("sampling.sample_taken", {"round": ROUND, "person": person}, ref=SWAB)
    there = happening("sampling.sample_taken", {"round": ELSE, "person": person}, ref=TUBE)
    assert list(of_round(ROUND, 12, [here, there])) == [here]


def test_details_hold_labels_and_reasons_but_no_ids_names_or_notes():
    one = happening(
        "sampling.sample_taken",
        {"tube": {"id": TUBE, "label": "G7-3"}, "position": 4, "name": "扎西", "note": "x", "person": SWAB},
        {"reason": "not_at_home"},
    )
    assert details(one) == [("label", "G7-3"), ("reason", "not_at_home")]


def told_day(lang: str, value: float) -> str:
    told = [Told(one, 0.876 if one.unit == "share" else value) for one in specs()]
    return day_text(told, community=Plain("某某社区"), as_of=AT, lang=lang)


@pytest.mark.parametrize("lang", ["zh", "bo", "en"])
@given(value=st.integers(0, 10**9) | st.decimals(0, 10**9, places=2).map(float))
def test_whatever_the_day_brings_its_text_fits_and_may_go_out(lang, value):
    words = told_day(lang, value)
    assert chat_faults(words) == frozenset() and len(words) <= MOST_CHARACTERS


@pytest.mark.parametrize("lang", ["zh", "bo", "en"])
def test_the_days_text_has_all_its_figures_on_an_ordinary_day_and_the_weightiest_on_any(lang):
    said = {name: text(f"reports.figure_{name}", lang) for name in TOLD}
    assert all(words in told_day(lang, 99) for words in said.values())
    assert all(said[name] in told_day(lang, 99_999) for name in TOLD[:9])
