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


@pytest.mark.parametrize("kept", ["groups", "later", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"])
def test_lists_of_many_groups_are_read_as_a_clerk_reads_them(kept):
    """Shops, villages and buildings, each list written before it was first read."""
    accuracy, silent, wrong = measure(clerked(kept))
    assert accuracy >= 0.99 and not silent, "\n".join(wrong)


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [("3麻袋", 3, "麻袋"), ("一编织袋", 1, "编织袋"), ("一车", 1, "车"), ("一斤八两", 1.8, "斤"), ("2斤半", 2.5, "斤"), ("三两", 3, "两"), ("5、6麻袋", None, "麻袋"), ("གཉིས་瓶", 2, "瓶")],
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


EXPORTED = "2022-09-06 08:01:12 小马超市\n大米10kg/袋 52元,挂面9元/把,报姓名 楼号 数量\n2022-09-06 08:03:40 云上\n姓名:尹丽华\n地址:3栋1单元402\n数量:大米1袋\n电话:1390000500\n2022-09-06 08:05:02 小马超市\n收到\n2022-09-06 08:06:00 云上\n我再加一把挂面"


def test_an_exported_chat_is_cut_where_a_sender_begins():
    found = read_text(EXPORTED.split("\n"))
    assert [(entry.name, entry.door, entry.lines[0].item, entry.why) for entry in found.entries] == [("尹丽华", "3-1-402", "大米", [Doubt.BROKEN_PHONE, Doubt.CHANGE_UNCLEAR])]
    assert [line.text for line in found.unread] == ["我再加一把挂面"]


def test_lists_with_different_heads_are_kept_apart():
    found = read_text(["#接龙 换液化气", "1. 文丽 2-303 1瓶", "2. 宗吉 2-101 2瓶", "3. 边珍 2-102 1瓶", "#接龙 送蔬菜", "1. 江村 2-404 土豆2斤", "2. 宗吉 2-101 白菜2斤"])
    assert [(entry.no, entry.lines[0].item, entry.needs_check) for entry in found.entries] == [
        (1, "液化气", False), (2, "液化气", False), (3, "液化气", False), (1, "土豆", False), (2, "白菜", False),
    ]  # fmt: skip


MEDICINE_LIST = "#接龙\n购药登记\n3. 韩玉兰 3-1-101 瑞格列奈片1mg 3盒 阿卡波糖片50mg 3盒 13900005403\n"


def test_a_thing_taken_back_by_half_its_name_is_not_the_whole_order():
    entry = read_text((MEDICINE_LIST + "3. 阿卡波糖不要了").split("\n")).entries[0]
    assert not entry.cancelled and [line.item for line in entry.lines] == ["瑞格列奈片"] and entry.needs_check


@pytest.mark.parametrize(
    "written",
    ["硝苯地平控释片(拜新同)30mg*7片 4盒", "硝苯地平控释片30mg 4盒 空腹吃", "硝苯地平控释片30mg 4盒 不能断药", "硝苯地平控释片30mg 4盒 要冷藏", "硝苯地平控释片30mg 4盒 给孩子的,5岁", "硝苯地平控释片30mg 4盒 有哮喘"],
)
def test_brands_in_brackets_and_how_to_take_it_stay_in_the_note(written):
    entry = read_entry(f"3-201 德吉 {written}", listed("购药登记", everyday(), []))
    assert [(line.item, line.quantity, line.unit) for line in entry.lines] == [("硝苯地平控释片", 4, "盒")] and entry.note and not entry.needs_check


@pytest.mark.parametrize(("written", "why"), [("三样各1箱", Doubt.REMARK), ("素菜饭2份,一份不要葱", Doubt.REMARK), ("作业本x6", Doubt.NO_UNIT)])
def test_what_stays_open_about_things(written, why):
    assert why in read_entry(f"3-201 德吉 {written}", GOODS).why


@pytest.mark.parametrize(("written", "grid", "door"), [("1,旦木真,3,化肥4袋", "1", "3"), ("2,格桑次仁,11,化肥3袋", "2", "11"), ("4或5,嘎多,40,化肥2袋", None, "40"), ("3,阿旦,23号,化肥一袋", "3", "23")])
def test_short_numbers_stand_in_the_order_of_the_head(written, grid, door):
    entry = read_entry(written, listed("春耕物资登记 网格,户主,门牌,物资,电话", everyday(), []))
    assert (entry.grid, entry.door, entry.needs_check) == (grid, door, grid is None)


def test_a_room_in_front_of_a_name_is_the_door():
    entry = read_entry("1203 祁志远 鸡腿饭1份", GOODS)
    assert (entry.door, entry.name, entry.needs_check) == ("1203", "祁志远", False)


@pytest.mark.parametrize(
    ("line", "lines", "name", "door", "unread"),
    [
        ("2. 门牌是26", 1, "李丽", "26", 0), ("2. 再来1瓶", 1, "李丽", "3-202", 1), ("2. 电话写错了 应该是13900001299", 1, "李丽", "3-202", 0),
        ("2. 好的谢谢", 1, "李丽", "3-202", 0), ("2. ཤེལ་དམ་༢ བསྒྱུར་རོགས།", 2, "李丽", "3-202", 0),
    ],
)  # fmt: skip
def test_a_number_that_stands_already_speaks_of_its_entry(line, lines, name, door, unread):
    found = gas(line)
    assert len(found.entries) == 2 and len(found.unread) == unread
    assert (found.entries[1].lines[0].quantity, found.entries[1].name, found.entries[1].door) == (lines, name, door)


@pytest.mark.parametrize(
    ("line", "lines", "check"),
    [("1. 再来1箱牛奶", [("土豆", 2), ("牛奶", 1)], False), ("1. 再加白菜1斤", [("土豆", 2), ("白菜", 1)], False), ("1. 再加土豆3斤", [("土豆", 2)], True), ("1. 再来3斤", [("土豆", 2)], True)],
)
def test_more_of_what_stands_already_is_for_a_person(line, lines, check):
    entry = read_text(["#接龙", "送菜", "1. 文丽 2-303 土豆2斤", line]).entries[0]
    assert ([(one.item, one.quantity) for one in entry.lines], entry.needs_check) == (lines, check)


def test_a_number_used_by_a_further_household_is_an_entry():
    found = gas("2. 王芳 1瓶\n2. 3-209 1瓶")
    assert [entry.no for entry in found.entries] == [1, 2, 2, 2]


@pytest.mark.parametrize("mark", ["#{} ", "No.{} ", "第{}户 ", "{} | ", "{} > "])
def test_further_ways_to_number(mark):
    found = read_text(["#接龙", "换液化气", *(f"{mark.format(no)}扎西顿珠 {no}-201 {no}瓶" for no in range(1, 4))])
    assert [(entry.no, entry.door, entry.lines[0].quantity) for entry in found.entries] == [(n, f"{n}-201", n) for n in range(1, 4)]


@pytest.mark.parametrize("written", ["没有酱油就不要了", "太贵就不买了", "来不及就算了"])
def test_a_condition_takes_nothing_back(written):
    entry = read_entry(f"3-201 德吉 酱油1瓶 {written}", GOODS)
    assert not entry.cancelled and Doubt.REMARK in entry.why


@pytest.mark.parametrize(
    ("written", "lines"),
    [("伊利纯牛奶2箱", [("牛奶", 2, "箱")]), ("口罩N95 10个", [("口罩", 10, "个")]), ("A4纸1包", [("A4纸", 1, "包")]), ("维生素C一瓶", [("维生素C", 1, "瓶")])],
)
def test_brands_and_models_are_neither_names_nor_things(written, lines):
    entry = read_entry(f"文秀兰 3-201 {written}", GOODS)
    assert ([(line.item, line.quantity, line.unit) for line in entry.lines], entry.name, entry.needs_check) == (lines, "文秀兰", False)


@pytest.mark.parametrize(("written", "quantity"), [("鸡蛋30枚 x2", 2), ("挂面1kg x5", 5), ("大米10kg*2袋", 2)])
def test_how_many_of_a_size(written, quantity):
    assert [line.quantity for line in read_entry(f"文秀兰 3-201 {written}", GOODS).lines] == [quantity]


@pytest.mark.parametrize(("written", "name", "why"), [("洛色 2桶", None, Doubt.NAME_UNSURE), ("白玛阿妈 面粉1袋", "白玛阿妈", Doubt.NAME_UNSURE), ("次仁老师 方便面1箱", "次仁老师", Doubt.NAME_UNSURE)])
def test_who_could_be_meant_is_asked(written, name, why):
    entry = read_entry(f"6-203 {written}", GOODS)
    assert entry.name == name and why in entry.why


def test_rows_of_low_houses_are_doors():
    entry = read_entry("尤桂芳 6排3号 大米1袋", GOODS)
    assert (entry.door, entry.needs_check) == ("6-3", False)


def test_what_stands_beside_a_cancelled_thing_is_not_cancelled():
    found = read_text(["#接龙", "送菜", "1. 文丽 2-303 土豆2斤 洋葱2斤", "1. 洋葱不要了,土豆照旧"])
    entry = found.entries[0]
    assert not entry.cancelled and [line.item for line in entry.lines] == ["土豆"] and entry.needs_check


@pytest.mark.parametrize("written", ["馒头5个(白面)", "凉粉1份 加醋", "凉粉大小各一份"])
def test_which_kind_is_for_a_person(written):
    entry = read_entry(f"3-201 德吉 {written}", GOODS)
    assert len(entry.lines) == 1 and Doubt.REMARK in entry.why


@pytest.mark.parametrize("written", ["3-201郭永福,家里液化气用完了,麻烦送1瓶", "请给3-201送一瓶气,姓名:郭永福", "3-201 户主叫郭永福 1瓶就可以了"])
def test_a_request_in_sentences(written):
    entry = read_entry(written, GAS)
    assert (entry.name, entry.door, entry.lines[0].quantity, len(entry.lines), entry.needs_check) == ("郭永福", "3-201", 1, 1, False)


def test_a_door_without_its_room_is_asked_for():
    assert Doubt.DOOR_UNSURE in read_entry("16栋1单元 罗布旺姆 1瓶", GAS).why


def test_an_entry_over_several_lines_keeps_its_things_and_phone():
    found = read_text(["#接龙", "送菜", "1. 索朗达瓦", "8栋2单元803", "面条", "13900007106", "2. 范海燕", "9栋504", "西红柿2斤", "西红柿再加1斤", "13900007107"])
    assert [(entry.phone, entry.lines[0].item, entry.needs_check) for entry in found.entries] == [("13900007106", "面条", True), ("13900007107", "西红柿", True)]
    assert [line.text for line in found.unread] == ["西红柿再加1斤"]


def test_as_much_as_another_door_is_never_copied_nor_a_door():
    entry = read_entry("603 扎桑 和101一样", GOODS)
    assert (entry.door, entry.name) == ("603", "扎桑") and Doubt.SAME_AS in entry.why


def test_a_span_of_bottles_in_tibetan_is_open():
    entry = read_entry(even("ལྷག་སྒྲོན། ༩-༡༠༣ ཤེལ་དམ་༡-༢"), GAS)
    assert entry.lines[0].quantity is None and Doubt.RANGE in entry.why
