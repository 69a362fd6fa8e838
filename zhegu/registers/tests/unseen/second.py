"""Eight registers of building sites, monasteries, schools, herders: teams, papers, oddities."""

from datetime import datetime

from .kit import TIBETAN, Book, card, name, tel, wrong


def site_by_team() -> Book:
    book = Book()
    for k, team in enumerate(("木工班组", "钢筋班组", "架子工")):
        page = book.sheet(team)
        page.put("县道改建二标段施工人员花名册", across=10)
        page.put(f"班组：{team}　　班组长：{name(k)}　　项目经理：王强", across=10)
        page.put(
            "序号", "姓名", "性别", "工种", "身份证件号码", "籍贯", "本人手机", "紧急联系人", "紧急联系人电话",
            "进场日期",
        )  # fmt: skip
        for i in range(4):
            at, w, number, phone = k * 4 + i, {}, card(f"19{70 + i}1111", k * 4 + i + 1), None
            if at == 5:
                number, w = wrong("19711111", 77), {"身份证件号码": "id_check_digit"}
            if at == 7:
                w = {"本人手机": "phone_missing"}
            else:
                phone = tel(at)
            day = datetime(2022, 7, 1 + at) if i % 2 else f"2022.7.{1 + at}"
            row = (i + 1, name(at), "男", team[:2], number, "四川成都", phone, name(at + 3))
            page.line(*row, None if i else tel(500 + at), day, w=w)
        page.put("合计：4人", across=10)
    return book


def papers_of_all_lands() -> Book:
    book = Book()
    page = book.sheet("外来务工")
    page.put("光伏电站项目部外来人员信息登记")
    page.put("序号", "姓名", "国籍", "证件种类", "证件号", "出生日期", "联系方式", "所在网格", "来源地", "备注")
    for i, (who, kind, number, birth, grid, w) in enumerate(
        [
            ("RAM BAHADUR", "护照", "PA0123456", "1985-03-02", 1, {}),
            ("HARI THAPA", "护照", "12345678", "1990/1/1", 2, {}),
            ("陈志明", "港澳居民来往内地通行证", "H01234567", "1979.2.3", "", {"所在网格": "no_grid"}),
            ("林美玲", "台湾居民来往大陆通行证", "01234567", "1988年8月8日", 2, {}),
            ("黄家强", "港澳台居民居住证", card("19800101", 1, "810000"), "19800101", 3, {}),
            ("黄家乐", "港澳台居民居住证", wrong("19820101", 5), "19820101", 3, {"证件号": "id_check_digit"}),
            ("MAYA GURUNG", "外国人永久居留身份证", card("19910203", 5, "932156"), "1991-02-03", 3, {}),
            ("王涛", "居民身份证", card("19760606", 3), "1976-06-07", 1, {"出生日期": "birth_differs_from_id"}),
            ("李强", "身份证", "无", "1977-01-01", 1, {"证件号": "id_missing"}),
        ],
        1,
    ):
        mark = "待定" if grid == "" else f"第{grid}网格"
        page.line(i, who, "", kind, number, birth, tel(i), mark, "外地", grid=grid, w=w)
    page.line(10, None, "中国", "身份证", card("19800202", 8), "1980-02-02", tel(10), "1", no="姓名")
    page.put()
    page.put("填表人：", None, None, "联系电话：", tel(888))
    return book


def monastery() -> Book:
    book = Book()
    page = book.sheet("僧人名册")
    page.put("日吾其寺僧尼基本信息登记表", across=9)
    page.put("寺庙名称：日吾其寺（第五网格）", across=9)
    page.put("编号", "法名", "俗名", "性别", "出生年月", "身份证号", "入寺时间", "手机号", "僧舍")
    for i in range(1, 7):
        w, phone = ({}, tel(i)) if i != 3 else ({"手机号": "phone_missing"}, "-")
        born = f"19{60 + i}{i:02d}15"
        row = (i, "阿旺" + name(i)[:2], name(i), "男", f"19{60 + i}年{i}月", card(born, i))
        page.line(*row, f"198{i}.3", phone, f"东院{i}号", grid=5, w=w)
    page.put("以上共计6人")
    page.put("填报单位（盖章）：", None, None, None, None, "2022年8月1日")
    return book


def school() -> Book:
    book = Book()
    for k, title in enumerate(("一年级1班", "二年级（2）班")):
        page = book.sheet(title)
        page.put(f"哲古镇完全小学{title}学生花名册", across=11)
        page.put(
            "序号", "学籍号", "学生姓名", "性别", "民族", "出生日期", "身份证件号", "家长姓名", "家长联系电话",
            "家庭住址", "所属网格",
        )  # fmt: skip
        for i in range(1, 5):
            born, at, w = f"20150{i}1{k}", k * 4 + i, {}
            number, grid = card(born, at), f"网格{'一二三四'[i - 1]}"
            mark: object = i
            if at == 6:
                grid, mark, w = "／", "", {"所属网格": "no_grid"}
            roll = "G" + card(born, at + 50)
            row = (i, roll, name(at), "男", "藏", datetime.strptime(born, "%Y%m%d"), number)
            page.line(*row, name(at + 4), tel(at), f"{i}组{i}号", grid, grid=mark, w=w)
        page.put("班主任：德吉", None, None, None, None, None, "联系电话：", None, tel(777))
    page = book.sheet("班级汇总")
    page.put("班级", "班主任姓名", "联系电话", "学生人数")
    page.put("一年级1班", "德吉", tel(777), 4)
    page.put("二年级2班", "卓嘎", tel(778), 4)
    return book


