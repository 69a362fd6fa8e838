"""Sheets as they turn up: small ones, each odd in its own way."""

from datetime import date

import pytest

from zhegu.lib.sheets.cells import Sheet
from zhegu.registers.rules.book import Correction, Said, read_book
from zhegu.registers.rules.grids import GridName
from zhegu.registers.rules.headers import Role
from zhegu.registers.tests.make import id_number

ID = [id_number(date(1980 + n, 1, 2), 11 + n) for n in range(4)]
PHONE = "13900000001"


def read(*sheets, book="名册.xlsx", said=None):
    return read_book([Sheet(*one) for one in sheets], book, said)


def told(reading):
    """(name, relation, grid, household head) of everyone."""
    return [(p.name, p.relation, p.grid.key if p.grid else "", p.household.head if p.household else "") for p in reading.people]


def reasons(reading):
    return [(s.row, s.column, s.reason) for s in reading.warnings]


def test_a_list_without_a_header_is_known_by_its_content():
    rows = [[n + 1, name, "男", ID[n], PHONE, "1组"] for n, name in enumerate(("扎西", "卓玛", "次仁", "尼玛"))]
    found = read(("Sheet1", rows))
    assert [name for name, *_ in told(found)] == ["扎西", "卓玛", "次仁", "尼玛"] and found.by_grid() == {"1": 4}


def test_contacts_on_a_cover_are_no_list():
    found = read(("封面", [["哲古社区"], ["扎西多吉", PHONE], ["卓玛央金", PHONE], ["次仁平措", PHONE]]))
    assert found.rows == 0 and [s.why for s in found.sheets] == ["no_people"]


def test_a_header_in_two_languages_one_below_the_other():
    found = read(("Sheet1", [["序号", "姓名", "身份证号", "电话", "网格"],
                             ["ཨང", "མིང", "ཐོབ་ཐང་ལག་ཁྱེར", "ཁ་པར", "དྲ་མིག"], [1, "扎西", ID[0], "", "༡"]]))  # fmt: skip
    assert told(found) == [("扎西", "", "1", "")] and reasons(found) == [(3, "电话", "phone_missing")]


def test_names_in_two_scripts_in_one_cell():
    (person,) = read(("Sheet1", [["姓名", "电话"], ["扎西 བཀྲ་ཤིས། （老村长）", PHONE]])).people
    assert (person.name, person.name_bo, person.nickname) == ("扎西", "བཀྲ་ཤིས", "老村长")


def test_members_one_below_the_other_under_a_members_header():
    found = read(("第2网格", [["网格长：扎西多吉", "", "联系电话：13911111111"], ["序号", "户主", "家庭成员", "与户主关系", "身份证号码", "联系电话"],
                           [1, "扎西", "扎西", "户主", ID[0], PHONE], ["", "", "卓玛", "妻", ID[1], PHONE],
                           [2, "尼玛", "尼玛", "本人", ID[2], "13900000002/0893-1234567"], ["", "", "合计", "", "3人", ""]]))  # fmt: skip
    assert told(found) == [("扎西", "户主", "2", "扎西"), ("卓玛", "妻", "2", "扎西"), ("尼玛", "本人", "2", "尼玛")]
    assert not found.warnings and found.people[2].more_phones == ("08931234567",)


def test_a_household_with_nobody_else():
    found = read(("Sheet1", [["户主姓名", "户主身份证号", "家庭成员", "网格"], ["扎西", ID[0], "卓玛、次仁", "1"], ["尼玛", ID[1], "无", "2"]]))
    assert [name for name, *_ in told(found)] == ["扎西", "卓玛", "次仁", "尼玛"] and len(found.households) == 2


def test_a_column_for_the_spouse_and_one_for_the_children():
    found = read(("Sheet1", [["序号", "户主", "配偶", "子女", "电话", "组别"], [1, "扎西", "卓玛", "次仁、达瓦", PHONE, "3组"], [2, "尼玛", "", "", PHONE, "3组"]]))
    assert told(found) == [("扎西", "户主", "3", "扎西"), ("卓玛", "配偶", "3", "扎西"), ("次仁", "子女", "3", "扎西"),
                           ("达瓦", "子女", "3", "扎西"), ("尼玛", "户主", "3", "尼玛")]  # fmt: skip


