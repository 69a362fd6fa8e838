"""Eight more: several facts in one cell, headers far down, sparse households, other words for everything."""

from datetime import datetime

from .kit import Book, card, name, tel, wrong


def instructions_above() -> Book:
    book = Book()
    page = book.sheet("附件2")
    page.put("附件2")
    page.put("XX县新冠疫情防控常态化区域核酸检测人员信息采集表", across=9)
    page.put("填报乡镇：卡珠乡（盖章）", None, None, None, None, "填报时间：", datetime(2022, 8, 9))
    page.put("一、本表由村（居）委会填写；")
    page.put("二、姓名、身份证号码、联系电话为必填项；")
    page.put("三、与户主关系请填写：本人、配偶、子女、父母、其他。")
    page.put("序号", "村（居）", "网格", "户主姓名", "姓名", "与户主关系", "公民身份号码", "联系电话", "备注")
    page.put("①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨")
    for house in range(3):
        for i, relation in enumerate(("本人", "配偶", "子女")):
            at = house * 3 + i
            w, phone = {}, tel(at)
            if at == 4:
                phone, w = "/", {"联系电话": "phone_missing"}
            row = (at + 1, "卡珠村", f"{house + 1}网格", name(house * 2), name(house * 2) if not i else name(at + 8))
            page.line(*row, relation, card(f"19{60 + at}1212", at + 1), phone, None, grid=house + 1, h=not i, w=w)
    page.put("合 计", None, None, None, "9")
    page.put("主要领导签字：", None, None, "填表人：德吉", None, None, "联系电话：" + tel(5))
    return book


def sparse_households() -> Book:
    book = Book()
    page = book.sheet("户册")
    page.put("户口簿号", "户主姓名", "家庭人口", "门牌", "成员姓名", "关系", "身份证件号", "手机", "网格", "说明")
    for house in range(4):
        for i, relation in enumerate(("户主", "妻", "儿子", "儿媳")[: 2 + house % 3]):
            at = house * 5 + i
            head = (f"H{house:03d}", name(at), 2 + house % 3, f"{house}号") if not i else (None,) * 4
            grid = f"第{house % 2 + 1}网格"
            page.line(
                *head, name(at), relation, card(f"19{60 + at}0214", at + 1), tel(at), grid, grid=house % 2 + 1, h=not i
            )
        if house == 1:
            page.put()
    page.put("共4户11人")
    return book


