"""The small rules a sign-up is read by, one table each."""

import pytest

from zhegu.orders.rules.catalogue import everyday
from zhegu.orders.rules.characters import even
from zhegu.orders.rules.doors import find_doors, same_door
from zhegu.orders.rules.entry import read_entry
from zhegu.orders.rules.grids import read_grid
from zhegu.orders.rules.listed import listed
from zhegu.orders.rules.names import LIKELY, SURE, likeness
from zhegu.orders.rules.numbers import number, whole
from zhegu.orders.rules.phones import read_phone
from zhegu.orders.rules.quantities import quantity_at
from zhegu.orders.rules.signup import Doubt, Entry, Wanted, totals
from zhegu.orders.rules.slate import Slate

GAS = listed("9月2日换液化气登记,每瓶110元 网格 姓名 门牌 瓶数 电话", everyday(), [])
GOODS = listed("今天送货接龙", everyday(), [])
MEDICINE = listed("代购药品登记", everyday(), [])


@pytest.mark.parametrize(
    ("written", "door", "odd"),
    [
        ("38-1501", "38-1501", ""), ("38—1501", "38-1501", ""), ("３８－１５０１", "38-1501", ""), ("38 - 1501", "38-1501", ""),
        ("38栋1501", "38-1501", ""), ("38号楼1501室", "38-1501", ""), ("38幢1501室", "38-1501", ""), ("38#1501", "38-1501", ""),
        ("38号1501室", "38-1501", ""), ("38栋15楼1501", "38-1501", ""), ("5栋3单元402", "5-3-402", ""), ("5-3-402", "5-3-402", ""),
        ("5栋 3单元 402", "5-3-402", ""), ("168弄10号606室", "168-10-606", ""), ("168-10-606", "168-10-606", ""), ("902室", "902", ""),
        ("15楼1501", "1501", ""), ("38号", "38", ""), ("38号楼", "38", ""), ("三号楼501", "3-501", ""), ("9o2", "902", "mistyped"),
        ("50o弄3号101", "500-3-101", "mistyped"), ("l2-507", "12-507", "mistyped"), ("36栋1o8", "36-108", "mistyped"),
        ("3单元402", "3-402", "unsure"), ("三栋二单元五零一", "3-2-501", "unsure"), ("A座1203", "A-1203", "unsure"),
    ],
)  # fmt: skip
def test_a_door_is_read_however_it_is_written(written, door, odd):
    (found,) = find_doors(Slate(f" {even(written)} "))
    assert found.text == door
    assert ("mistyped" if found.mistyped else "unsure" if found.unsure else "") == odd


@pytest.mark.parametrize("written", ["2-3瓶", "5号电池1板", "1.5斤", "白菜2斤", "9月2日", "3-5个"])
def test_what_only_looks_like_a_door_is_none(written):
    assert find_doors(Slate(f" {written} ")) == []


def test_a_door_said_shorter_may_be_the_same():
    assert same_door("606", "10-606") and same_door("168-10-606", "10-606") and not same_door("10-606", "11-606")


@pytest.mark.parametrize(
    ("written", "grid"),
    [
        ("8组", "8"), ("第八网格", "8"), ("网格8", "8"), ("དྲ་མིག་༨", "8"), ("十四组", "14"), ("第11网格", "11"), ("3格", "3"),
        ("八组:", "8"), ("网格:12", "12"), ("组长家", None), ("38栋1501", None), ("网格 3-201", None), ("格列卓玛", None),
    ],
)  # fmt: skip
def test_a_grid_is_read_however_it_is_written(written, grid):
    entry = Entry()
    read_grid(Slate(even(written)), entry)
    assert entry.grid == grid


def test_two_grids_are_left_open():
    entry = Entry()
    read_grid(Slate("3组 7网格"), entry)
    assert entry.grid is None and Doubt.TWO_GRIDS in entry.doubts


