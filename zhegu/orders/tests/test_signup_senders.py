"""What lists of further groups taught: whoever spoke before corrects oneself, signs between fields, sizes, goods that begin like surnames."""

import pytest

from zhegu.orders.rules.catalogue import everyday
from zhegu.orders.rules.characters import even
from zhegu.orders.rules.entry import read_entry
from zhegu.orders.rules.goods import offered
from zhegu.orders.rules.listed import listed
from zhegu.orders.rules.names import LIKELY, SURE, likeness
from zhegu.orders.rules.quantities import quantity_at
from zhegu.orders.rules.reading import read_text
from zhegu.orders.rules.signup import Doubt

GAS = listed("换液化气登记,每瓶110元", everyday(), [])
GOODS = listed("超市送菜", everyday(), [])
DRUGS = listed("代购药品登记:网格 姓名 门牌 药名 规格 盒数", everyday(), [])


def lines(entry):
    return [(line.item, line.quantity, line.unit) for line in entry.lines]


def chat(*messages: str):
    """An exported chat about gas: a leader asks, then each message is (sender, words) in turn."""
    said = ["2022-09-07 09:00:11 网格长", "今天统计换液化气,请报 组 姓名 门牌 几瓶 电话"]
    for minute, message in enumerate(messages, 10):
        sender, words = message.split("|")
        said += [f"2022-09-07 09:{minute}:00 {sender}", words]
    return read_text(said)


WANG, LI = "平安|3组 王建国 3-201 1瓶 13900001234", "雪莲|4组 李丽 4-202 1瓶 13900001235"


@pytest.mark.parametrize(
    ("words", "quantity", "cancelled"), [("改成2瓶", 2, False), ("我改成两瓶", 2, False), ("不要了,谢谢", 1, True), ("那就改3瓶吧", 3, False), ("能改成2瓶吗?", 1, False)]
)
def test_whoever_signed_up_changes_their_own_entry_and_it_is_looked_at(words, quantity, cancelled):
    found = chat(WANG, LI, f"平安|{words}")
    mine, other = found.entries
    assert (mine.lines[0].quantity, mine.cancelled, mine.why) == (quantity, cancelled, [Doubt.CHANGE_UNCLEAR])
    assert not other.needs_check and [line.text for line in found.unread] == [words]


def test_of_several_entries_of_one_sender_each_is_looked_at_and_none_changed():
    found = chat(WANG, "平安|4组 李丽 4-202 1瓶 13900001235", "平安|改成2瓶")
    assert [(entry.lines[0].quantity, entry.why) for entry in found.entries] == [(1, [Doubt.CHANGE_UNCLEAR])] * 2


@pytest.mark.parametrize("message", ["雪莲|改成2瓶", "平安|帮张小燕取消"])
def test_a_stranger_or_another_name_changes_nothing(message):
    found = chat(WANG, message)
    assert not found.entries[0].needs_check and len(found.unread) == 1


def test_a_door_that_was_mistyped_is_asked_for():
    found = chat(WANG, "平安|打错了,是3-210")
    assert Doubt.CHANGE_UNCLEAR in found.entries[0].why and found.unread


def test_a_phone_in_the_next_message_of_the_same_sender():
    found = read_text(["老周 9/13 10:01", "各位,明天送货,写组、姓名、门牌、要的", "吉祥 9/13 10:06", "4组 曲扎 4-1-303 土豆10斤", "吉祥 9/13 10:06", "13900004703"])
    assert [(entry.name, entry.phone, entry.needs_check) for entry in found.entries] == [("曲扎", "13900004703", False)]


LIST = "#接龙\n换液化气,每瓶110元\n1. 嘎珍 3-201 1瓶 13900001234\n2. 李丽 3-202 1瓶 13900001235\n"


@pytest.mark.parametrize("words", ["嘎珍家的不要了", "嘎珍不用买了", "201取消"])
def test_a_name_or_a_room_in_front_says_whose_entry_it_is(words):
    found = read_text((LIST + words).split("\n"))
    assert [(entry.cancelled, entry.needs_check) for entry in found.entries] == [(True, True), (False, False)]


def test_a_numbers_own_door_again_changes_what_is_wanted_there():
    found = read_text((LIST + "2. 李丽 3-202 取消后又要1瓶").split("\n"))
    assert len(found.entries) == 2 and found.entries[1].phone and found.entries[1].needs_check


@pytest.mark.parametrize(("words", "quantity"), [("羊肉加1斤", 3), ("羊肉少要1斤", 3), ("羊肉改2斤", 2)])
def test_more_of_a_thing_is_no_new_quantity(words, quantity):
    found = read_text(["#接龙", "送肉", "1. 马晓梅 11-302 羊肉3斤", "2. 丁强 12-404 羊肉2斤", f"1号{words}"])
    assert (found.entries[0].lines[0].quantity, found.entries[0].needs_check) == (quantity, "改" not in words)