def test_numbered_columns_for_each_member():
    header = ["户号", "户主姓名", "成员1", "成员1关系", "成员1身份证", "成员2", "成员2关系", "成员2身份证"]
    found = read(("x", [header, ["1", "扎西", "卓玛", "妻", ID[1], "次仁", "子", ID[2]], ["2", "尼玛", "达瓦", "妻", ID[3], "", "", ""]]))
    assert {(n, r) for n, r, *_ in told(found)} == {("扎西", "户主"), ("卓玛", "妻"), ("次仁", "子"), ("尼玛", "户主"), ("达瓦", "妻")}


def test_group_words_that_are_not_merged():
    found = read(("x", [["序号", "网格", "户主情况", "", "", "家庭成员", "", ""], ["", "", "姓名", "身份证号", "电话", "姓名", "关系", "身份证号"],
                        [1, "1组", "扎西", ID[0], PHONE, "卓玛", "妻", ID[1]], ["", "", "", "", "", "次仁", "子", ID[2]],
                        [2, "1组", "尼玛", ID[3], "", "", "", ""]]))  # fmt: skip
    assert [name for name, *_ in told(found)] == ["扎西", "卓玛", "次仁", "尼玛"]
    assert (found.rows, len(found.households)) == (3, 2) and reasons(found) == [(5, "电话", "phone_missing")]


def test_a_name_with_a_space_is_one_person():
    found = read(("Sheet1", [["姓名", "电话"], ["扎西 多吉", PHONE], ["卓 玛", PHONE], ["达瓦 次仁", PHONE]]))
    assert [name for name, *_ in told(found)] == ["扎西多吉", "卓玛", "达瓦次仁"]


def test_a_household_over_a_page_break_is_one():
    rows = [["序号", "户主", "姓名", "关系", "身份证号"], [1, "扎西", "扎西", "户主", ID[0]], ["", "", "卓玛", "妻", ID[1]],
            ["本页小计", "", "2人", "", ""], ["序号", "户主", "姓名", "关系", "身份证号"], ["", "", "次仁", "子", ID[2]]]  # fmt: skip
    found = read(("Sheet1", rows, [((1, 1), (2, 1))]))
    assert len(found.households) == 1 and told(found)[2] == ("次仁", "子", "", "扎西")


def test_a_number_in_the_phone_column_breaks_nothing():
    found = read(("Sheet1", [["姓名", "身份证号", "电话"], ["扎西", PHONE, ID[0]]]))
    assert reasons(found) == [(2, "身份证号", "id_lost_digits"), (2, "电话", "phone_invalid")]


def test_an_english_list_on_a_sheet_named_for_its_grid():
    found = read(("Grid 3", [["No.", "Full Name", "ID Card No.", "Phone No.", "Relationship to head", "DOB"],
                             [1, "Tashi Dorje", ID[0], PHONE, "head", date(1980, 1, 2)], [2, "Dolma", ID[1], PHONE, "wife", "1981-01-02"]]))  # fmt: skip
    assert told(found) == [("Tashi Dorje", "head", "3", "Tashi Dorje"), ("Dolma", "wife", "3", "Tashi Dorje")]
    assert not found.warnings


def test_each_row_may_say_resident_or_incomer():
    found = read(("人员台账", [["姓名", "证件号码", "人员类别"], ["陶穗", "E12345678", "外来务工"], ["扎西", ID[0], "常住"]]))
    assert [p.residence for p in found.people] == ["incomer", "resident"]


@pytest.mark.parametrize(
    ("sheet", "title", "book", "kind"),
    [
        ("外来人员", "名单", "x.xlsx", "incomer"), ("Sheet1", "流动人口登记", "x.xlsx", "incomer"), ("Sheet1", "", "外来人员台账.xlsx", "incomer"),
        ("Sheet1", "常住人口", "外来.xlsx", "resident"), ("Sheet1", "", "x.xlsx", "resident"),
    ],
)  # fmt: skip
def test_the_kind_of_residence_is_told_by_sheet_title_or_file(sheet, title, book, kind):
    found = read((sheet, [[title], ["姓名", "电话"], ["扎西", PHONE]]), book=book)
    assert found.kinds == {kind}


