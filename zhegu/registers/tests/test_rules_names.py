"""Names agree element by element; keys find them however they are typed."""

import csv

import pyewts
import pytest

from zhegu.registers.rules.names import (
    FOLDER,
    element_keys,
    looks_like_name,
    name_keys,
    names_agree,
    tidy_name,
)
from zhegu.registers.rules.pinyin import full_pinyin


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("次仁卓玛", "泽仁珠玛"),
        ("索朗坚参", "索南坚赞"),
        ("丹增平措", "旦增彭措"),
        ("བསོད་ནམས་རྒྱལ་མཚན།", "索朗坚参"),
        ("Tsering Dolma", "次仁卓玛"),
        ("bkra shis tshe ring", "扎西才让"),
        ("Zhaxi Cering", "扎西次仁"),
        ("ciren zhuoma", "次仁卓玛"),
        ("扎 西", "扎西"),
        ("阿旺·晋美", "阿旺晋美"),
        ("Zhang Wei", "张伟"),
    ],
)
def test_spellings_of_one_name_agree(one, other):
    assert names_agree(one, other) and names_agree(other, one)


@pytest.mark.parametrize(("one", "other"), [("扎西", "卓玛"), ("扎西", "扎西多吉"), ("张伟", "章玮"), ("", ""), ("扎西多吉", "多吉扎西")])
def test_other_names_do_not_agree(one, other):
    assert not names_agree(one, other)


def test_ambiguous_spellings_keep_all_their_meanings():
    assert names_agree("多吉", "རྡོ་རྗེ") and names_agree("多吉", "སྟོབས་རྒྱལ")
    assert len(element_keys("多吉")) == 2


def kinds(name, **more):
    found = {}
    for key in name_keys(name, **more):
        found.setdefault(key.kind, set()).add(key.key)
    return found


def test_a_name_is_found_by_every_reading():
    found = kinds("次仁卓玛", nickname="大卓玛")
    assert found["pinyin"] >= {"cirenzhuoma"} and found["initials"] >= {"crzm"}
    assert found["wylie"] == {"tsheringsgrolma"} and found["bo"] == {"ཚེརིངསྒྲོལམ"}
    assert "tseringdolma" in found["latin"] and "大卓玛" in found["nickname"]


def test_a_tibetan_name_is_found_by_the_pinyin_of_its_usual_hanzi():
    assert "suolangjiancan" in kinds("བསོད་ནམས་རྒྱལ་མཚན")["pinyin"]


@pytest.mark.parametrize(
    ("name", "reading"),
    [("单雄", "shanxiong"), ("曾禾", "zenghe"), ("仇屿", "qiuyu"), ("乐穗", "yuesui"), ("尉迟岭", "yuchiling"), ("解砚", "xieyan")],
)
def test_surnames_are_read_as_surnames(name, reading):
    assert full_pinyin(name)[0] == reading


def test_both_readings_of_a_surname_are_kept():
    assert full_pinyin("乐穗") == ["yuesui", "lesui"]


def test_names_are_tidied_but_not_changed():
    assert tidy_name(" 扎 西 ") == "扎西" and tidy_name("GURELI   SUNARI") == "GURELI SUNARI"


@pytest.mark.parametrize("text", ["扎西", "བཀྲ་ཤིས།", "Tashi Dorje", "阿旺·晋美"])
def test_what_looks_like_a_name(text):
    assert looks_like_name(text)


@pytest.mark.parametrize("text", ["", "扎", "13900000000", "第3网格", "哲古镇", "2人"])
def test_what_does_not(text):
    assert not looks_like_name(text)


def test_the_alias_table_is_spelled_right():
    """Every Tibetan spelling is that of its Wylie, and no row stands twice."""
    converter = pyewts.pyewts()
    with (FOLDER / "name_elements.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    assert len(rows) >= 100 and len({row["wylie"] for row in rows}) == len(rows)
    for row in rows:
        assert converter.toUnicode(row["wylie"]).strip("་") == row["bo"]
