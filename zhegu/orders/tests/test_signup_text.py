"""Whole chat texts: numbering, corrections, cancellations, two copies, chatter, and files that are none."""

import json
from time import process_time

import pytest

from zhegu.__main__ import main
from zhegu.orders.outside.pasted import LONGEST, Unreadable, checked, lines_of
from zhegu.orders.rules.reading import read_text
from zhegu.orders.rules.signup import Doubt
from zhegu.orders.tests.clerk_signups import clerked, measure
from zhegu.orders.tests.fresh_signups import fresh_signup
from zhegu.orders.tests.measuring import Score

HEAD = "#接龙\n换液化气登记,每瓶110元\n"


def read(text: str):
    return read_text(text.split("\n"))


def gas(text: str):
    return read(HEAD + text)


@pytest.mark.parametrize(
    "mark", ["{}. ", "{}、", "{}.", "{}: ", "({}) ", "({})", "{}) ", "{}，", "{}。", "{}号:", "{} ", "【{}】", "{}．"]
)
def test_entries_are_numbered_in_many_ways(mark):
    found = gas("\n".join(mark.format(no) + f"扎西顿珠 {no}-201 {no}瓶" for no in range(1, 5)))
    assert [(entry.no, entry.door, entry.lines[0].quantity) for entry in found.entries] == [(n, f"{n}-201", n) for n in range(1, 5)]


def test_round_and_tibetan_numbers_count():
    found = gas("① 王建国 3-201 1瓶\n② 李丽 3-202 2瓶\n༣. བཀྲ་ཤིས། 3-203 རླངས་རྫས་༡")
    assert [(entry.no, entry.lines[0].quantity) for entry in found.entries] == [(1, 1), (2, 2), (3, 1)]


def test_several_entries_stand_in_one_line():
    found = gas("1. 王建国 3-201 1瓶 2. 李丽 3-202 2瓶 3. 扎西 3-203 1瓶")
    assert [(entry.no, entry.door) for entry in found.entries] == [(1, "3-201"), (2, "3-202"), (3, "3-203")]


def test_an_entry_goes_on_in_the_next_line():
    found = gas("1. 王建国 3-201\n   1瓶 13900001234\n2. 李丽 3-202 1瓶\n13900001235")
    assert [(entry.phone, entry.lines[0].quantity, entry.needs_check) for entry in found.entries] == [("13900001234", 1, False), ("13900001235", 1, False)]


@pytest.mark.parametrize("line", ["2. 改成3瓶", "2号改成3瓶", "第2号改为三罐", "2号换成3瓶", "请把2号改成3瓶"])
def test_a_later_line_changes_its_entry(line):
    found = gas(f"1. 王建国 3-201 1瓶\n2. 李丽 3-202 1瓶\n{line}")
    assert [(entry.lines[0].quantity, entry.needs_check) for entry in found.entries] == [(1, False), (3, False)] and not found.unread


@pytest.mark.parametrize("line", ["2. 取消", "2号取消", "取消2号", "2号不要了", "第2号退出", "2. 不用了谢谢"])
def test_a_later_line_cancels_its_entry(line):
    found = gas(f"1. 王建国 3-201 1瓶\n2. 李丽 3-202 1瓶\n{line}")
    assert [(entry.cancelled, entry.needs_check) for entry in found.entries] == [(False, False), (True, False)]
    assert found.shown()["totals"] == {"液化气": 1}


def test_several_numbers_are_cancelled_at_once():
    found = gas("1. 王建国 3-201 1瓶\n2. 李丽 3-202 1瓶\n3. 扎西 3-203 1瓶\n1、3号取消")
    assert [entry.cancelled for entry in found.entries] == [True, False, True]


def test_a_change_of_a_number_used_twice_is_for_a_person():
    found = gas("1. 王建国 3-201 1瓶\n1. 李丽 3-202 1瓶\n1. 改成2瓶")
    assert [(entry.lines[0].quantity, entry.why) for entry in found.entries] == [(1, [Doubt.CHANGE_UNCLEAR])] * 2
    assert [line.text for line in found.unread] == ["1. 改成2瓶"]