def test_a_ledger_of_arrivals_lists_incomers():
    assert read(("Sheet1", [["姓名", "来源地", "抵达时间"], ["陶穗", "成都", "8月1日"]])).kinds == {"incomer"}


def test_a_person_may_correct_what_was_understood():
    sheet = ("Sheet1", [["姓名", "电话", "家里电话"], ["扎西", "", PHONE]])
    said = Said({"Sheet1": Correction(roles={0: Role.NAME, 1: Role.OTHER, 2: Role.PHONE}, residence="incomer", grid=GridName(4))})
    found = read(sheet, said=said)
    assert (found.people[0].phone, found.people[0].residence, found.by_grid(), reasons(found)) == (PHONE, "incomer", {"4": 1}, [])
    assert read(sheet, said=Said({"Sheet1": Correction(skip=True)})).rows == 0


def test_nothing_at_all_is_read_without_complaint():
    for cells in ([], [[]], [[""]], [["姓名"]], [["姓名", "电话"]], [["姓名", "电话"], ["", ""]]):
        assert read(("Sheet1", cells)).rows == 0


def test_a_header_word_nobody_knows_above_the_names():
    rows = [["采样对象", "身份证号", "电话"], *([n, i, PHONE] for n, i in zip(("扎西", "卓玛", "次仁"), ID, strict=False))]
    assert [name for name, *_ in told(read(("Sheet1", rows)))] == ["扎西", "卓玛", "次仁"]


def test_dates_under_another_word_are_no_births():
    header = ["姓名", "身份证号", "进场日期", "离场年月"]
    found = read(("Sheet1", [header, *(["扎西", number, "2022-07-01", "2022-08-01"] for number in ID)]))
    assert len(found.people) == 4 and reasons(found) == []


def test_a_pupils_parent_is_the_one_to_call_and_no_head():
    header = ["学生姓名", "身份证号", "家长姓名", "家长电话"]
    found = read(("一班", [header, ["扎西", ID[0], "卓玛", PHONE], ["次仁", ID[1], "尼玛", ""], ["班主任：德吉", "", "", "电话："]]))
    assert told(found) == [("扎西", "", "", ""), ("次仁", "", "", "")] and found.people[0].phone == PHONE
    assert reasons(found) == [(3, "家长电话", "phone_missing")]


def test_a_row_without_a_name_is_refused_where_heads_stand_beside_their_own_names():
    header = ["户主", "姓名", "关系", "身份证号"]
    rows = [["扎西", "扎西", "户主", ID[0]], ["", "卓玛", "妻", ID[1]], ["次仁", "", "户主", ID[2]]]
    assert [(s.row, s.column) for s in read(("Sheet1", [header, *rows])).rejected] == [(4, "姓名")]


def test_whether_someone_is_the_head_stands_in_a_column_of_its_own():
    header = ["姓名", "是否户主", "与户主关系", "身份证号"]
    rows = [["扎西", "是", "本人", ID[0]], ["卓玛", "否", "妻", ID[1]], ["次仁", "是", "户主", ID[2]]]
    assert told(read(("Sheet1", [header, *rows]))) == [
        ("扎西", "本人", "", "扎西"), ("卓玛", "妻", "", "扎西"), ("次仁", "户主", "", "次仁")]  # fmt: skip


def test_a_summary_below_the_list_is_no_part_of_it():
    rows = [["网格", "姓名", "身份证号"], *([1, name, number] for name, number in zip(("扎西", "卓玛"), ID, strict=False))]
    found = read(("Sheet1", [*rows, ["合计", "2人"], ["网格", "户数", "人数"], ["1网格", 1, 2], ["2网格", 0, 0]]))
    assert found.rows == 2 and found.by_grid() == {"1": 2} and not found.rejected


