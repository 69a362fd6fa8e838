"""What lists of many groups taught: sacks and halves, goods of the head, replies to a quotation, columns pasted as text."""

import pytest

from zhegu.orders.rules.catalogue import everyday
from zhegu.orders.rules.characters import even
from zhegu.orders.rules.entry import read_entry
from zhegu.orders.rules.goods import offered
from zhegu.orders.rules.listed import listed
from zhegu.orders.rules.phones import read_phone
from zhegu.orders.rules.quantities import quantity_at
from zhegu.orders.rules.reading import read_text
from zhegu.orders.rules.signup import Doubt, Entry
from zhegu.orders.rules.slate import Slate
from zhegu.orders.tests.clerk_signups import clerked, measure

GAS = listed("换液化气登记,每瓶110元", everyday(), [])
GOODS = listed("超市送菜", everyday(), [])
GAS_LIST = "#接龙\n换液化气,每瓶110元\n1. 王建国 3-201 1瓶 13900001234\n2. 李丽 3-202 1瓶 13900001235\n"


def gas(text: str):
    return read_text((GAS_LIST + text).split("\n"))


def test_lists_of_many_groups_are_read_as_a_clerk_reads_them():
    """Two dozen shops, villages and buildings, written before they were first read."""
    accuracy, silent, wrong = measure(clerked("groups"))
    assert accuracy >= 0.99 and not silent, "\n".join(wrong)


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [("3麻袋", 3, "麻袋"), ("一编织袋", 1, "编织袋"), ("一车", 1, "车"), ("一斤八两", 1.8, "斤"), ("2斤半", 2.5, "斤"), ("三两", 3, "两"), ("5、6麻袋", None, "麻袋")],
)
def test_sacks_carts_and_tenths_of_a_jin(written, value, unit):
    found = quantity_at(even(written), 0)
    assert found and (found[0].number, found[0].unit, found[1]) == (value, unit, len(written))


def test_a_room_before_two_portions_is_no_weight():
    entry = read_entry("402 两份蔬菜包", GOODS)
    assert (entry.door, entry.lines[0].quantity, entry.lines[0].unit) == ("402", 2, "份")


@pytest.mark.parametrize(
    ("title", "goods"),
    [
        ("鲜肉到货:牦牛肉48/斤 羊排45/斤", ["牦牛肉", "羊排"]), ("吐司12元/袋 花卷1元/个", ["吐司", "花卷"]), ("草料按捆 玉米40kg/袋", ["草料", "玉米"]),
        ("A套餐(蔬菜8斤)50元 B套餐(肉蛋)80元", ["A套餐", "B套餐"]), ("桶装水15元一桶,矿泉水一箱28", ["桶装水", "矿泉水"]),
        ("换液化气登记,每瓶110元", []), ("本次每瓶120元,现金或微信", []), ("满50元包邮,晚8点截单", []),
    ],
)  # fmt: skip
def test_the_goods_a_head_offers(title, goods):
    assert offered(even(title), everyday()) == goods


def test_a_list_of_several_priced_goods_is_for_none_of_them_alone():
    about = listed("鲜肉到货:牦牛肉48/斤 羊排45/斤", everyday(), [])
    entry = read_entry("桑珠 1-601 牦牛肉3斤 羊排2斤", about)
    assert about.only is None and [line.item for line in entry.lines] == ["牦牛肉", "羊排"] and not entry.needs_check


@pytest.mark.parametrize(
    ("written", "door"),
    [("3号宿舍412", "3-412"), ("2号公寓 306", "2-306"), ("50弄11号", "50-11"), ("十七杠三零四", "17-304"), ("6号 1~2瓶", "6"), ("三栋 五零二", "3-502")],
)
def test_doors_of_dormitories_lanes_and_speech(written, door):
    assert read_entry(even(f"德吉 {written} 1瓶"), GAS).door == door


def test_a_house_and_a_floor_are_half_a_door():
    assert Doubt.DOOR_UNSURE in read_entry("陆永 1号宿舍 3楼 1瓶", GAS).why