def test_a_drug_that_begins_like_a_surname_is_no_further_household():
    found = read_text(["#接龙", "购药登记:姓名 门牌 药名 规格", "1. 尼珍 7-309 叶酸片0.4mg 1瓶 13900004209", "2. 米玛 7-310 叶酸片0.4mg 1瓶", "1. 叶酸要2瓶"])
    assert [(entry.no, entry.lines[0].quantity) for entry in found.entries] == [(1, 2), (2, 1)] and found.entries[0].needs_check


@pytest.mark.parametrize("first", ["8301 王海涛 1份", "旺堆次仁 白菜3斤", "急诊 白玛 盖饭1份"])
def test_a_head_does_not_swallow_the_first_who_sign_up(first):
    found = read_text(["8楼订餐,房号+姓名+份数", first, "8302 扎西罗布 2份", "8303 米玛次仁 1份", "8302 扎西罗布取消"])
    assert [entry.cancelled for entry in found.entries if entry.door == "8302"] == [True]
    assert found.title == "8楼订餐,房号+姓名+份数" and {"8302", "8303"} <= {entry.door for entry in found.entries}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("卓嘎+14号楼602+1罐+13900001301+1组", ("卓嘎", "1", "14-602", [("液化气", 1, "瓶")], False)),
        ("吴国强+6-304+1+13900001304+3组", ("吴国强", "3", "6-304", [("液化气", 1, "瓶")], False)),
        ("李秀英 电话:13900001207 地址:15幢1单元302室 数量:2 网格:7", ("李秀英", "7", "15-1-302", [("液化气", 2, "瓶")], False)),
        ("占堆家 3-1-304 1瓶", ("占堆", None, "3-1-304", [("液化气", 1, "瓶")], True)),
        ("王建国 3-201 2瓶 一瓶给楼上老人", ("王建国", None, "3-201", [("液化气", 2, "瓶")], True)),
        ("昂旺 5栋五楼左手 1瓶", ("昂旺", None, "5", [("液化气", 1, "瓶")], True)),
    ],
)  # fmt: skip
def test_signs_between_fields_labels_and_shares(written, expected):
    entry = read_entry(even(written), GAS)
    assert (entry.name, entry.grid, entry.door, lines(entry), entry.needs_check) == expected


@pytest.mark.parametrize(
    ("written", "expected", "checked"),
    [
        ("苹果9斤装2", [("苹果", 2, None)], True), ("苹果(9斤装)2箱", [("苹果", 2, "箱")], False), ("湿巾80抽 5包", [("湿巾", 5, "包")], False),
        ("牛奶1箱24盒", [("牛奶", 1, "箱")], False), ("酸奶(无糖)1桶", [("酸奶", 1, "桶")], True), ("水果(苹果)2斤", [("苹果", 2, "斤")], True),
        ("酸奶4杯", [("酸奶", 4, "杯")], False), ("尿不湿M号 1箱", [("尿不湿", 1, "箱")], False), ("羊肉三五斤", [("羊肉", None, "斤")], True),
        ("要石榴汁2瓶", [("石榴汁", 2, "瓶")], False), ("黄瓜两斤吧还有蒜苗一斤", [("黄瓜", 2, "斤"), ("蒜苗", 1, "斤")], False),
    ],
)  # fmt: skip
def test_sizes_and_counts(written, expected, checked):
    entry = read_entry(even(f"德吉 3-201 {written}"), GOODS)
    assert (entry.name, lines(entry)[-len(expected):], entry.needs_check) == ("德吉", expected, checked)


@pytest.mark.parametrize(
    ("written", "item", "spec", "checked"),
    [
        ("格列美脲片2mg 早上一片 2盒 社保卡", "格列美脲片", "2mg", False), ("蒙脱石散3g 2盒 孩子1岁半拉肚子", "蒙脱石散", "3g", False),
        ("氢氯噻嗪片25mg 2盒 女儿微信付", "氢氯噻嗪片", "25mg", False), ("厄贝沙坦片0.15g 2盒,只剩3天的了", "厄贝沙坦片", "0.15g", False),
        ("二甲双胍0.5 2盒", "二甲双胍", "0.5", True), ("厄贝沙坦片150mg 2盒 放门卫室", "厄贝沙坦片", "150mg", False),
    ],
)  # fmt: skip
def test_what_stands_beside_a_drug(written, item, spec, checked):
    entry = read_entry(f"德吉 3-201 {written}", DRUGS)
    assert [(line.item, line.quantity, line.spec) for line in entry.lines] == [(item, 2, spec)] and entry.needs_check is checked