@pytest.mark.parametrize("counts", ["①②③④", "甲乙12", "ABCD", "1234"])
def test_a_row_that_counts_the_columns_is_nobody(counts):
    header = ["姓名", "身份证号", "联系电话", "网格"]
    found = read(("Sheet1", [header, list(counts), ["扎西", ID[0], PHONE, "1"]]))
    assert found.rows == 1 and not found.warnings


def test_what_a_cell_tells_wrong_of_the_head_is_warned_of():
    wrong = ID[0][:-1] + ("1" if ID[0][-1] != "1" else "2")
    found = read(("Sheet1", [["户号", "家庭成员"], [1, f"扎西（户主，{wrong}）、卓玛（妻，{ID[1]}）"], [2, "次仁、尼玛"]]))
    assert reasons(found) == [(2, "家庭成员", "id_check_digit")] and len(found.people) == 4


@pytest.mark.parametrize("cell", [f"扎西 {PHONE}", f"扎西{PHONE}", f"扎西（{PHONE}）", f"扎西\n{PHONE}", f"扎西/{PHONE}"])
def test_a_number_beside_a_name_is_no_part_of_it(cell):
    found = read(("Sheet1", [["户号", "户主姓名及联系电话", "家庭成员"], [1, cell, "卓玛（妻）"], [2, "次仁", "尼玛、达瓦"]]))
    assert told(found)[0] == ("扎西", "户主", "", "扎西") and found.people[0].phone == PHONE


@pytest.mark.parametrize("mark", ["同上", "〃", '"'])
def test_as_above_is_the_grid_above(mark):
    header = ["姓名", "身份证号", "网格"]
    found = read(("Sheet1", [header, ["扎西", ID[0], "2网格"], ["卓玛", ID[1], mark], ["次仁", ID[2], "3网格"]]))
    assert found.by_grid() == {"2": 2, "3": 1} and not found.warnings


def test_remarks_below_a_list_of_names_are_nobody():
    rows = [["姓名", "身份证号"], ["扎西", ID[0]], ["1.外出人员请注明去向；2.本表一式两份。"], ["2.请于每月五日前报送到镇人民政府综合办公室"]]
    assert [name for name, *_ in told(read(("Sheet1", rows)))] == ["扎西"]


def test_the_second_line_of_a_name_is_its_other_script():
    header = ["姓名", "性别", "身份证号"]
    merged = [((1, c), (2, c)) for c in (1, 2)]
    cells = [header, ["扎西多吉", "男", ID[0]], ["བཀྲ་ཤིས་རྡོ་རྗེ།", "", ""], ["卓玛", "女", ID[1]]]
    found = read(("Sheet1", cells, merged))
    assert [(p.name, p.name_bo) for p in found.people] == [("扎西多吉", "བཀྲ་ཤིས་རྡོ་རྗེ"), ("卓玛", "")]


def test_staff_with_id_numbers_are_people_and_a_list_of_contacts_is_none():
    rows = [["水利局干部职工信息表"], ["姓名", "职务", "身份证号"], *(["扎西", "科员", number] for number in ID)]
    assert read(("职工", rows)).rows == 4
    assert read(("干部", [["驻村干部联系表"], ["姓名", "职务", "电话"], ["扎西", "队长", PHONE], ["卓玛", "队员", PHONE]])).rows == 0


def test_drivers_are_the_people_of_their_own_list():
    header = ["车牌号", "司机姓名", "身份证号", "司机电话"]
    found = read(("货运", [header, *(["藏C12345", n, i, PHONE] for n, i in zip(("扎西", "卓玛", "次仁"), ID, strict=False))]))
    assert [(p.name, p.phone) for p in found.people] == [("扎西", PHONE), ("卓玛", PHONE), ("次仁", PHONE)]


def test_a_sex_beside_a_name_is_no_relation():
    (person,) = read(("Sheet1", [["姓名", "电话", "网格"], ["格桑（女）", PHONE, "3組"]])).people
    assert (person.name, person.relation, person.sex, person.grid) == ("格桑", "", "f", GridName(3))
