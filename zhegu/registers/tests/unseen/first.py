"""Eight registers as villages and towns keep them: sheets, households, headers."""

from datetime import datetime

from .kit import TIBETAN, WIDE, Book, card, name, tel, wrong


def sheet_per_grid() -> Book:
    book = Book()
    for grid, title in ((1, "第一网格"), (2, "二网格"), (3, "网格3")):
        page = book.sheet(title)
        page.put("扎玉村常住人口登记册", across=8)
        page.put(f"网格长：洛桑    联系电话：{tel(900)}", across=8)
        page.put("序号", "户编号", "户主姓名", "家庭成员姓名", "与户主关系", "身份证件号", "手机", "备注")
        n = 0
        for house in range(3):
            first = page.at + 1
            for i, relation in enumerate(("本人", "配偶", "长子")[: 2 + house % 2]):
                n += 1
                at = house * 3 + i + grid * 20
                head = (house + 1, name(house + grid)) if not i else (None, None)
                who = name(house + grid + i)
                born = f"19{60 + i * 15}0{i + 1}1{house}"
                page.line(n, *head, who, relation, card(born, at), tel(at), None, grid=grid, h=not i)
            page.join(f"B{first}:B{page.at}", f"C{first}:C{page.at}")
        page.put("小计", None, "3户", f"{n}人")
    page = book.sheet("汇总")
    page.put("各网格人口汇总表", across=5)
    page.put("网格", "网格长姓名", "联系电话", "户数", "人数")
    for grid in (1, 2, 3):
        page.put(f"第{grid}网格", name(grid), tel(900 + grid), 3, 7)
    page.put("合计", None, None, 9, 21)
    return book


def household_rows() -> Book:
    book = Book()
    page = book.sheet("花名册")
    page.put("雪沙乡达嘎村农牧户花名册（2022年）", across=9)
    page.put("填表单位：达嘎村委会", None, None, None, None, "单位：户、人")
    page.put("编号", "村民小组", "户主", "户主身份证号", "联系方式", "家庭人口", "家庭成员", "家庭住址", "备注")
    data = [
        ("一组", "德吉卓玛（妻）、旦增（长子）、白玛央金（长女）", 4, 1, {}),
        ("一组", None, 1, 1, {}),
        ("2组", "妻子：德吉措姆；儿子：平措扎西", 3, 2, {}),
        ("2组", "达娃卓嘎(母亲),格桑(弟弟)", 3, 2, {"联系方式": "phone_missing"}),
        ("第三组", "央金 妻\n旦巴 子\n拉姆 女\n多吉 孙子", 5, 3, {}),
        ("第三组", "普布次仁、扎西旺姆", 3, 3, {"户主身份证号": "id_missing"}),
        ("四组", "女儿 桑吉卓玛，女婿 索朗多吉，外孙女 次吉", 4, 4, {}),
        (None, "妻-仓决，子-顿珠", 3, "", {"村民小组": "no_grid"}),
    ]
    for i, (group, members, n, grid, w) in enumerate(data, 1):
        number = None if "户主身份证号" in w else card(f"19650{i}11", i)
        phone = None if "联系方式" in w else tel(i)
        row = (i, group, name(i), number, phone, n, members, f"达嘎村{i}号", None)
        page.line(*row, grid=grid, n=n, h=1, w=w)
    page.put("合计", None, "8户", None, None, 26)
    page.put("说明：1.家庭人口含户主。2.外出人员请在备注中注明。", across=9)
    return book


def tibetan_words() -> Book:
    book = Book()
    page = book.sheet("མིང་ཐོ།")
    page.put("སྡེ་བའི་མི་འབོར་གྱི་མིང་ཐོ།", across=8)
    page.put(
        "ཨང་རིམ།", "ཁྱིམ་བདག", "མིང་།", "ཕོ་མོ།", "སྐྱེས་ཚེས།", "ཐོབ་ཐང་ཨང་གྲངས།", "ཁ་པར་ཨང་གྲངས།", "དྲ་མིག"
    )
    people = [
        ("བཀྲ་ཤིས་རྡོ་རྗེ།", "བཀྲ་ཤིས་རྡོ་རྗེ།", "ཕོ", "19600304"),
        (None, "ཚེ་རིང་སྒྲོལ་མ།", "མོ", "19640512"),
        ("བསྟན་འཛིན་ཕུན་ཚོགས།", "བསྟན་འཛིན་ཕུན་ཚོགས།", "ཕོ", "19710921"),
        (None, "པད་མ་མཚོ་མོ།", "མོ", "19991130"),
        (None, "ཉི་མ་ཟླ་བ།", "ཕོ", "20050101"),
    ]
    for i, (head, who, sex, born) in enumerate(people, 1):
        birth = f"{born[:4]}-{born[4:6]}-{born[6:]}".translate(TIBETAN)
        number, phone = card(born, i).translate(TIBETAN), tel(i).translate(TIBETAN)
        grid = ("༡", "དྲ་མིག་༡", "༢", "2", "དྲ་མིག་ཨང་༢")[i - 1]
        row = (str(i).translate(TIBETAN), head, who, sex, birth, number, phone, grid)
        page.line(*row, grid=1 if i < 3 else 2, h=bool(head))
    page.join("B3:B4", "B5:B7")
    page.put("བསྡོམས།", None, "༥")
    return book


