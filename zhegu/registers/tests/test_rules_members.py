"""Household members written into one cell."""

import pytest

from zhegu.registers.rules.members import lists_people, read_members

ID, PHONE = "11010519491231002X", "13912345678"


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        (f"扎西(户主,{ID},{PHONE})、卓玛(妻)", [("扎西", "户主", ID, PHONE), ("卓玛", "妻", None, None)]),
        (f"扎西（户主，{ID}，{PHONE}）；卓玛（妻，无，无）", [("扎西", "户主", ID, PHONE), ("卓玛", "妻", "无", "无")]),
        ("扎西、卓玛、次仁多吉", [("扎西", "", None, None), ("卓玛", "", None, None), ("次仁多吉", "", None, None)]),
        ("扎西,卓玛;次仁", [("扎西", "", None, None), ("卓玛", "", None, None), ("次仁", "", None, None)]),
        ("扎西\n卓玛", [("扎西", "", None, None), ("卓玛", "", None, None)]),
        ("扎西 卓玛 次仁", [("扎西", "", None, None), ("卓玛", "", None, None), ("次仁", "", None, None)]),
        ("户主：扎西、妻子：卓玛", [("扎西", "户主", None, None), ("卓玛", "妻子", None, None)]),
        ("1.扎西 2.卓玛", [("扎西", "", None, None), ("卓玛", "", None, None)]),
        ("扎西【户主】卓玛【妻】", [("扎西", "户主", None, None), ("卓玛", "妻", None, None)]),
        (f"扎西 户主 {ID} {PHONE};卓玛 妻", [("扎西", "户主", ID, PHONE), ("卓玛", "妻", None, None)]),
        (f"扎西,户主,{PHONE}；卓玛,妻", [("扎西", "户主", None, PHONE), ("卓玛", "妻", None, None)]),
        ("妻卓玛、子次仁", [("卓玛", "妻", None, None), ("次仁", "子", None, None)]),
        ("བཀྲ་ཤིས། སྒྲོལ་མ།", [("བཀྲ་ཤིས", "", None, None), ("སྒྲོལ་མ", "", None, None)]),
        ("Tashi Dorje (head), Dolma (wife)", [("Tashi Dorje", "head", None, None), ("Dolma", "wife", None, None)]),
        (f"妻卓玛{ID}、子扎西{PHONE}", [("卓玛", "妻", ID, None), ("扎西", "子", None, PHONE)]),
        (f"卓玛-妻-{ID}；扎西-子-{PHONE}", [("卓玛", "妻", ID, None), ("扎西", "子", None, PHONE)]),
        ("女儿 卓玛，女婿 扎西，外孙女 次吉", [("卓玛", "女儿", None, None), ("扎西", "女婿", None, None), ("次吉", "外孙女", None, None)]),
        ("卓玛（女，35岁，妻），次仁（男，12岁，子）", [("卓玛", "妻", None, None), ("次仁", "子", None, None)]),
        ("① 央宗 配偶 ② 格桑 之子", [("央宗", "配偶", None, None), ("格桑", "之子", None, None)]),
        ("1.央宗 妻 2.格桑 子", [("央宗", "妻", None, None), ("格桑", "子", None, None)]),
        ("妻：央金；子：旦增、平措", [("央金", "妻", None, None), ("旦增", "子", None, None), ("平措", "子", None, None)]),
        (f"户主扎西，身份证{ID}；妻子卓玛，电话：{PHONE}", [("扎西", "户主", ID, None), ("卓玛", "妻子", None, PHONE)]),
        (f"扎西 身份证号码：{ID} 联系电话{PHONE}", [("扎西", "", ID, PHONE)]),
        (f"{ID} 扎西 户主\n卓玛 妻", [("扎西", "户主", ID, None), ("卓玛", "妻", None, None)]),
        ("妻（卓玛）、子（扎西）", [("卓玛", "妻", None, None), ("扎西", "子", None, None)]),
        ("妻[卓玛] 子[扎西]", [("卓玛", "妻", None, None), ("扎西", "子", None, None)]),
        ("卓玛 妻（孕妇）、扎西 子（务工）", [("卓玛", "妻", None, None), ("扎西", "子", None, None)]),
        ("卓玛系户主之妻，扎西系户主之子", [("卓玛", "妻", None, None), ("扎西", "子", None, None)]),
        ("卓玛（户主妻子）、扎西（户主儿子）", [("卓玛", "妻子", None, None), ("扎西", "儿子", None, None)]),
        ("卓玛:妻,扎西:子", [("卓玛", "妻", None, None), ("扎西", "子", None, None)]),
        ("卓玛=妻，扎西=子", [("卓玛", "妻", None, None), ("扎西", "子", None, None)]),
        ("卓玛(妻)+扎西(子)", [("卓玛", "妻", None, None), ("扎西", "子", None, None)]),
        ("妻 卓玛 子 扎西", [("卓玛", "妻", None, None), ("扎西", "子", None, None)]),
        ("卓玛 妻 扎西 子", [("卓玛", "妻", None, None), ("扎西", "子", None, None)]),
        ("扎西、卓玛、达瓦等3人", [("扎西", "", None, None), ("卓玛", "", None, None), ("达瓦", "", None, None)]),
        ("扎西（户主，5.4E+17）、卓玛（妻）", [("扎西", "户主", "5.4E+17", None), ("卓玛", "妻", None, None)]),
        ("母亲拉珍、儿子旦达", [("拉珍", "母亲", None, None), ("旦达", "儿子", None, None)]),
        ("独居", []),
        ("本人", []),
        ("户主：扎西、卓玛", [("扎西", "户主", None, None), ("卓玛", "", None, None)]),
        ("", []),
        (None, []),
    ],
)
def test_members(cell, people):
    assert [(m.name, m.relation, m.id, m.phone) for m in read_members(cell)] == people


@pytest.mark.parametrize("cell", ["扎西、卓玛", "扎西(户主)、卓玛(妻)", "扎西\n卓玛"])
def test_a_cell_that_lists_people(cell):
    assert lists_people(cell)


@pytest.mark.parametrize("cell", ["扎西", "4", 4.0, "4人", "GURELI SUNARI", "扎西(户主)", "", None])
def test_a_cell_that_does_not(cell):
    assert not lists_people(cell)