def shifted_herders() -> Book:
    book = Book()
    page = book.sheet("牧户")
    page.put()
    page.put(None, None, "色务乡放牧点人员登记", None)
    page.put()
    page.put(None, None, "户号", None, "姓 名", "与户主\n关系", "出生日期", "身份 证号", None, "联 系 电 话", "网 格")
    marks = (("第三网格", 3), ("3", 3), ("网格三", 3), ("三组", 3), (4, 4), ("第4网格", 4), ("04", 4), ("十二", 12))
    for i, (mark, grid) in enumerate(marks):
        head = i % 2 == 0
        row = (None, None, f"{i // 2 + 1:03d}" if head else None, None, name(i), "户主" if head else "妻子")
        page.line(
            *row, f"1970-01-1{i}", card(f"1970011{i}", i), None, tel(i), mark, grid=grid, h=head
        )
        if not head:
            page.join(f"C{page.at - 1}:C{page.at}")
            page.put()
    page.put(None, None, "合计", None, "8人")
    return book


def members_with_all() -> Book:
    book = Book()
    page = book.sheet("户情")
    page.put("勒布沟村家庭情况台账")
    page.put("户号", "门牌", "网格", "户主电话", "家庭成员（姓名、关系、身份证号）")
    a, b, c = (card(f"19{y}0101", y) for y in (62, 65, 90))
    d, e, f = (card(f"19{y}0202", y) for y in (70, 72, 99))
    g, k = card("19800303", 5), card("19850303", 6)
    for row, grid, n in (
        ((1, "1号", "1", tel(1), f"户主：边巴 {a}\n妻：央宗 {b}\n子：扎西 {c}"), 1, 3),
        ((2, "2号", "2", tel(2), f"达瓦（户主）{d}；卓嘎（妻）{e}；平措（子）{f}"), 2, 3),
        ((3, "3号", "2", tel(3), f"1.洛桑，户主，{g}；2.曲珍，妻，{k}"), 2, 2),
        ((4, "4号", "3", tel(4), "强巴（户主，1958年3月）、仓决（妻，1960年7月）"), 3, 2),
        ((5, "5号", "3", tel(5), "次仁顿珠/户主/男/1977-05-06 德庆/妻/女/1979-06-07"), 3, 2),
    ):
        page.line(*row, grid=grid, n=n, h=1)
    return book


def formulas() -> Book:
    book = Book()
    page = book.sheet("台账")
    page.put("琼嘎社区人口动态台账", across=7)
    page.put("序号", "姓名", "身份证号", "出生日期", "手机号码", "网格号", "门牌")
    for i in range(1, 7):
        number, row = card(f"198{i}0710", i), page.at + 1
        birth = f"=DATE(MID(C{row},7,4),MID(C{row},11,2),MID(C{row},13,2))"
        grid, serial = f'="第"&MOD(ROW(),2)+1&"网格"&N({i})', f"=ROW()-2+N({i})"
        book.values[birth] = (datetime(1980 + i, 7, 10) - datetime(1899, 12, 30)).days
        book.values[grid] = f"第{row % 2 + 1}网格"
        book.values[serial] = i
        page.line(serial, name(i), number, birth, tel(i), grid, f"{i}号", grid=row % 2 + 1)
        page.ws.cell(page.at, 4).number_format = "yyyy-mm-dd"
    for i in (7, 8, 9):
        page.put(i)
    page.put("合计", "=COUNTA(B3:B8)")
    page.put("审核人：", None, None, "填表日期：", datetime(2022, 8, 1))
    return book


def same_names_and_twins() -> Book:
    book = Book()
    for k, title in enumerate(("常住人口", "寄住人口")):
        page = book.sheet(title)
        page.put("拉加里社区实有人口信息表", across=8)
        page.put("说明：请如实填写；“备注”栏填写孕妇、慢性病、外出等情况", across=8)
        page.put("户口簿编号", "姓名", "与户主关系", "出生日期", "证件号码", "联系电话", "所在组", "备注")
        a, b = card("20100505", 31), card("20100505", 33)
        if k:
            page.line("B01", "边巴次仁", "户主", "1975-05-05", card("19750505", 1), tel(9), "1组", grid=1, h=1)
            page.line("B01", "扎西", "子", "2010-05-05", a, tel(1), "1组", same="twin")
            page.line("B02", "扎西", "户主", "1960-01-01", "无", tel(3), "二组", "孤寡", grid=2, h=1,
                      w={"证件号码": "id_missing"})  # fmt: skip
            continue
        page.line("A01", "扎西多吉", "户主", "1970-05-05", card("19700505", 1), tel(1), "1组", grid=1, h=1)
        page.line("A01", "扎西", "子", "2010-05-05", a, tel(1), "1组", "双胞胎", grid=1, same="twin")
        page.line("A01", "扎西", "子", "2010-05-05", b, tel(1), "1组", "双胞胎", grid=1)
        page.line("A02", "尼玛", "户主", datetime(1950, 2, 1), None, f"{tel(2)}".translate(TIBETAN), "第2组",
                  "独居，高血压", grid=2, h=1, w={"证件号码": "id_missing"})  # fmt: skip
        page.line("A03", "尼玛", "户主", "1950-02-01", None, "0893-1112223", "第2组", "外出务工",
                  grid=2, h=1, w={"证件号码": "id_missing"})  # fmt: skip
        page.line("A03", "", "妻", "1955-02-01", None, "", "第2组", no="姓名")
    page = book.sheet("代码")
    page.put("代码", "名称")
    page.put("1", "户主")
    page.put("2", "配偶")
    page.put("3", "子女")
    return book


BOOKS = (
    site_by_team,
    papers_of_all_lands,
    monastery,
    school,
    shifted_herders,
    members_with_all,
    formulas,
    same_names_and_twins,
)