@pytest.mark.parametrize("line", ["9号取消", "我也要一瓶", "帮我也登一个", "我家那个改成两瓶", "2号取消1瓶", "2号再加1瓶"])
def test_what_cannot_be_put_anywhere_comes_back(line):
    found = gas(f"1. 王建国 3-201 1瓶\n2. 李丽 3-202 2瓶\n{line}")
    assert line in [one.text for one in found.unread]
    assert [entry.lines[0].quantity for entry in found.entries] == [1, 2]


@pytest.mark.parametrize("line", ["收到", "辛苦了👍", "[拥抱]", "2022年8月31日 上午10:15", "我们9组的核酸做了没有?", "今天已经有38户报名了"])
def test_chatter_is_no_entry(line):
    found = gas(f"1. 王建国 3-201 1瓶\n{line}\n2. 李丽 3-202 2瓶")
    assert len(found.entries) == 2 and not found.unread and not any(entry.needs_check for entry in found.entries)


def test_of_a_list_pasted_twice_the_later_copy_holds():
    found = read(f"{HEAD}1. 王建国 3-201 1瓶\n2. 李丽 3-202 1瓶\n3. 扎西 3-203 1瓶\n{HEAD}1. 王建国 3-201 2瓶\n3. 扎西 3-203 1瓶\n4. 卓玛 3-204 1瓶")
    assert [(entry.no, entry.lines[0].quantity, entry.why) for entry in found.entries] == [
        (1, 2, []), (2, 1, [Doubt.ONLY_EARLIER]), (3, 1, []), (4, 1, []),
    ]  # fmt: skip


def test_the_same_list_without_its_head_is_noticed_too():
    entries = "1. 王建国 3-201 1瓶\n2. 李丽 3-202 1瓶\n3. 扎西 3-203 1瓶"
    found = gas(f"{entries}\n{entries}")
    assert len(found.entries) == 3 and not any(entry.needs_check for entry in found.entries)


def test_a_household_under_two_numbers_is_doubted():
    found = gas("1. 王建国 3-201 1瓶\n2. 李丽 3-202 1瓶\n3. 王建国 3-201 1瓶")
    assert [entry.why for entry in found.entries] == [[], [], [Doubt.TWICE]]


def test_a_list_without_numbers_is_read_line_by_line():
    found = read("8组 赤列米玛 406 气2罐 13900006115\n收到\n7组 陈冬梅 168弄11号206室 气1瓶\n我也要一瓶")
    assert [(entry.no, entry.name, entry.door) for entry in found.entries] == [(None, "赤列米玛", "406"), (None, "陈冬梅", "168-11-206")]
    assert [line.text for line in found.unread] == ["我也要一瓶"]


def test_labelled_lines_make_one_entry():
    found = read("姓名:张伟民\n门牌:3-201\n要的:白菜2斤 土豆3斤\n电话:13900001234\n\n姓名:李红\n门牌:3-202\n要的:鸡蛋1板")
    assert [(entry.name, entry.door, len(entry.lines)) for entry in found.entries] == [("张伟民", "3-201", 2), ("李红", "3-202", 1)]


def test_invisible_marks_change_nothing():
    found = gas("1. \u202e\u200b王建国\u200f 3-2\u200b01 1瓶\x07")
    assert (found.entries[0].name, found.entries[0].door, found.entries[0].needs_check) == ("王建国", "3-201", False)


@pytest.mark.parametrize("kind", ["gas", "goods", "medicine"])
def test_fresh_lists_are_read_almost_without_a_silent_error(kind):
    """Accuracy of fields at least 0.97, wrong without a flag at most 0.5 %; the seeds are printed with each miss."""
    score = Score()
    for seed in range(100, 130):
        made = fresh_signup(seed, kind)
        found = read(made.text).shown()
        score.add(made.truth, found["entries"], f"{kind} seed {seed}")
        assert set(made.must_surface) <= {line["text"] for line in found["unread"]}, f"{kind} seed {seed}"
    assert score.accuracy >= 0.97 and score.silent_share <= 0.005, "\n".join(score.wrong[:20])