@pytest.mark.parametrize(
    ("written", "phone", "doubt"),
    [
        ("13900001234", "13900001234", None), ("139 0000 1234", "13900001234", None), ("139-0000-1234", "13900001234", None),
        ("+86 13900001234", "13900001234", None), ("电话:13900001234", "13900001234", None), ("１３９００００１２３４", "13900001234", None),
        ("༡༣༩༠༠༠༠༡༢༣༤", "13900001234", None), ("1390000123", None, Doubt.BROKEN_PHONE), ("139000012345", None, Doubt.BROKEN_PHONE),
        ("0891-6334455", None, Doubt.BROKEN_PHONE), ("139****1234", None, Doubt.BROKEN_PHONE), ("1390000123 2组", None, Doubt.BROKEN_PHONE),
        ("139oooo1234", "13900001234", Doubt.LETTERS), ("13900001234/13900005678", "13900001234", Doubt.TWO_PHONES),
    ],
)  # fmt: skip
def test_a_phone_is_eleven_digits_or_doubted(written, phone, doubt):
    entry = Entry()
    read_phone(Slate(even(written)), entry)
    assert (entry.phone, entry.doubts[:1]) == (phone, [doubt] if doubt else [])


@pytest.mark.parametrize(
    ("written", "value"),
    [("12", 12), ("十二", 12), ("一百零八", 108), ("二十", 20), ("一二零三", 1203), ("两", 2), ("半", 0.5), ("1.5", 1.5), ("གཉིས", 2), ("好", None)],
)
def test_numbers_as_people_write_them(written, value):
    assert number(written) == value


def test_a_whole_number_is_no_fraction():
    assert whole("1.5") is None and whole("三") == 3


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("2斤", 2, "斤"), ("两罐", 2, "罐"), ("一大罐", 1, "罐"), ("半斤", 0.5, "斤"), ("一斤半", 1.5, "斤"), ("一公斤半", 1.5, "公斤"),
        ("5KG", 5, "公斤"), ("x3盒", 3, "盒"), ("*2斤", 2, "斤"), ("3 袋", 3, "袋"), ("十斤", 10, "斤"), ("2-3瓶", None, "瓶"),
        ("两三斤", None, "斤"), ("1瓶或2瓶", 1, "瓶"), ("1到2瓶", None, "瓶"), ("十几斤", None, "斤"), ("20元", None, None), ("x2", 2, None),
    ],
)  # fmt: skip
def test_quantities_as_people_write_them(written, value, unit):
    found = quantity_at(written, 0)
    if found is None:
        assert value is None and unit is None
    else:
        assert (found[0].number, found[0].unit) == (value, unit)


@pytest.mark.parametrize("name", ["王建国", "李丽", "扎西顿珠", "卓玛", "欧阳雪", "次拉姆多布杰", "བཀྲ་ཤིས་སྒྲོལ་མ"])
def test_names_are_known(name):
    assert likeness(name) >= LIKELY


@pytest.mark.parametrize("word", ["妞妞妈妈", "静待花开", "哈达", "momo", "白菜", "A修车老李", "乐乐", "放门口", "风"])
def test_nicknames_and_things_are_no_names(word):
    assert likeness(word) < SURE


