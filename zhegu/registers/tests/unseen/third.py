"""Six more registers, made after the rules were mended for the first sixteen."""

from datetime import datetime

from .kit import TIBETAN, Book, card, name, tel, wrong


def heads_in_columns_of_their_own() -> Book:
    book = Book()
    page = book.sheet("家庭")
    page.put("昌珠镇扎西曲登社区家庭登记", across=10)
    page.put("序号", "户主信息", None, None, "成员信息", None, None, None, "所属\n网格", "门牌号")
    page.put(None, "户主姓名", "身份证号码", "联系电话", "成员姓名", "与户主关系", "成员身份证号", "成员电话")
    page.join("A2:A3", "B2:D2", "E2:H2", "I2:I3", "J2:J3")
    for house in range(4):
        first = page.at + 1
        for i, relation in enumerate(("妻", "子", "女")[: 1 + house % 3]):
            at = house * 10 + i
            head = (house + 1, name(house), card(f"196{house}0909", at + 5), tel(at + 5)) if not i else (None,) * 4
            who = (name(at + 7), relation, card(f"198{house}0{i + 1}09", at + 6), tel(at + 6))
            tail = (f"第{house // 2 + 1}网格", f"{house}号") if not i else (None, None)
            page.line(*head, *who, *tail, grid=house // 2 + 1, n=2 if not i else 1, h=not i)
        if page.at > first:
            page.join(*(f"{c}{first}:{c}{page.at}" for c in "ABCDIJ"))
    page.put("合计", "4户", None, None, "11人")
    return book


def members_side_by_side() -> Book:
    book = Book()
    page = book.sheet("入户登记")
    page.put("入户登记表")
    page.put(
        "网格", "户主姓名", "户主身份证号", "户主电话", "成员1姓名", "成员1关系", "成员1身份证号",
        "成员2姓名", "成员2关系", "成员2身份证号", "成员3姓名", "成员3关系", "成员3身份证号",
    )  # fmt: skip
    for house in range(5):
        n = house % 4
        cells: list = []
        for i in range(n):
            at = house * 5 + i
            cells += [name(at + 3), ("妻", "子", "女")[i], card(f"198{i}0{house + 1}07", at + 1)]
        head, w = card(f"195{house}0807", house + 60), {}
        if house == 3:
            head, w = wrong(f"195{house}0807", 70), {"户主身份证号": "id_check_digit"}
        mark = f"{'一一二二三'[house]}组"
        page.line(mark, name(house), head, tel(house), *cells, grid="11223"[house], n=n + 1, h=1, w=w)
    return book


def two_languages_one_below_the_other() -> Book:
    book = Book()
    page = book.sheet("དགོན་པ།")
    page.put("桑耶寺僧人登记 བསམ་ཡས་དགོན་གྱི་གྲྭ་པའི་ཐོ།", across=8)
    page.put("第四网格 དྲ་མིག་༤", across=8)
    page.put("序号", "姓名", "藏文姓名", "性别", "出生日期", "身份证号", "联系电话", "备注")
    page.put("ཨང་།", "མིང་།", "བོད་མིང་།", "ཕོ་མོ།", "སྐྱེས་ཚེས།", "ཐོབ་ཐང་ལག་ཁྱེར་ཨང་།", "ཁ་པར།", "ཟུར་བརྗོད།")
    names = [("阿旺扎西", "ངག་དབང་བཀྲ་ཤིས།"), ("洛桑平措", "བློ་བཟང་ཕུན་ཚོགས།"), ("丹增", "བསྟན་འཛིན།"), ("强巴", "བྱམས་པ།")]
    for i, (who, bo) in enumerate(names, 1):
        born, w = f"19{i}50{i}12", {}
        birth = f"19{i}5.{i}.12".translate(TIBETAN)
        if i == 3:
            birth, w = "མི་ཤེས།", {"出生日期": "birth_unreadable"}
        row = (str(i).translate(TIBETAN), who, bo, "男", birth, card(born, i), tel(i).translate(TIBETAN))
        page.line(*row, None, grid=4, w=w)
    page.line("༥", "", "", "男", "1970.1.1", card("19700101", 5), tel(5), None, no="姓名")
    page.put("བསྡོམས།合计", None, None, None, "5")
    return book


def titles_on_every_page() -> Book:
    book = Book()
    page = book.sheet("名单")
    n = 0
    for leaf, team in enumerate(("木工班（共3人）", "钢筋班（共3人）", "杂工（共3人）"), 1):
        page.put("中铁某局哲古湖环湖路项目部人员实名制名单", across=7)
        page.put(f"班组：{team}", None, None, None, f"第{leaf}页 共3页")
        page.put("No", "姓名", "民族", "身份证号码", "手机号码", "家庭住址", "进场时间")
        for i in range(3):
            n += 1
            phone, w = tel(n), {}
            if n == 5:
                phone, w = f"{tel(5)}1", {"手机号码": "phone_invalid"}
            row = (i + 1, name(n), "汉", card(f"198{n}0301", n), phone, "四川省成都市金牛区3组12号", datetime(2022, 6, n))
            page.line(*row, w=w)
        page.put("男：3人  女：0人")
        page.put("本班组共计：3人")
    page.put("以上人员共9人，均已核实。", across=7)
    return book


def english_list() -> Book:
    book = Book()
    page = book.sheet("Households")
    page.put("Tsome valley household survey, July 2022")
    page.put()
    page.put("No.", "HH No.", "Full name", "Relationship to head", "Sex", "Date of birth", "ID / Passport No.", "Mobile", "Zone")
    births = ["1960-05-12", "12 May 1963", "May 12, 1990", "25/05/1992", "12-May-94", "1996/5/12"]
    for i, birth in enumerate(births):
        year = (1960, 1963, 1990, 1992, 1994, 1996)[i]
        head = i in (0, 3)
        who = ("Tashi Dorje", "Dolma", "Tenzin", "Lobsang Tsering", "Pema", "Dawa Tsering")[i]
        relation = ("Head", "Wife", "Son", "Head", "Wife", "Son")[i]
        number = "P1234567" if i == 3 else card(f"{year}0512", i + 1)
        page.line(i + 1, 1 + i // 3, who, relation, "M", birth, number, tel(i), f"Zone {1 + i // 3}", grid=1 + i // 3, h=head)
    page.put("Total", None, 6)
    page.put("Prepared by: Karma")
    return book


def grid_merged_and_a_page_without_header() -> Book:
    book = Book()
    page = book.sheet("第1页")
    page.put("泽当社区网格人员明细表", across=7)
    page.put("网格", "户号", "户主", "姓名", "关系", "身份证号", "电话")
    n = 0
    for grid in (1, 2):
        first = page.at + 1
        for house in (1, 2):
            for i in range(2):
                n += 1
                head = (house, name(grid * 4 + house)) if not i else (None, None)
                who = name(grid * 4 + house) if not i else name(n + 9)
                mark = f"第{grid}网格" if page.at + 1 == first else None
                row = (mark, *head, who, ("户主", "妻")[i], card(f"19{60 + n}0122", n), tel(n))
                page.line(*row, grid=grid, h=not i)
        page.put(None, None, "小计", "4人")
        page.join(f"A{first}:A{page.at}")
    page = book.sheet("第2页")
    for house in (1, 2):
        for i in range(2):
            n += 1
            who = name(12 + house) if not i else name(n + 3)
            row = ("第3网格", house if not i else None, name(12 + house) if not i else None, who)
            page.line(*row, ("户主", "妻")[i], card(f"19{60 + n}0122", n), tel(n), grid=3, h=not i)
    return book


BOOKS = (
    heads_in_columns_of_their_own,
    members_side_by_side,
    two_languages_one_below_the_other,
    titles_on_every_page,
    english_list,
    grid_merged_and_a_page_without_header,
)
