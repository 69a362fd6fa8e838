"""Group-buy exports: heads in other words and places, doors put together from columns, refunds, a column a thing."""

import io
import json

import pytest
import xlsxwriter

from zhegu.__main__ import main
from zhegu.lib.sheets.cells import Sheet
from zhegu.orders.outside.files import read_bytes
from zhegu.orders.outside.pasted import Unreadable
from zhegu.orders.rules.export import read_export
from zhegu.orders.rules.signup import Doubt

HEADS = ["跟团号", "商品", "规格", "数量", "订单金额", "退款金额", "收货人", "联系电话", "详细地址", "楼号", "房号（如606）", "弄号", "团员备注", "团长备注"]


def row(**said):
    base = {
        "跟团号": 1, "商品": "土豆", "规格": "5斤/份", "数量": 2.0, "订单金额": 24, "退款金额": 0, "收货人": "王建国", "联系电话": 13900001234.0,
        "详细地址": "", "楼号": 5, "房号（如606）": "303室", "弄号": 168, "团员备注": "", "团长备注": "",
    }  # fmt: skip
    return [(base | said)[head] for head in HEADS]


def read(*rows, heads=HEADS, above=()):
    return read_export([Sheet("订单", [*above, list(heads), *[list(one) for one in rows]])])


def one(**said):
    (entry,) = read(row(**said)).entries
    return entry


def test_a_row_is_an_entry():
    entry = one()
    assert (entry.no, entry.name, entry.phone, entry.door, entry.needs_check) == (1, "王建国", "13900001234", "5-303", False)
    assert entry.lines[0].shown() == {"item": "土豆", "quantity": 2, "unit": "份", "spec": "5斤/份"}


@pytest.mark.parametrize(
    ("said", "door", "doubt"),
    [
        ({"详细地址": "幸福小区5号303室"}, "5-303", None), ({"详细地址": "168弄5号303"}, "5-303", None), ({"楼号": "5栋", "房号（如606）": 303}, "5-303", None),
        ({"楼号": "", "房号（如606）": "5号303"}, "5-303", None), ({"楼号": "5-303", "房号（如606）": ""}, "5-303", None),
        ({"楼号": "5号楼2单元", "房号（如606）": 303}, "5-2-303", None), ({"楼号": "", "房号（如606）": "", "详细地址": "5栋2单元303"}, "5-2-303", None),
        ({"楼号": "", "房号（如606）": ""}, None, Doubt.NO_DOOR), ({"详细地址": "6栋303"}, None, Doubt.COLUMNS), ({"房号（如606）": "3o3"}, "5-303", Doubt.LETTERS),
    ],
)  # fmt: skip
def test_a_door_is_put_together_or_left_open(said, door, doubt):
    entry = one(**said)
    assert (entry.door, entry.why) == (door, [doubt] if doubt else [])


@pytest.mark.parametrize(
    ("said", "cancelled", "doubt"),
    [
        ({"退款金额": 24}, True, None), ({"团长备注": "已退"}, True, None), ({"退款金额": 10}, False, Doubt.PARTLY_REFUNDED),
        ({"团员备注": "放门口"}, False, None), ({"团员备注": "要大一点的"}, False, Doubt.REMARK), ({"联系电话": "1390000123"}, False, Doubt.BROKEN_PHONE),
        ({"数量": "几份"}, False, Doubt.NO_QUANTITY),
    ],
)  # fmt: skip
def test_refunds_and_remarks(said, cancelled, doubt):
    entry = one(**said)
    assert (entry.cancelled, entry.why) == (cancelled, [doubt] if doubt else [])


def test_a_row_without_a_number_goes_on_with_the_one_above():
    blank = dict.fromkeys(HEADS, "") | {"商品": "鸡蛋", "规格": "30个/板", "数量": 1}
    found = read(row(), [blank[head] for head in HEADS], row(跟团号=2, 收货人="李丽", 楼号=6), ["合计", "", "", 5])
    assert [[(line.item, line.quantity, line.unit) for line in entry.lines] for entry in found.entries] == [
        [("土豆", 2, "份"), ("鸡蛋", 1, "板")], [("土豆", 2, "份")],
    ]  # fmt: skip


def test_heads_may_stand_lower_and_in_other_words():
    found = read(
        ["3组", "王建国", "3-201", "【特价】鸡蛋30枚/板", "2", "139 0000 1234"], heads=["组别", "姓名", "门牌号", "品名", "件数", "手机号"],
        above=(["周末团购", "", ""], []),
    )  # fmt: skip
    entry = found.entries[0]
    assert found.title == "周末团购"
    assert (entry.grid, entry.door, entry.phone, entry.lines[0].item, entry.lines[0].spec, entry.needs_check) == ("3", "3-201", "13900001234", "鸡蛋", "30枚/板", False)


def test_a_column_may_be_a_thing():
    found = read(["王建国", "3-201", 2, "", 13900001234], ["李丽", "3-202", "", 1, ""], heads=["姓名", "房号", "白菜", "大米", "电话"])
    assert [[(line.item, line.quantity) for line in entry.lines] for entry in found.entries] == [[("白菜", 2)], [("大米", 1)]]


def test_several_things_may_stand_in_one_cell():
    found = read(["1", "王建国", "3-201", "白菜2斤、鸡蛋1板"], heads=["接龙号", "姓名", "地址", "接龙内容"])
    assert [(line.item, line.quantity) for line in found.entries[0].lines] == [("白菜", 2), ("鸡蛋", 1)]


def _file(*sheets):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, rows in sheets:
            page = book.add_worksheet(name)
            for at, cells in enumerate(rows):
                page.write_row(at, 0, cells)
    return out.getvalue()


def test_sums_of_another_sheet_are_no_orders(tmp_path, capsys):
    file = tmp_path / "团.xlsx"
    file.write_bytes(_file(("汇总", [["商品", "规格", "数量"], ["土豆", "5斤/份", 2]]), ("订单", [HEADS, row()]), ("退款", [["跟团号", "退款金额"], [1, 24]])))
    assert main(["orders", "parse", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found["entries"]) == 1 and found["entries"][0]["cancelled"] and found["totals"] == {}


def test_a_workbook_without_orders_is_refused():
    with pytest.raises(Unreadable) as no:
        read_bytes(_file(("a", [["物资", "单位"], ["口罩", "包"]])), "a.xlsx")
    assert no.value.reason == "orders.signup_no_orders"
    with pytest.raises(Unreadable):
        read_bytes(b"PK\x03\x04" + b"0" * 200, "b.xlsx")