def three_headers_repeated() -> Book:
    book = Book()
    page = book.sheet("Sheet1")
    page.put("曲松社区居民信息登记表\nགྲོང་སྡེའི་མི་འབོར་ཐོ་འགོད་རེའུ་མིག", across=9)

    def header() -> None:
        at = page.put("序号\nཨང་", "居民基本情况\nགནས་ཚུལ", None, None, None, None, "联系情况", None, "网格\nདྲ་མིག")
        page.put(None, "姓名\nམིང་།", "性别", "证件", None, "出生", "电话\nཁ་པར།", "住址")
        page.put(None, None, None, "类型", "号码", "年月日")
        page.join(f"B{at}:F{at}", f"G{at}:H{at}", f"D{at + 1}:E{at + 1}", f"A{at}:A{at + 2}")
        page.join(f"I{at}:I{at + 2}", f"B{at + 1}:B{at + 2}", f"C{at + 1}:C{at + 2}")
        page.join(f"G{at + 1}:G{at + 2}", f"H{at + 1}:H{at + 2}")

    n = 0
    for leaf in range(3):
        header()
        for _ in range(4):
            n += 1
            born = f"19{70 + n}0415"
            number, w, birth = card(born, n), {}, f"19{70 + n}年4月15日"
            if n == 2:
                number, w = wrong(born, n), {"号码": "id_check_digit"}
            if n == 5:
                birth, w = "1975/4/16", {"年月日": "birth_differs_from_id"}
            if n == 10:
                birth, w = "不详", {"年月日": "birth_unreadable"}
            where = f"曲松路{n}号"
            row = (n, name(n), "男", "身份证", number, birth, tel(n), where, f"第{'一二三'[leaf]}网格")
            page.line(*row, grid=leaf + 1, w=w)
        page.put("本页小计", "4人")
        page.put()
    page.put("总计", "12人")
    page.put("制表人：普布", None, None, None, "审核：")
    return book