def one_household_a_row_with_everyone() -> Book:
    book = Book()
    page = book.sheet("双联户")
    page.put("网格号", "家庭编码", "家庭成员明细", "联系办法", "住址")
    a, b, c, d = (card(f"19{y}0404", y) for y in (61, 66, 88, 92))
    cells = [
        (f"{name(0)} 男 {a} 户主\n{name(1)} 女 {b} 妻子", 2, {}),
        (f"户主{name(2)}，身份证{c}；妻子{name(3)}，身份证{d}", 2, {}),
        (f"{name(4)}[户主|1970-01-02]{name(5)}[妻|1972-03-04]{name(6)}[子|1999-05-06]", 3, {}),
        (f"1.{name(7)}(户主) 2.{name(8)}(母) 3.{name(9)}(女)", 3, {}),
        (f"{name(10)}（户主 {wrong('19800101', 3)}）、{name(11)}（妻）", 2, {"家庭成员明细": "id_check_digit"}),
        (f"{name(15)}（本人）；{name(16)}（之妻）；{name(17)}（之子）", 3, {}),
    ]
    for i, (cell, n, w) in enumerate(cells):
        page.line(f"{i // 2 + 1}", 100 + i, cell, tel(i), f"{i}号", grid=i // 2 + 1, n=n, h=1, w=w)
    return book


def staff_and_pupils() -> Book:
    book = Book()
    page = book.sheet("教职工")
    page.put("序号", "教师姓名", "性别", "出生年月", "身份证号", "电话", "任教班级", "入职时间", "所在网格")
    for i in range(3):
        row = (i + 1, name(i), "女", f"198{i}.0{i + 1}", card(f"198{i}0{i + 1}20", i + 1), tel(i), "一年级")
        page.line(*row, "2010-09-01", "2网格", grid=2)
    page = book.sheet("住校生")
    page.put("哲古小学住校学生信息表")
    page.put("宿舍号", "床位", "学生", "班级", "身份证号码", "父亲姓名", "父亲电话", "母亲姓名", "母亲电话", "家庭所在组")
    for i in range(4):
        row = (f"10{i // 2}", i + 1, name(i + 5), "三年级", card(f"2013010{i + 1}", i + 1), name(i), tel(i))
        page.line(f"10{i // 2}", *row[1:], name(i + 9), tel(i + 20), f"{i % 2 + 1}组", grid=i % 2 + 1)
    return book


def papers_in_columns_of_their_own() -> Book:
    book = Book()
    page = book.sheet("境外及港澳台人员")
    page.put("英文姓名", "中文姓名", "国籍（地区）", "证件类型", "证件号码", "证件有效期", "出生日期", "在藏联系电话", "网格单元")
    data = [
        ("TENZIN GYALTSEN", "丹增坚参", "印度", "护照", "Z1234567", "1978-08-08", 1, {}),
        ("WONG KA MING", "黄家明", "中国香港", "回乡证", "H12345678", "1981/2/3", 2, {}),
        ("LIN MEI", "林梅", "中国台湾", "台胞证", "12345678", "1990年1月1日", 2, {}),
        ("KIM MIN", "金敏", "韩国", "外国人永久居留证", "KOR110119800101", "1980-01-01", 3, {}),
        ("JOHN SMITH", None, "美国", "护照", "548123456", "1970-07-04", 3, {}),
        ("CHAN TAI", "陈泰", "中国澳门", "港澳居民居住证", card("19850505", 5, "820000"), "1985-05-06", 1,
         {"出生日期": "birth_differs_from_id"}),
    ]  # fmt: skip
    for i, (en, zh, land, kind, number, birth, grid, w) in enumerate(data):
        row = (en, zh, land, kind, number, "2027-01-01", birth, tel(i), f"第{grid}网格")
        page.line(*row, grid=grid, w=w)
    return book


def building_sheets_with_grid_in_title() -> Book:
    book = Book()
    for k in (1, 2, 3):
        page = book.sheet(f"{k}栋")
        page.put(f"安置小区{k}栋居民信息（第{'一二三'[k - 1]}网格）", across=7)
        page.put(f"楼长：{name(k)}  电话：{tel(60 + k)}", across=7)
        page.put("单元", "房号", "产权人", "居住人姓名", "关系", "居民身份证编号", "手机号码")
        page.put(None, None, None, None, "（与产权人）")
        for i in range(4):
            at = k * 6 + i
            row = (f"{i // 2 + 1}单元", f"{i // 2 + 1}01", name(k * 2 + i // 2) if i % 2 == 0 else None, name(at))
            page.line(*row, None, card(f"19{50 + at}0808", at + 1), tel(at), grid=k)
        page.put("本栋合计", None, None, "4人")
    return book


def english_and_tibetan_words() -> Book:
    book = Book()
    page = book.sheet("ཁྱིམ་ཚང་།")
    page.put("ཁྱིམ་ཨང་།", "མིང་། Name", "ཁྱིམ་བདག་དང་འབྲེལ་བ།", "སྐྱེས་ཚེས། DOB", "ཐོབ་ཐང་ལག་ཁྱེར་ཨང་། ID", "ཁ་པར། Tel", "དྲ་མིག Grid")
    data = [(1, "བསོད་ནམས་རྒྱལ་མཚན།", "ཁྱིམ་བདག", 1), (1, "སྒྲོལ་མ།", "ཆུང་མ།", 1), (1, "ཟླ་བ།", "བུ།", 1),
            (2, "ཉི་མ་ཚེ་རིང་།", "ཁྱིམ་བདག", 2), (2, "པད་མ།", "བུ་མོ།", 2)]  # fmt: skip
    for i, (no, who, relation, grid) in enumerate(data):
        w, number = {}, card(f"197{i}1122", i + 1)
        if i == 4:
            number, w = "མེད།", {"ཐོབ་ཐང་ལག་ཁྱེར་ཨང་། ID": "id_missing"}
        page.line(
            no, who, relation, f"197{i}.11.22", number, tel(i), f"དྲ་མིག་ {grid}", grid=grid, h=relation == "ཁྱིམ་བདག", w=w
        )
    page.put("ཁྱོན་བསྡོམས།", "5")
    return book


def returned_people() -> Book:
    book = Book()
    page = book.sheet("返藏人员")
    page.put("朗县返藏人员排查台账（截止8月15日）", across=11)
    page.put("序号", "姓名", "性别", "身份证号码", "联系电话", "来藏前住址", "抵藏日期", "乘坐车次/航班", "现居住地", "所属网格", "管控措施", "核酸结果")
    for i in range(5):
        mark, grid, w = f"{i + 1}组", i + 1, {}
        if i == 2:
            mark, grid, w = "未定", "", {"所属网格": "no_grid"}
        row = (i + 1, name(i), "男", card(f"199{i}0101", i + 1), tel(i), "四川省成都市武侯区3组", f"8月{i + 1}日")
        page.line(*row, "Z322", f"朗镇{i}号", mark, "居家", "阴性", grid=grid, w=w)
    page.line(6, name(0), "男", card("19900101", 1), tel(0), "重庆", "8月9日", "TV9802", "朗镇", "2组", "居家", "阴性", same="r")
    book.seen["r"].insert(0, (page.ws.title, 3))
    book.people -= 1
    book.grids[""] -= 1
    return book


BOOKS = (
    instructions_above,
    sparse_households,
    one_household_a_row_with_everyone,
    staff_and_pupils,
    papers_in_columns_of_their_own,
    building_sheets_with_grid_in_title,
    english_and_tibetan_words,
    returned_people,
)