def test_a_spoken_phone_is_a_phone():
    entry = Entry()
    read_phone(Slate("幺三九零零零零二七零六"), entry)
    assert (entry.phone, entry.doubts) == ("13900002706", [])


@pytest.mark.parametrize("written", ["我叫郭永福 3-201 要1瓶", "郭永福我住3-201 1瓶", "3-201 郭永福要个气罐 1瓶", "郭永福 3-201 1瓶 谢谢村长", "3-201 郭永福 1瓶 不急", "3-201 郭永福 1瓶 家里四口人"])
def test_how_one_speaks_of_oneself_is_no_name_and_no_doubt(written):
    entry = read_entry(written, GAS)
    assert (entry.name, entry.door, entry.lines[0].quantity, entry.needs_check) == ("郭永福", "3-201", 1, False)


@pytest.mark.parametrize("written", ["拉面2份(不要香菜)", "猪肉2斤要瘦一点", "白菜2斤能不能加点土豆", "土豆2斤 少放辣"])
def test_wishes_about_a_thing_are_for_a_person(written):
    entry = read_entry(f"3-201 德吉 {written}", GOODS)
    assert len(entry.lines) == 1 and Doubt.REMARK in entry.why


def test_somebody_elses_entry_carries_the_households_name():
    entry = read_entry("代6组格桑家报名 6-201 白菜2斤", GOODS)
    assert (entry.name, entry.grid, entry.door) == ("格桑", "6", "6-201")


@pytest.mark.parametrize("line", ["2. མི་དགོས།", "2. 先不换了", "2. 暂时不要", "2号 不需要,谢谢"])
def test_ways_to_take_it_back(line):
    assert [entry.cancelled for entry in gas(line).entries] == [False, True]


def test_a_reply_to_a_quoted_entry_changes_it_and_is_looked_at():
    found = gas("「李丽: 2. 李丽 3-202 1瓶」\n- - - - - - - - - -\n我改成3瓶")
    assert [(entry.lines[0].quantity, entry.needs_check) for entry in found.entries] == [(1, False), (3, True)]
    assert [line.text for line in found.unread] == ["我改成3瓶"]


@pytest.mark.parametrize("line", ["②的空瓶收走没有?", "共2瓶,明早见", "目前2瓶", '"小王"撤回了一条消息', "值班电话13900009999", "【规则】每户限2瓶"])
def test_talk_about_the_list_changes_nothing(line):
    assert [entry.shown() for entry in gas(line).entries] == [entry.shown() for entry in gas("").entries]


def test_an_unmarked_number_that_stands_already_speaks_of_its_entry():
    found = gas("2 定了,3瓶")
    assert (found.entries[1].lines[0].quantity, found.entries[1].needs_check) == (3, True)


def test_the_one_above_is_looked_at():
    found = gas("上面那个取消")
    assert [entry.needs_check for entry in found.entries] == [False, True] and found.unread


def test_numbers_before_a_bar_and_a_number_left_out():
    bars = read_text(["#接龙", "换液化气", "1|3-201|王建国|1瓶", "2|3-202|李丽|2瓶"])
    assert [(entry.no, entry.lines[0].quantity) for entry in bars.entries] == [(1, 1), (2, 2)]
    spaced = read_text(["#接龙", "换液化气", "1 王建国3-201 1瓶", "3 李丽3-202 2瓶"])
    assert [entry.no for entry in spaced.entries] == [1, 3]


def test_columns_pasted_as_text_are_a_table():
    rows = ["跟团号\t商品\t数量\t收货人\t联系电话\t详细地址\t订单状态", "1\t土豆5斤\t2\t旦达\t13900003402\t5栋2单元1101\t已支付", "2\t大米\t1\t普珍\t13900003403\t8栋2单元502\t已退款", "辛苦团长"]
    found = read_text(rows)
    assert [(entry.no, entry.door, entry.lines[0].quantity, entry.cancelled) for entry in found.entries] == [(1, "5-2-1101", 2, False), (2, "8-2-502", 1, True)]
    assert [(line.line, line.text) for line in found.unread] == [(4, "辛苦团长")]