def test_lists_as_neighbours_write_them_are_read_as_a_clerk_reads_them():
    """Some fifty lists of all kinds of goods: accuracy of fields at least 0.97, wrong without a flag at most 0.5 %."""
    accuracy, silent, wrong = measure(clerked("clerk"))
    assert accuracy >= 0.97 and silent <= 0.005, "\n".join(wrong)


def test_only_what_stands_elsewhere_is_a_quotation():
    quoted = gas("1. 王建国 3-201 1瓶\n2. 李丽 3-202 1瓶\n「王建国:1. 王建国 3-201 1瓶」\n- - - -\n收到")
    assert [(entry.no, entry.needs_check) for entry in quoted.entries] == [(1, False), (2, False)]
    assert [entry.name for entry in gas("「群主:接龙」\n1. 王建国 3-201 1瓶").entries] == ["王建国"]


def test_a_line_after_a_change_does_not_undo_it():
    found = gas("1. 王建国 3-201 1瓶\n2. 李丽 3-202 1瓶\n2. 不要了\n1号电话13900004001")
    assert [(entry.phone, entry.cancelled) for entry in found.entries] == [("13900004001", False), (None, True)]


def test_files_that_are_no_text_are_refused():
    for content, reason in (
        (b"\x00\x01\x02", "orders.signup_no_text"), (b"\xff\xfe\x00", "orders.signup_no_text"), (b"  \n ", "orders.signup_empty"),
        (b"a" * (LONGEST + 1), "orders.signup_long_line"), (b"1\n" * 30_000, "orders.signup_too_long"), (b"1" * 3_000_000, "orders.signup_too_long"),
    ):  # fmt: skip
        with pytest.raises(Unreadable) as no:
            lines_of(content)
        assert no.value.reason == reason


def test_other_encodings_are_read():
    text = "1. 王建国 3-201 1瓶"
    assert lines_of(text.encode("gb18030")) == lines_of(text.encode("utf-8-sig")) == lines_of(text.encode("utf-16")) == checked(text)


def test_the_command_prints_one_object(tmp_path, capsys):
    file = tmp_path / "gas.txt"
    file.write_text(f"{HEAD}1. 8组 王建国 3-201 1瓶 13900001234\n我也要一瓶", encoding="utf-8")
    assert main(["orders", "parse", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["title"] == "换液化气登记,每瓶110元" and found["totals"] == {"液化气": 1} and found["unread"] == [{"line": 4, "text": "我也要一瓶"}]
    assert {part: found["entries"][0][part] for part in ("no", "name", "grid", "door", "phone", "household", "match", "cancelled", "needs_check", "lines")} == {
        "no": 1, "name": "王建国", "grid": "8", "door": "3-201", "phone": "13900001234", "household": None, "match": None, "cancelled": False,
        "needs_check": False, "lines": [{"item": "液化气", "quantity": 1, "unit": "瓶"}],
    }  # fmt: skip
    assert main(["orders", "parse", str(file)]) == 0 and "王建国" in capsys.readouterr().out


def test_the_command_says_why_it_cannot_read(tmp_path, capsys):
    file = tmp_path / "x.txt"
    file.write_bytes(b"\x00" * 50)
    assert main(["orders", "parse", str(file), "--json"]) == 2 and "error" in json.loads(capsys.readouterr().out)
    assert main(["orders", "parse", str(tmp_path / "none.txt"), "--json"]) == 2


@pytest.mark.parametrize(
    "again", ["1", "一二三", "取消", "家里有", "爸", "各", "白菜和", "1-", "O1", "1栋", "要", "张1瓶", "改成", "半", "(", "葱", "3号扎西"]
)
def test_lines_made_to_be_slow_are_read_quickly(again):
    """Times are of the processor; a rule that tries every way to cut a line would take hours."""
    begun = process_time()
    gas("\n".join(f"{no}. {again * (LONGEST // len(again) - 4)}" for no in (1, 2)))
    assert process_time() - begun < 5