def flats_by_building() -> Book:
    book = Book()
    for building in (1, 2):
        page = book.sheet(f"{building}号楼")
        page.put(f"雅砻花园小区{building}号楼住户信息采集表", across=10)
        page.put(
            "楼栋", "单元", "室", "居民姓名", "与户主关系", "公民身份号码", "联系方式", "民族", "所属网格", "备注"
        )
        for flat in range(4):
            first = page.at + 1
            for i, relation in enumerate(("户主", "妻", "女")[: 1 + flat % 3]):
                at = building * 30 + flat * 3 + i
                door = (f"{building}号楼", flat // 2 + 1, 101 + flat) if not i else (None,) * 3
                number, w = card(f"198{flat}0{i + 1}20", at), {}
                if at == 34:
                    number, w = int(number[:17] + "0"), {"公民身份号码": "id_lost_digits"}
                row = (*door, name(at), relation, number, tel(at), "藏族", f"网格{'一二'[building - 1]}")
                page.line(*row, grid=building, h=not i, w=w)
            if page.at > first:
                page.join(*(f"{c}{first}:{c}{page.at}" for c in "ABC"))
        page.ws.auto_filter.ref = f"A2:J{page.at}"
        page.ws.row_dimensions[4].hidden = page.ws.column_dimensions["F"].hidden = True
    page = book.sheet("填写说明")
    page.put("填写说明")
    page.put("字段", "说明")
    page.put("居民姓名", "与身份证一致")
    page.put("公民身份号码", "18位，例：542227199001011234")
    page.put("联系方式", "手机或座机")
    return book


def births_of_all_kinds() -> Book:
    book = Book()
    page = book.sheet("人员")
    page.put("滨河社区第二季度人口台账", across=8)
    page.put("序号", "房号", "姓名", "出生年月", "身份证号码", "电话号码", "网格", "备注")
    births = [
        ("1990.5", {}), ("90年5月", {}), ("1990-05-12", {}), (datetime(1990, 5, 12), {}),
        (19900512, {}), ("1990/5/12", {}), ("1990年5月12日", {}), ("1990.05.12", {}),
        ("90.5.12", {}), ("1990年05月", {}), ("1990-5", {}), ("199005", {}), (1990.05, {}),
        ("1990.13", {"出生年月": "birth_unreadable"}), ("不清楚", {"出生年月": "birth_unreadable"}),
        ("1990-06-12", {"出生年月": "birth_differs_from_id"}), ("１９９０．５．１２", {}),
        (33005, {}), ("1990 05 12", {}), ("1990-05-12 00:00:00", {}),
    ]
    for i, (birth, w) in enumerate(births, 1):
        grid = ("G1", "G2", "G3")[i % 3]
        row = (i, f"{i}-1-{i}01", name(i), birth, card("19900512", i), tel(i), grid, None)
        page.line(*row, grid=i % 3 + 1, w=w)
    return book


def section_rows() -> Book:
    book = Book()
    page = book.sheet("全村名单")
    page.put("章达村核酸采样人员名单", across=6)
    page.put("序号", "姓名", "性别", "身份证", "电话", "备注")
    n = 0
    for grid, words in ((1, "第一网格（网格长：旺堆）"), (2, "第二网格  网格长：次旺"), (3, "三网格")):
        page.put(words, across=6)
        for i in range(3):
            n += 1
            phone, w = tel(n), {}
            if n == 4:
                phone, w = "1661234567", {"电话": "phone_invalid"}
            if n == 6:
                phone, w = "无", {"电话": "phone_missing"}
            page.line(i + 1, name(n), "男", card("19810203", n), phone, grid=grid, w=w)
        page.put("小计", "3人")
    page.put("合计", "9人")
    page.put("注：本名单不含外出人员")
    return book


def numbers_of_all_kinds() -> Book:
    book = Book()
    page = book.sheet("常住")
    page.put("姓名", "身份证号", "联系电话", "网格", "备注")
    born = "19880808"
    plain = card(born, 1)
    for i, (number, reason) in enumerate(
        [
            (plain, ""), ("'" + card(born, 2), ""), (card(born, 3).translate(WIDE), ""),
            (f"{card(born, 4)[:6]} {card(born, 4)[6:14]} {card(born, 4)[14:]}", ""),
            ("542227880808123", ""), (5.42227198808081e17, "id_lost_digits"),
            ("5.42227E+17", "id_lost_digits"), (wrong(born, 9), "id_check_digit"),
            (card(born, 4, "540526").lower(), ""), ("无", "id_missing"), (None, "id_missing"),
            (card(born, 12).translate(TIBETAN), ""), (card(born, 13) + "\n", ""),
            ("EA1234567", ""), ("H0123456789", ""),
        ]
    ):
        w = {"身份证号": reason} if reason else {}
        same = "plain" if number == plain else ""
        page.line(name(i), number, tel(i), f"{i % 4 + 1}", grid=i % 4 + 1, w=w, same=same)
    page = book.sheet("流动人口")
    page.put("姓名", "身份证号", "联系电话", "网格", "备注")
    page.line(name(0), plain.translate(WIDE), tel(0), "4组", same="plain")
    for i, (phone, reason) in enumerate(
        [
            (f"{tel(1)}/{tel(2)}", ""), (f"{tel(1)}、{tel(2)}", ""), (int(tel(3)), ""),
            ("166 0000 0004", ""), ("166-0000-0005", ""), ("0893-1234567", ""), (tel(6) + " ", ""),
            ("08931234567", ""), (tel(7).translate(TIBETAN), ""), (tel(8).translate(WIDE), ""),
            ("/", "phone_missing"), ("1234567", "phone_invalid"), ("26600000001", "phone_invalid"),
            (float(tel(9)), ""), ("没有手机", "phone_invalid"),
        ]
    ):
        w = {"联系电话": reason} if reason else {}
        page.line(name(i), card("19920202", i), phone, f"第{i % 2 + 1}网格", grid=i % 2 + 1, w=w)
    return book


BOOKS = (
    sheet_per_grid,
    household_rows,
    tibetan_words,
    three_headers_repeated,
    flats_by_building,
    births_of_all_kinds,
    section_rows,
    numbers_of_all_kinds,
)