@pytest.mark.parametrize(
    ("about", "written", "lines"),
    [
        (GAS, "15kg一罐", [("液化气", 1, "瓶", "15kg")]), (GAS, "换2瓶", [("液化气", 2, "瓶", "")]), (GAS, "x1", [("液化气", 1, "瓶", "")]),
        (GAS, "煤气3个", [("液化气", 3, "瓶", "")]), (GAS, "1瓶 改成2瓶", [("液化气", 2, "瓶", "")]), (GAS, "1瓶改3瓶", [("液化气", 3, "瓶", "")]),
        (GAS, "液化气罐1个 15kg的", [("液化气", 1, "瓶", "15kg")]), (GAS, "一瓶气", [("液化气", 1, "瓶", "")]), (GAS, "1瓶 先付110", [("液化气", 1, "瓶", "")]),
        (GOODS, "土豆5斤白菜2颗鸡蛋1板盐2包", [("土豆", 5, "斤", ""), ("白菜", 2, "颗", ""), ("鸡蛋", 1, "板", ""), ("食盐", 2, "包", "")]),
        (GOODS, "白菜,萝卜,土豆,各2斤", [("白菜", 2, "斤", ""), ("萝卜", 2, "斤", ""), ("土豆", 2, "斤", "")]), (GOODS, "大米2袋10kg", [("大米", 2, "袋", "10kg")]),
        (MEDICINE, "复方丹参滴丸 27mg*180丸 2瓶", [("复方丹参滴丸", 2, "瓶", "27mg*180丸")]), (MEDICINE, "氨氯地平5mg 2盒 跟上次一样的牌子", [("氨氯地平", 2, "盒", "5mg")]),
        (GAS, "15公斤的1瓶", [("液化气", 1, "瓶", "15公斤的")]),
        (GOODS, "白菜土豆各5斤", [("白菜", 5, "斤", ""), ("土豆", 5, "斤", "")]), (GOODS, "苦瓜和丝瓜各两斤", [("苦瓜", 2, "斤", ""), ("丝瓜", 2, "斤", "")]),
        (GOODS, "洋葱一斤 一斤马铃薯", [("洋葱", 1, "斤", ""), ("土豆", 1, "斤", "")]), (GOODS, "2斤白菜3斤土豆", [("白菜", 2, "斤", ""), ("土豆", 3, "斤", "")]),
        (GOODS, "大米5kg一袋", [("大米", 1, "袋", "5kg")]), (GOODS, "5公斤西红柿", [("西红柿", 5, "公斤", "")]), (GOODS, "牛奶250ml*16盒 2箱", [("牛奶", 2, "箱", "250ml*16盒")]),
        (GOODS, "猫粮1袋 5号电池1板", [("猫粮", 1, "袋", ""), ("5号电池", 1, "板", "")]), (GOODS, "小白菜1斤", [("小白菜", 1, "斤", "")]),
        (GOODS, "白菜(2斤) 萝卜:3斤", [("白菜", 2, "斤", ""), ("萝卜", 3, "斤", "")]), (GOODS, "葱姜蒜各1斤", [("葱", 1, "斤", ""), ("姜", 1, "斤", ""), ("蒜", 1, "斤", "")]),
        (GOODS, "白菜5斤 鸡蛋1板 白菜改成3斤", [("白菜", 3, "斤", ""), ("鸡蛋", 1, "板", "")]),
        (MEDICINE, "苯磺酸氨氯地平片5mg*28片*2盒", [("苯磺酸氨氯地平片", 2, "盒", "5mg*28片")]), (MEDICINE, "叶酸片(0.4mg)x1瓶", [("叶酸片", 1, "瓶", "0.4mg")]),
        (MEDICINE, "二甲双胍缓释片0.5g 一日两次一次一片 3盒", [("二甲双胍缓释片", 3, "盒", "0.5g")]),
    ],
)  # fmt: skip
def test_which_quantity_belongs_to_which_thing(about, written, lines):
    entry = read_entry(f"扎西顿珠 3-201 {written} 13900001234", about)
    assert [(line.item, line.quantity, line.unit, line.spec) for line in entry.lines] == lines
    assert not entry.needs_check and entry.name == "扎西顿珠" and entry.door == "3-201"


