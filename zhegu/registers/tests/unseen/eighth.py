"""Eight more: units, shops, drivers, the old, a household over a page break, the same person in two grids."""

from .kit import TIBETAN, WIDE, Book, card, name, tel, wrong


def staff_of_a_unit() -> Book:
    book = Book()
    page = book.sheet("职工")
    page.put("措美县水利局干部职工信息采集表", across=9)
    page.put("序号", "部门", "职务", "NAME\n姓名", "ID\n身份证号", "办公电话", "手机", "居住地址", "居住网格")
    for i in range(5):
        number, w = card(f"198{i}0303", i + 1), {}
        if i == 1:
            number = f"{number[:6]}\n{number[6:14]}\n{number[14:]}"
        if i == 3:
            number, w = number[:17] + "?", {}
        row = (i + 1, "办公室", "科员", name(i), number, "0893-1234567", tel(i), f"政府小区{i}号", f"第{i % 2 + 1}网格")
        page.line(*row, grid=i % 2 + 1, w=w)
    return book


def shops() -> Book:
    book = Book()
    page = book.sheet("沿街商户")
    page.put("哲古镇沿街商铺及从业人员台账（第三网格）", across=8)
    page.put("序号", "店铺名称", "门牌号", "从业人员姓名", "岗位", "身份证号/护照", "联系手机", "核酸采样频次")
    n = 0
    for shop, size in (("扎西茶馆", 2), ("四川饭店", 3), ("便民超市", 1)):
        first = page.at + 1
        for i in range(size):
            n += 1
            lead = (n, shop, f"{n}号") if not i else (n, None, None)
            phone, w = tel(n), {}
            if n == 4:
                phone, w = "1380000", {"联系手机": "phone_invalid"}
            page.line(*lead, name(n), "店主" if not i else "店员", card(f"19{80 + n}0404", n), phone, "两天一检", grid=3, w=w)
        if size > 1:
            page.join(f"B{first}:B{page.at}", f"C{first}:C{page.at}")
    page.put("合计", "3家", None, "6人")
    return book


def drivers() -> Book:
    book = Book()
    page = book.sheet("货运")
    page.put("货运司机登记台账")
    page.put("日期", "车牌号", "司机姓名", "身份证号", "司机电话", "出发地", "到达时间", "货物", "所属网格")
    for i in range(4):
        row = (f"2022-08-0{i + 1}", f"藏C·1234{i}", name(i + 2), card(f"198{i}0505", i + 1), tel(i), "拉萨", "8:30", "蔬菜")
        page.line(*row, f"{i % 2 + 1}网格", grid=i % 2 + 1)
    return book


def the_old() -> Book:
    book = Book()
    page = book.sheet("80岁以上")
    page.put("高龄老人台账", across=8)
    page.put("序号", "老人姓名", "出生年月", "身份证号码", "本人电话", "监护人姓名", "监护人电话", "网格", "健康状况")
    for i in range(4):
        phone, w = ("无", {"本人电话": "phone_missing"}) if i == 2 else (tel(i), {})
        birth = (f"193{i}年7月", f"193{i}.7", f"193{i}-07-07", f"193{i}/7/7")[i].translate(TIBETAN)
        row = (i + 1, name(i), birth, card(f"193{i}0707", i + 1), phone, name(i + 5), tel(i + 30))
        page.line(*row, "①②③④"[i], "高血压", grid=i + 1, w=w)
    return book


def numbered_members() -> Book:
    book = Book()
    page = book.sheet("户")
    page.put("户号", "户主", "户主身份证", "手机", "家庭成员1", "家庭成员2", "家庭成员3", "组别")
    for i in range(4):
        members = [name(i * 3 + k + 4) for k in range(i)]
        row = (i + 1, name(i), card(f"196{i}0202", i + 1), tel(i), *members, *[None] * (3 - i), f"{i // 2 + 1}组")
        page.line(*row, grid=i // 2 + 1, n=i + 1, h=1)
    page.put("合计", "4户", None, None, None, None, None, None)
    return book


def over_a_page_break() -> Book:
    book = Book()
    page = book.sheet("打印版")
    words = ("户主姓名", "姓名", "与户主关系", "身份证件号码", "联系电话", "网格")
    page.put("白朗村户籍人口（第1页）", across=6)
    page.put(*words)
    homes = [("次仁", ["户主", "妻"]), ("旺久", ["户主", "妻"]), ("旺久", ["子", "女"]), ("普琼", ["户主"])]
    n = 0
    for part, (head, relations) in enumerate(homes):
        if part == 2:
            page.put("本页小计：4人")
            page.put("白朗村户籍人口（第2页）", across=6)
            page.put(*words)
        first = page.at + 1
        for i, relation in enumerate(relations):
            n += 1
            who = head if relation == "户主" else name(n + 3)
            row = (head if not i else None, who, relation, card(f"19{60 + n}0909", n).translate(WIDE), tel(n), "２网格")
            page.line(*row, grid=2, h=relation == "户主")
        if len(relations) > 1:
            page.join(f"A{first}:A{page.at}")
    page.put("总计：3户7人")
    return book


def in_two_grids() -> Book:
    book = Book()
    for grid in (1, 2, 3):
        page = book.sheet(f"网格{'一二三'[grid - 1]}-花名册")
        page.put(f"第{grid}网格花名册  网格员：{name(grid)}  电话：{tel(90 + grid)}", across=5)
        page.put("序号", "姓名", "身份证号", "电话", "户号")
        for i in range(3):
            number = card(f"19{70 + grid * 3 + i}0101", grid * 3 + i)
            page.line(i + 1, name(grid * 3 + i), number, tel(grid * 3 + i), i + 1, grid=grid, h=1, same=number)
        if grid > 1:
            number = card(f"19{70 + grid * 3 - 3}0101", grid * 3 - 3)
            page.line(4, name(grid * 3 - 3), number.lower(), tel(5), 4, grid=grid, h=1, same=number)
        page.put("合计", f"{3 + (grid > 1)}人")
    return book


def cards_of_foreigners() -> Book:
    book = Book()
    page = book.sheet("Sheet1")
    page.put("序号", "姓名", "国籍", "护照号码/永居证号", "出生日期", "联系电话", "所在片区")
    data = [
        ("PASANG SHERPA", card("19850101", 1, "933524"), "1985-01-01", ""),
        ("MINGMA", wrong("19860101", 2), "1986-01-01", "id_check_digit"),
        ("NIMA LAMA", "G 1234567", "1987.1.1", ""),
        ("KUMAR", "无", "1988年1月1日", "id_missing"),
        ("ANITA", "08123456", "1-Feb-1989", ""),
    ]
    for i, (who, number, birth, reason) in enumerate(data):
        w = {"护照号码/永居证号": reason} if reason else {}
        page.line(i + 1, who, "尼泊尔", number, birth, tel(i), f"第{i % 2 + 1}片区", grid=i % 2 + 1, w=w)
    return book


BOOKS = (
    staff_of_a_unit,
    shops,
    drivers,
    the_old,
    numbered_members,
    over_a_page_break,
    in_two_grids,
    cards_of_foreigners,
)
