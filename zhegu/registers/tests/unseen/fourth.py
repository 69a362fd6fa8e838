"""Eight more, made after those: templates with marks, kindergartens, hotels, subsidies, two tables."""

from .kit import WIDE, Book, card, name, tel, wrong


def template_with_marks() -> Book:
    book = Book()
    page = book.sheet("导入模板")
    page.put("人口信息批量导入表", across=9)
    page.put("填写要求：\n1.带*为必填项；\n2.身份证号请设为文本格式；\n3.一人一行，请勿合并单元格。", across=9)
    page.put("*姓\n名（必填）", "*证件类型", "*证件号码（必填）", "性\n别", "手机号码（选填）", "*所属网格（下拉选择）", "与户主关系（必填）", "户 号", "备注（选填）")
    page.put("示例：张三", "居民身份证", "542227199001011234", "男", "13800000000", "第1网格", "户主", "1")
    for i in range(6):
        w, number, phone = {}, card(f"199{i}0606", i + 1), tel(i)
        if i == 2:
            number, w = number.translate(WIDE)[:17] + " " + number[17:], {}
        if i == 4:
            phone, w = None, {"手机号码（选填）": "phone_missing"}
        who = name(i)[0] + "　" + name(i)[1:] if i == 1 else name(i)
        row = (who, "居民身份证", number, "女", phone, f"第{i // 2 + 1}网格", "妻" if i % 2 else "户主", i // 2 + 1)
        page.line(*row, grid=i // 2 + 1, h=i % 2 == 0, w=w)
    return book


def head_or_member() -> Book:
    book = Book()
    page = book.sheet("Sheet2")
    page.put("三网格 低保户花名册")
    page.put("序号", "户主", "家庭成员", "关系", "身份证号码", "联系电话", "一卡通账号", "保障金额（元）")
    for house in range(3):
        for i, relation in enumerate(("户主", "妻", "长女")[: 2 + house % 2]):
            at = house * 4 + i
            who = (house + 1, name(at), None) if not i else (None, None, name(at))
            bank = f"6228{at:015d}"
            page.line(*who, relation, card(f"19{60 + at}0318", at + 1), tel(at), bank, 3200.5, grid=3, h=not i)
    page.put("合计", None, None, None, None, None, None, 22403.5)
    return book


def kindergarten() -> Book:
    book = Book()
    for k, title in enumerate(("小班", "大班")):
        page = book.sheet(title)
        page.put("哲古镇幼儿园在园幼儿信息表", across=10)
        page.put("序号", "幼儿姓名", "性别", "出生年月", "身份证号", "监护人姓名", "与幼儿关系", "监护人电话", "入园时间", "家庭所在网格")
        for i in range(4):
            born, at = f"201{7 + k}0{i + 1}08", k * 4 + i
            grid = i % 3 + 1
            row = (i + 1, name(at), "女", f"{born[:4]}.{i + 1}", card(born, at + 1), name(at + 5), "父亲", tel(at))
            page.line(*row, "2021年9月", f"{'一二三'[i % 3]}网格", grid=grid)
        page.put("教师：", None, "保育员：")
    return book


def hotel() -> Book:
    book = Book()
    page = book.sheet("集中隔离人员")
    page.put("雍布拉康酒店集中隔离点人员信息登记表", across=12)
    page.put(
        "房间号", "姓名", "国籍", "身份证号", "护照号", "联系方式", "入住日期", "预计解除日期", "核酸采样时间",
        "体温", "采样管编号", "户籍地",
    )  # fmt: skip
    for i in range(6):
        foreign = i in (2, 5)
        number = None if foreign else card(f"198{i}0404", i + 1)
        paper = f"N{i}234567" if foreign else None
        w = {}
        if i == 3:
            number, w = wrong("19830404", 44), {"身份证号": "id_check_digit"}
        row = (f"80{i}", name(i), "中国", number, paper, tel(i), "2022-08-01", "2022-08-11", "2022-08-02 09:30")
        page.line(*row, 36.5, f"2022080200{i}", "四川", w=w)
    page = book.sheet("房间统计")
    page.put("楼层", "负责人姓名", "联系电话", "房间数", "人数")
    page.put("8楼", "扎西", tel(99), 6, 6)
    return book


def two_tables_in_one_sheet() -> Book:
    book = Book()
    page = book.sheet("第六网格")
    page.put("一、常住人口", across=6)
    page.put("户编号", "姓名", "与户主关系", "身份证", "手机", "备注")
    page.line("1", "次仁顿珠", "户主", card("19700101", 1), tel(1), None, grid=6, h=1)
    page.line("1", "德庆", "妻", card("19720101", 2), tel(2), "高血压", grid=6)
    page.line("2", "达瓦", "户主", card("19500101", 3), "无", "独居", grid=6, h=1, w={"手机": "phone_missing"})
    page.put("小计：3人")
    page.put()
    page.put("二、流动人口", across=6)
    page.put("序号", "姓名", "证件号码", "来源地", "抵达时间", "联系电话")
    page.line(1, "王刚", card("19900101", 4), "四川", "2022-07-01", tel(4), grid=6)
    page.line(2, "李梅", "无", "重庆", "2022-07-02", tel(5), grid=6, w={"证件号码": "id_missing"})
    page.line(3, "德庆", card("19720101", 2), "本村", "2022-07-02", tel(2), grid=6, same="d")
    book.seen["d"].insert(0, (page.ws.title, 4))
    book.people -= 1
    book.grids["6"] -= 1
    page.put("小计：3人")
    page.put("填报人：旺姆   电话：" + tel(66))
    return book


def lines_beside_lines() -> Book:
    book = Book()
    page = book.sheet("户表")
    page.put("组别", "户主", "成员姓名", "关系", "身份证号", "联系电话", "门牌号")
    for house in range(4):
        n = house % 3 + 2
        who = [name(house * 5 + i) for i in range(n)]
        ids = [card(f"19{60 + i * 9}0{house + 1}25", house * 5 + i + 1) for i in range(n)]
        w = {}
        if house == 2:
            ids[1], w = wrong("19690325", 9), {"身份证号": "id_check_digit"}
        relations = ["户主", "妻", "子", "女"][:n]
        phones = [tel(house * 5 + i) for i in range(n)]
        cells = ("\n".join(each) for each in (who, relations, ids, phones))
        page.line(f"{house + 1}组", who[0], *cells, f"{house}号", grid=house + 1, n=n, h=1, w=w)
    return book


def glued_members() -> Book:
    book = Book()
    page = book.sheet("牧户")
    page.put("户别", "户主姓名", "身份证件号", "手机", "同住家庭成员基本情况", "小组")
    a, b, c = card("19800101", 1), card("20050101", 2), card("19600101", 3)
    for i, (members, n) in enumerate(
        [
            (f"妻卓玛{a}、子扎西{b}", 3),
            (f"卓玛-妻-{a}；扎西-子-{b}".replace(a, card("19810101", 4)).replace(b, card("20060101", 5)), 3),
            ("卓玛（女，35岁，妻），次仁（男，12岁，子）", 3),
            (f"母亲 拉姆 {c}", 2),
            ("无", 1),
            (None, 1),
            ("妻：央金；子：旦增、平措", 4),
            ("① 央宗 配偶 ② 格桑 之子", 3),
        ]
    ):
        row = (i + 1, name(i), card(f"196{i}0303", i + 10), tel(i), members)
        page.line(*row, f"{i % 2 + 1}小组", grid=i % 2 + 1, n=n, h=1)
    return book


def codes_and_summary_first() -> Book:
    book = Book()
    page = book.sheet("总表")
    page.put("网格", "网格员", "联系电话", "户数", "人口", "男", "女")
    for grid in (1, 2, 3):
        page.put(f"第{grid}网格", name(grid), tel(70 + grid), 2, 4, 2, 2)
    for grid in (1, 2, 3):
        page = book.sheet(f"G{grid}")
        page.put("楼栋-单元-室", "户主姓名", "姓名", "与户主关系", "身份证件号", "联系方式", "网格代码", "是否外出")
        for house in (1, 2):
            for i in (0, 1):
                at = grid * 10 + house * 2 + i
                who, door = (name(at - i), f"{grid}-{house}-{house}01")
                row = (door, who, who if not i else name(at + 6), ("本人", "妻子")[i], card(f"19{50 + at}0101", at))
                phone, w = tel(at), {}
                if at == 15:
                    phone, w = "0893-123456", {"联系方式": "phone_invalid"}
                page.line(*row, phone, f"540526101001{grid:03d}", "否", grid=grid, h=not i, w=w)
    return book


BOOKS = (
    template_with_marks,
    head_or_member,
    kindergarten,
    hotel,
    two_tables_in_one_sheet,
    lines_beside_lines,
    glued_members,
    codes_and_summary_first,
)