@pytest.mark.parametrize(
    ("about", "written", "doubt"),
    [
        (GAS, "3-201 德吉", Doubt.NO_QUANTITY), (GAS, "3-201 德吉 2-3瓶", Doubt.RANGE), (GAS, "3-201 德吉 50元", Doubt.MONEY),
        (GAS, "德吉 1瓶", Doubt.NO_DOOR), (GAS, "3-201 同上", Doubt.SAME_AS), (GAS, "3-201 德吉 1瓶 取消 又要1瓶", Doubt.WANTED_AGAIN),
        (GAS, "3-201 王建国和4-302李丽各1瓶", Doubt.TWO_HOUSEHOLDS), (GAS, "3-201 德吉 1瓶 要小瓶的", Doubt.REMARK),
        (GAS, "3-201 德吉 我家和隔壁各一瓶", Doubt.TWO_HOUSEHOLDS), (GAS, "3-201 德吉 帮我妈也要一瓶", Doubt.TWO_HOUSEHOLDS), (GAS, "3-201 德吉 2瓶 不对,是1瓶", Doubt.REMARK),
        (GAS, "德吉 学校后面第二家 1瓶", Doubt.NO_DOOR), (GAS, "3-201 德吉 1瓶 分两次送", Doubt.REMARK), (GOODS, "3-201 德吉 西红柿3斤左右", Doubt.RANGE),
        (GOODS, "3-201 德吉 白菜2斤 西红柿2斤 取消西红柿", Doubt.CHANGE_UNCLEAR), (GOODS, "3-201 德吉 白菜2斤 白菜3斤", Doubt.TWO_QUANTITIES),
        (GOODS, "3-201 德吉 白菜大的一颗", Doubt.REMARK), (GOODS, "3-201 德吉 白菜", Doubt.NO_QUANTITY), (GOODS, "3-201 德吉 白菜2", Doubt.NO_UNIT), (GOODS, "3-201 德吉 2斤", Doubt.NO_ITEM),
        (GOODS, "3-201 德吉 猪肉20元", Doubt.MONEY), (GOODS, "3-201 德吉 白菜或土豆2斤", Doubt.RANGE), (GOODS, "3-201 德吉 白菜一些", Doubt.RANGE),
        (GOODS, "3-201 德吉 白菜2斤 3斤", Doubt.TWO_QUANTITIES), (GOODS, "3-201 德吉 白菜2斤 没有就换菠菜", Doubt.REMARK),
        (MEDICINE, "3-201 德吉 降压药2盒", Doubt.WHICH_DRUG), (MEDICINE, "3-201 德吉 缬沙坦胶囊2盒", Doubt.NO_STRENGTH),
    ],
)  # fmt: skip
def test_what_a_careful_clerk_could_not_know_is_doubted(about, written, doubt):
    assert doubt in read_entry(written, about).why


def test_what_a_reader_never_doubts_is_not_doubted():
    for written in ("8组 德吉 3-201 1瓶 谢谢", "白玛次旦、607、1", "5、白玛次旦、607、1、13900000887", "3-201 德吉 1瓶 放门口 老人独居", "小雨点 3-201 赤列米玛 2罐"):
        entry = read_entry(written, GAS)
        assert not entry.needs_check and entry.lines[0].quantity, written


def test_remarks_about_medicine_stay_in_the_note():
    entry = read_entry("次仁 3-201 缬沙坦胶囊80mg 2盒 医保卡在我家 不要换牌子 青霉素过敏 只剩3天", MEDICINE)
    assert not entry.needs_check
    assert all(words in entry.note for words in ("医保卡在我家", "不要换牌子", "青霉素过敏", "只剩3天"))


@pytest.mark.parametrize("nickname", ["A修车老李", "2022加油", "岁月静好", "扎西德勒", "豆豆爸", "Tony", "藏香", "🍀", "平安是福"])
def test_a_nickname_is_never_the_name(nickname):
    alone, before = read_entry(even(f"{nickname} 8组 3-201 1瓶"), GAS), read_entry(even(f"{nickname} 8组 洛桑次仁 3-201 1瓶"), GAS)
    assert alone.name is None and (before.name, before.needs_check) == ("洛桑次仁", False)


def test_one_thing_taken_back_of_several_leaves_the_others():
    entry = read_entry("3-201 德吉 白菜2斤 西红柿2斤 取消西红柿", GOODS)
    assert not entry.cancelled and [line.item for line in entry.lines] == ["白菜"]


def test_totals_count_what_is_known_and_not_cancelled():
    entries = [
        Entry(lines=[Wanted("白菜", 2, "斤"), Wanted("白菜", 1, "公斤")]), Entry(lines=[Wanted("白菜", 3, "颗"), Wanted("土豆", None, "斤")]),
        Entry(lines=[Wanted("土豆", 5, "斤")], cancelled=True), Entry(lines=[Wanted("土豆", 1.5, "斤")], doubts=[Doubt.NO_DOOR]),
    ]  # fmt: skip
    assert totals(entries) == {"白菜(斤)": 4, "白菜(颗)": 3, "土豆": 1.5}
