"""Six last ones, made after everything above: what a clerk in a hurry leaves behind."""

from datetime import datetime

from .kit import TIBETAN, Book, card, name, tel, wrong


def in_a_hurry() -> Book:
    book = Book()
    page = book.sheet("8.12新增")
    page.put(None, "扎其乡新增人员 （8月12日）")
    page.put()
    page.put(None, "姓名 ", " 身份证号 ", "电话号码：", "几组", "备注（外出去向）")
    rows = [
        (" 扎西 多吉", f" {card('19880101', 1)} ", f"{tel(1)}。", "一 组", {}),
        ("卓玛", card("19890101", 2).replace("5422", "5422 "), f"电话{tel(2)}", "1", {}),
        ("格桑（女）", f"{card('19900101', 3)}（新）", f"{tel(3)}（姐姐）", "2组", {}),
        ("尼玛", "身份证丢失", tel(4), "2", {}),
        ("次仁", wrong("19910101", 5), "没有", "3組", {"身份证号": "id_check_digit", "电话号码": "phone_missing"}),
    ]
    for i, (who, number, phone, mark, w) in enumerate(rows):
        words = {" 身份证号 " if k == "身份证号" else "电话号码：": v for k, v in w.items()}
        page.line(None, who, number, phone, mark, None, grid=(1, 1, 2, 2, 3)[i], w=words)
    page.put(None, "以上5人")
    return book


def three_levels_with_households() -> Book:
    book = Book()
    page = book.sheet("底册")
    page.put("措勤社区人口底册", across=12)
    page.put("网格", "户\n号", "户主", "家庭成员信息", None, None, None, None, None, "联系", None, "备注")
    page.put(None, None, None, "基本信息", None, None, "证件信息", None, "出生", "方式", None)
    page.put(None, None, None, "姓名", "性别", "关系", "证件类型", "证件号码", "日期", "手机", "座机")
    page.join("A2:A4", "B2:B4", "C2:C4", "D2:I2", "J2:K2", "L2:L4", "D3:F3", "G3:H3", "J3:K3")
    for house in range(4):
        first = page.at + 1
        for i, relation in enumerate(("户主", "配偶", "子")[: 2 + house % 2]):
            at = house * 4 + i
            lead = (f"{house // 2 + 1}网格", house + 1, name(at)) if not i else (None,) * 3
            kind, number, w = "身份证", card(f"19{60 + at}0606", at + 1), {}
            if at == 9:
                number, w = 5.422271969060601e17, {"证件号码": "id_lost_digits"}
            row = (name(at), "男", relation, kind, number, datetime(1960 + at, 6, 6), tel(at), f"0893-22233{at:02d}")
            page.line(*lead, *row, grid=house // 2 + 1, h=not i, w=w)
        page.join(f"A{first}:A{page.at}", f"B{first}:B{page.at}", f"C{first}:C{page.at}")
        page.put(None, None, None, "户计", f"{2 + house % 2}人")
    page.put("总计", None, "4户", "10人")
    return book


def tibetan_household_rows() -> Book:
    book = Book()
    page = book.sheet("ཁྱིམ་ཐོ།")
    page.put("དྲ་མིག", "ཁྱིམ་ཨང་", "ཁྱིམ་བདག", "ཐོབ་ཐང་ལག་ཁྱེར་ཨང་གྲངས།", "ཁ་པར།", "ཁྱིམ་མི།", "ཟུར་བརྗོད།")
    members = ("སྒྲོལ་མ།（ཆུང་མ）、ཟླ་བ།（བུ）", "པད་མ།（ཨ་མ）", "མེད།", "ཚེ་རིང་། སྒྲོལ་དཀར། ཉི་མ།")
    for i, cell in enumerate(members):
        who = ("བཀྲ་ཤིས།", "རྡོ་རྗེ།", "བསོད་ནམས།", "བསྟན་འཛིན།")[i]
        number, phone = card(f"196{i}1010", i + 1).translate(TIBETAN), tel(i).translate(TIBETAN)
        page.line(f"༠{'༡༡༢༢'[i]}", "༡༢༣༤"[i], who, number, phone, cell, grid=i // 2 + 1, n=(3, 2, 1, 4)[i], h=1)
    page.put("བསྡོམས་རྩིས།", None, "༤", None, None, "༡༠")
    return book


def workers_and_their_families() -> Book:
    book = Book()
    page = book.sheet("项目部")
    page.put("公司名称：西藏某建设公司     工地地址：第四网格", across=9)
    page.put("工号", "员工姓名", "职务/工种", "身份证号码", "联系方式", "入职日期", "紧急联系人及电话", "银行卡号", "是否返岗")
    for i in range(6):
        number, w = card(f"19{80 + i}0707", i + 1), {}
        if i == 4:
            number, w = "待补", {"身份证号码": "id_missing"}
        day = "2022.6" if i % 2 else datetime(2022, 6, 1)
        row = (f"GR{i:03d}", name(i + 1), "木工", number, tel(i), day, f"{name(i + 5)} {tel(i + 50)}", f"62148{i:014d}", "是")
        page.line(*row, grid=4, w=w)
    page.put("负责人：王强", None, None, None, "电话：", tel(900))
    return book


def classes_in_one_sheet() -> Book:
    book = Book()
    page = book.sheet("全校")
    n = 0
    for title in ("一（1）班", "一（2）班"):
        page.put(f"{title}学生名册  班主任：德吉  人数：3", across=6)
        page.put("学号", "姓名", "出生日期", "身份证号", "家长姓名", "家长手机", "家庭住址网格")
        for i in range(3):
            n += 1
            phone, w = (tel(n), {}) if n != 5 else (None, {"家长手机": "phone_missing"})
            row = (f"2021{n:03d}", name(n), f"2014/{n}/9", card(f"20140{n}09", n), name(n + 6), phone)
            page.line(*row, f"{i + 1}网格", grid=i + 1, w=w)
        page.put()
    return book


def everything_in_few_columns() -> Book:
    book = Book()
    page = book.sheet("简表")
    page.put("户主及电话", "户主身份证号码", "其他家庭成员", "网格/组")
    a, b = card("19900505", 5), card("20150606", 6)
    cells = (
        (f"次旺 {tel(1)}", card("19600101", 1), f"妻卓嘎，{a}；女央吉，{b}", "1网格", 3),
        (f"罗布（{tel(2)}）", card("19610101", 2), "母亲拉珍、妻子白珍、儿子旦达", "1网格", 4),
        (f"顿珠{tel(3)}", card("19620101", 3), "单身", "第2网格", 1),
    )
    for i, (head, number, others, mark, n) in enumerate(cells):
        page.line(head, number, others, mark, grid=1 + (i == 2), n=n, h=1)
    return book


BOOKS = (
    in_a_hurry,
    three_levels_with_households,
    tibetan_household_rows,
    workers_and_their_families,
    classes_in_one_sheet,
    everything_in_few_columns,
)