@pytest.mark.parametrize(("word", "sure"), [("锁南尖参", True), ("格桑梅朵", True), ("索娜", True), ("牛肉馅", False), ("高粱酒", False), ("白菜心", False), ("王小梅", True)])
def test_names_and_goods_that_begin_like_names(word, sure):
    assert (likeness(word) >= SURE) is sure and (sure or likeness(word) < LIKELY)


@pytest.mark.parametrize("written", ["三五", "两三", "一二"])
def test_two_chinese_digits_are_a_span(written):
    found = quantity_at(f"{written}斤", 0)
    assert found and found[0].vague


def test_a_thing_within_a_tibetan_syllable_is_none():
    entry = read_entry(even("དྲ་མིག་༩ མིག་དམར། ༩-༨༡༢ ཤེལ་དམ་༡"), GAS)
    assert (entry.name, lines(entry), entry.needs_check) == ("མིག་དམར", [("液化气", 1, "瓶")], False)


def test_as_above_in_tibetan_is_looked_at():
    assert Doubt.SAME_AS in read_entry(even("ལྷག་པ། ༨-༧༠༩ གོང་དང་འདྲ།"), GAS).why


@pytest.mark.parametrize(("head", "goods"), [("A包(土豆2斤)25元,B包(鸡蛋一板)38元", ["A包", "B包"]), ("换液化气,大瓶125元,小瓶60元", [])])
def test_parcels_with_a_letter_are_goods_and_sizes_of_bottles_none(head, goods):
    assert offered(even(head), everyday()) == goods


@pytest.mark.parametrize("written", ["A1份B1份", "A、B各一份", "A包一份 B包一份", "A包x1 B包x1"])
def test_parcels_by_their_letter(written):
    about = listed("菜包团购:A包(土豆2斤)25元,B包(鸡蛋一板)38元", everyday(), [])
    assert [(line.item, line.quantity) for line in read_entry(f"德吉 3-201 {written}", about).lines] == [("A包", 1), ("B包", 1)]


MEAT = ["#接龙", "送货:米面油,大米10kg/袋 面粉10kg/袋 菜籽油5L/桶", "1. 马晓梅 11-302 西红柿3斤 土豆2斤", "2. 丁强 12-404 二甲双胍片0.5g 2盒"]


@pytest.mark.parametrize(
    ("line", "which", "quantities", "checked"),
    [
        ("1号不要西红柿了", 0, [2], True), ("1. 不要西红柿", 0, [2], True), ("1号不要换牌子了", 0, [3, 2], True), ("2. 二甲双胍要3盒", 1, [3], True),
        ("更正:2号是3盒", 1, [3], False), ("2号+1盒", 1, [2], True), ("2+改3盒", 1, [3], False), ("2号改成3盒了吗?", 1, [2], True), ("2号丁强只要1盒", 1, [1], False), ("2号要3盒", 1, [3], True), ("2 丁强 改1盒", 1, [1], True),
    ],
)  # fmt: skip
def test_changes_in_other_words(line, which, quantities, checked):
    entry = read_text([*MEAT, line]).entries[which]
    assert ([one.quantity for one in entry.lines], entry.cancelled, entry.needs_check) == (quantities, False, checked)


def test_things_in_lines_of_their_own():
    found = read_text(["#接龙", "送肉", "1. 扎巴 2-101 13900005401", "牦牛肉 5斤", "牛舌 3个", "2. 石秀 2-102 牦牛肉2斤 13900005402", "羊肉 3斤"])
    assert [(lines(entry), entry.needs_check) for entry in found.entries] == [
        ([("牦牛肉", 5, "斤"), ("牛舌", 3, "个")], False), ([("牦牛肉", 2, "斤")], True),
    ]  # fmt: skip


def test_letters_of_the_heads_own_goods():
    entry = read_text([*MEAT, "3. 房秀英 3-102 米1袋 面2袋 油1桶"]).entries[-1]
    assert (entry.name, entry.door, lines(entry)) == ("房秀英", "3-102", [("大米", 1, "袋"), ("面粉", 2, "袋"), ("菜籽油", 1, "桶")])


@pytest.mark.parametrize(("written", "name", "door"), [("3-102 房秀英", "房秀英", "3-102"), ("302房王建国", "王建国", "302"), ("5栋302 房 王建国", "王建国", "5-302"), ("4-101 李子涵", "李子涵", "4-101")])
def test_surnames_that_are_rooms_and_fruit(written, name, door):
    entry = read_entry(f"{written} 1瓶", GAS)
    assert (entry.name, entry.door) == (name, door)


