"""Eight more: tables under one another, ticks, a summary below the list, households without a head's cell."""

from .kit import Book, card, name, tel, wrong


def grids_under_one_another() -> Book:
    book = Book()
    page = book.sheet("Sheet1")
    page.put("多颇章乡布当村人员花名册", across=6)
    n = 0
    for grid, title in enumerate(("布当村第一网格人员明细", "布当村第二网格人员明细", "布当村第三网格人员明细"), 1):
        page.put(title, across=6)
        page.put("序号", "姓名", "是否户主", "身份证编号", "通讯方式", "家庭序号")
        for i in range(4):
            n += 1
            head = i % 2 == 0
            row = (i + 1, name(n), "是" if head else "否", card(f"19{50 + n}0615", n), tel(n), i // 2 + 1)
            page.line(*row, grid=grid, h=head)
            if not head:
                page.put(None, "本户合计", "2人")
        page.put(f"第{'一二三'[grid - 1]}网格合计：2户4人", across=6)
        page.put()
    return book


def summary_below() -> Book:
    book = Book()
    page = book.sheet("实有人口")
    page.put("编号", "姓名", "性别", None, "身份证号码", "手机号码", "网格", "户口簿编号")
    page.put(None, None, "男", "女")
    page.join("A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:F2", "G1:G2", "H1:H2")
    for i in range(6):
        grid = i // 2 + 1
        tick = ("√", None) if i % 2 else (None, "√")
        row = (i + 1, name(i), *tick, card(f"19{60 + i}1010", i + 1), tel(i), f"第{grid}网格", f"0{grid}")
        page.line(*row, grid=grid, h=i % 2 == 0)
    page.put("合计", "6人", 3, 3)
    page.put()
    page.put("网格", "户数", "人数")
    for grid in (1, 2, 3):
        page.put(f"第{grid}网格", 1, 2)
    page.put("统计人：卓嘎")
    return book


def households_without_a_head_cell() -> Book:
    book = Book()
    page = book.sheet("采样名单")
    page.put("户序", "家庭人员姓名", "联系电话", "小组")
    cells = ("扎西、卓玛、次仁", "边巴", "普布 央金 旦增", "格桑（父）\n仓决（母）\n达娃", "强巴/曲珍", "洛桑，德吉，平措")
    for i, (cell, n) in enumerate(zip(cells, (3, 1, 3, 3, 2, 3), strict=True)):
        phone, w = tel(i), {}
        if i == 3:
            phone, w = "12345", {"联系电话": "phone_invalid"}
        page.line(i + 1, cell, phone, f"{'一二三'[i // 2]}组", grid=i // 2 + 1, n=n, h=1, w=w)
    page.put("合计", "6户15人")
    return book


def sheets_of_unlike_columns() -> Book:
    book = Book()
    page = book.sheet("德吉新村一组")
    page.put("姓名", "身份证", "电话")
    for i in range(3):
        page.line(name(i), card(f"197{i}0505", i + 1), tel(i), grid=1)
    page = book.sheet("2组(牧区)")
    page.put("电话", "出生日期", "姓名", "性别")
    for i in range(3):
        page.line(tel(i + 5), f"198{i}-05-05", name(i + 3), "男", grid=2)
    page = book.sheet("三组 ")
    page.put("三组名单")
    page.put("序号", "姓名", "年龄", "备注")
    for i in range(3):
        page.line(i + 1, name(i + 6), 30 + i, "孕妇" if i == 1 else None, grid=3)
    page.put("注：以上3人均在村")
    return book


def spelled_grids() -> Book:
    book = Book()
    page = book.sheet("网格名单")
    page.put("姓名", "公民身份号", "联络电话", "网格归属")
    marks = [
        ("第 一 网 格", 1), ("一网格（东片）", 1), ("网格2", 2), ("第2网格（网格长：次仁）", 2), ("2#", 2),
        ("三组", 3), ("G03", 3), ("第三村民小组", 3), ("３", 3), ("第十一网格", 11), ("11组", 11), ("4号网格", 4),
        ("网格-4", 4), ("第04网格", 4), ("无", ""), ("暂无", ""), ("—", ""), ("Ⅴ网格", 5), ("⑤", 5), ("第五格", 5),
    ]  # fmt: skip
    for i, (mark, grid) in enumerate(marks):
        w = {} if grid else {"网格归属": "no_grid"}
        page.line(name(i), card(f"19{60 + i}0707", i + 1), tel(i), mark, grid=grid, w=w)
    return book


def ages_and_ranks() -> Book:
    book = Book()
    page = book.sheet("工地")
    page.put("安居房建设工地务工人员登记表（第7网格）", across=8)
    page.put("编号", "工人姓名", "年龄", "身份证/护照号码", "联系电话/微信", "来自何地", "到工地日期", "带班人")
    for i in range(5):
        number, w = card(f"19{75 + i}0909", i + 1), {}
        if i == 1:
            number, w = wrong("19760909", 30), {"身份证/护照号码": "id_check_digit"}
        if i == 3:
            number, w = "5.42227197809E+17", {"身份证/护照号码": "id_lost_digits"}
        row = (i + 1, name(i + 4), 47 - i, number, tel(i), "四川", f"2022年7月{i + 1}日", name(i))
        page.line(*row, grid=7, w=w)
    for i in (6, 7, 8, 9, 10):
        page.put(i)
    page.put("带班负责人签字：", None, None, "年    月    日")
    return book


def heads_told_by_relation_only() -> Book:
    book = Book()
    page = book.sheet("户籍底册")
    page.put("姓名", "家庭成员关系", "证件编码", "出生", "房间号", "通讯电话", "网格编码", "特殊情况")
    for house in range(4):
        for i, relation in enumerate(("户主", "之妻", "长子", "之母")[: 1 + house % 4]):
            at = house * 5 + i
            born, w = f"{1960 + at}.6.8", {}
            if at == 6:
                born, w = "1966.6.31", {"出生": "birth_unreadable"}
            row = (name(at), relation, card(f"{1960 + at}0608", at + 1), born, f"{house}-101", tel(at), house + 1)
            page.line(*row, "残疾" if i == 1 else None, grid=house + 1, h=not i, w=w)
    page.put("总户数：4户", None, "总人口：10人")
    return book


def members_one_fact_a_line() -> Book:
    book = Book()
    page = book.sheet("联户")
    page.put("第八网格双联户登记", across=6)
    page.put("联户单元", "户 主", "户主电话", "家庭人口数", "家庭成员姓名及身份证号", "备注")
    for i in range(4):
        a, b = card(f"198{i}1201", i + 1), card(f"200{i}1201", i + 2)
        cell = (
            f"妻 {name(i + 5)} {a}\n子 {name(i + 6)} {b}",
            f"{name(i + 5)}（妻 {a}）{name(i + 6)}（子 {b}）",
            f"{name(i + 5)}，妻，{a}；{name(i + 6)}，子，{b}",
            f"1、{name(i + 5)}：{a} 2、{name(i + 6)}：{b}",
        )[i]
        unit = "第1联户" if i % 2 == 0 else None
        page.line(unit, name(i), tel(i), 3, cell, None, grid=8, n=3, h=1)
    page.join("A3:A4", "A5:A6")
    return book


BOOKS = (
    grids_under_one_another,
    summary_below,
    households_without_a_head_cell,
    sheets_of_unlike_columns,
    spelled_grids,
    ages_and_ranks,
    heads_told_by_relation_only,
    members_one_fact_a_line,
)