@pytest.mark.parametrize("written", ["同3-201", "和3-201一样"])
def test_as_another_door_is_no_second_household(written):
    entry = read_entry(f"卓玛 3-202 {written}", GOODS)
    assert entry.door == "3-202" and Doubt.SAME_AS in entry.why


@pytest.mark.parametrize(
    ("written", "expected"),
    [("青菜白菜各3斤", [("青菜", 3, "斤"), ("白菜", 3, "斤")]), ("土豆、奶油白菜各2斤", [("土豆", 2, "斤"), ("奶油白菜", 2, "斤")]), ("土豆 白菜各一", [("土豆", 1, None), ("白菜", 1, None)]), ("甜茶2磅", [("甜茶", 2, "磅")]), ("黄瓜2斤 黄瓜再来1斤", [("黄瓜", 2, "斤"), ("黄瓜", 1, "斤")])],
)
def test_so_much_of_each(written, expected):
    assert lines(read_entry(f"德吉 3-201 {written}", GOODS)) == expected


def test_a_letter_that_two_goods_of_the_head_have_is_asked():
    about = listed("日用品团:抽纸(10包/提)19.9 洗衣液2kg 25 卫生纸(12卷/提)22", everyday(), [])
    assert read_entry("旦增卓玛 5-303 要1提纸", about).needs_check


def test_where_nobody_is_read_what_was_taken_for_the_head_comes_back():
    found = read_text(["今晚加餐", "三楼东头 麻辣烫1份", "辛苦了", "护士站 酸奶2杯"])
    assert not found.entries and [(line.line, line.text) for line in found.unread] == [(2, "三楼东头 麻辣烫1份"), (4, "护士站 酸奶2杯")]


def test_the_order_is_told_where_one_is_asked_to_write():
    about = listed("换液化气,空瓶贴好门牌。请写:网格 姓名 门牌 瓶数 电话", everyday(), [])
    entry = read_entry("7、丹巴旺堆、1206、1、13900007003", about)
    assert (entry.grid, entry.door, entry.lines[0].quantity, entry.needs_check) == ("7", "1206", 1, False)


@pytest.mark.parametrize("written", ["暂不换", "先不换", "已在药店买到", "不用买"])
def test_not_this_time(written):
    assert read_entry(f"安吉 17-603 {written}", GAS).cancelled


def test_only_a_field_behind_a_number_changes_that_field():
    found = read_text((LIST + "2. 门牌 4-105").split("\n"))
    assert [(entry.no, entry.door) for entry in found.entries] == [(1, "3-201"), (2, "4-105")]


def test_a_head_that_asks_who_wants_gas_is_for_gas():
    assert listed("要气的发我,门牌姓名电话", everyday(), []).only.name == "液化气"


def test_several_rooms_in_one_line_are_no_ones_door():
    entry = read_entry("101丹增1瓶 102李霞2瓶", GAS)
    assert (entry.door, entry.name) == (None, None) and Doubt.TWO_HOUSEHOLDS in entry.why


def test_fields_with_labels_below_a_number():
    found = read_text(["#接龙", "换液化气", "", "1. 姓名:格桑央宗", "网格:6", "地址:22栋1单元304", "数量:1瓶", "电话:13900008301", "", "2. 姓名:普琼", "网格:", "地址:23栋2单元501", "数量:", "电话:13900008304"])
    assert [(entry.name, entry.grid, entry.door, entry.phone, entry.lines[0].quantity, entry.needs_check) for entry in found.entries] == [
        ("格桑央宗", "6", "22-1-304", "13900008301", 1, False), ("普琼", None, "23-2-501", "13900008304", None, True),
    ]  # fmt: skip


SPOKEN = ["换气统计", "次仁楼长:3-201 次仁顿珠 1瓶", "平安:3-202 戴玉梅 2瓶", "小雪: 3-302 索朗德吉 1罐", "平安: 我的改成1瓶"]


def test_nicknames_before_a_colon_are_senders():
    found = read_text(SPOKEN)
    assert [(entry.name, entry.lines[0].quantity, entry.needs_check) for entry in found.entries] == [("次仁顿珠", 1, False), ("戴玉梅", 1, True), ("索朗德吉", 1, False)]
    assert [line.text for line in found.unread] == ["平安: 我的改成1瓶"]


def test_names_before_a_colon_stay_names():
    found = read_text(["#接龙", "换液化气", "王建国: 3-201 1瓶", "李丽: 3-202 2瓶", "强巴次仁: 3-203 1瓶"])
    assert [entry.name for entry in found.entries] == ["王建国", "李丽", "强巴次仁"]
