"""Eight more: two lines a person, a sheet kept twice, ditto marks, several facts under one word."""

from .kit import Book, card, name, tel, wrong


def two_lines_a_person() -> Book:
    book = Book()
    page = book.sheet("名册")
    page.put("桑日县达古村两种文字花名册", across=6)
    page.put("序号", "姓名\nམིང་།", "性别", "身份证号", "联系电话", "网格")
    names = ["བཀྲ་ཤིས་རྡོ་རྗེ།", "ཚེ་རིང་སྒྲོལ་མ།", "བསོད་ནམས་རྒྱལ་མཚན།", "བསྟན་འཛིན་ཕུན་ཚོགས།"]
    for i, bo in enumerate(names):
        number, w = card(f"197{i}0303", i + 1), {}
        if i == 2:
            number, w = None, {"身份证号": "id_missing"}
        at = page.line(i + 1, name(i), "男", number, tel(i), f"{i // 2 + 1}组", grid=i // 2 + 1, w=w)
        page.put(None, bo)
        page.join(*(f"{c}{at}:{c}{at + 1}" for c in "ACDEF"))
    page.put("合计", "4人")
    return book


def a_sheet_kept_twice() -> Book:
    book = Book()
    lines: dict[int, str] = {}
    for k, title in enumerate(("Sheet1", "Sheet1 (2)")):
        page = book.sheet(title)
        page.put("户号", "户主", "姓名", "与户主关系", "身份证号", "手机号", "所属网格")
        for i in range(4):
            number = card(f"196{i}0404", i + 1)
            lines[i] = number
            row = (i // 2 + 1, name(i - i % 2), name(i), "妻" if i % 2 else "户主", number, tel(i), f"{i // 2 + 1}网格")
            page.line(*row, grid=i // 2 + 1, h=(not k and i % 2 == 0), same=number)
    return book


def ditto_marks() -> Book:
    book = Book()
    page = book.sheet("一览表")
    page.put("网格", "姓名", "公民身份号码", "联系方式", "住址")
    marks = [("第一网格", 1), ("同上", 1), ("〃", 1), ("第二网格", 2), ('"', 2), ("同上", 2), ("三网格", 3)]
    for i, (mark, grid) in enumerate(marks):
        row = (mark, name(i), card(f"197{i}0505", i + 1), tel(i), "同上" if i else "1号")
        page.line(*row, grid=grid)
    return book


def spouse_children_parents() -> Book:
    book = Book()
    page = book.sheet("家庭")
    page.put("仁布村家庭人员登记", across=9)
    page.put("村民小组", "户主姓名", "身份证号", "联系电话", "配偶姓名", "子女姓名", "父母姓名", "人数", "备注")
    data = [("央金", "旦增、卓玛", None, 4), ("无", None, "次仁", 2), ("德吉", "普布", "达瓦、拉姆", 5), (None, None, None, 1)]
    for i, (wife, children, parents, n) in enumerate(data):
        row = (f"{i // 2 + 1}组", name(i + 3), card(f"196{i}0606", i + 1), tel(i), wife, children, parents, n)
        page.line(*row, grid=i // 2 + 1, n=n, h=1)
    page.put("合计", "4户", None, None, None, None, None, 12)
    return book


def vertical_grid_words() -> Book:
    book = Book()
    page = book.sheet("汇编")
    page.put("网\n格", "组长", "组长电话", "姓名", "身份证号码", "电话", "户主\n关系")
    n = 0
    for grid in (1, 2):
        first = page.at + 1
        for i in range(4):
            n += 1
            lead = (f"第\n{'一二'[grid - 1]}\n网\n格", name(grid), tel(80 + grid)) if not i else (None,) * 3
            row = (name(n + 2), card(f"19{70 + n}1111", n), tel(n), "妻" if i % 2 else "户主")
            page.line(*lead, *row, grid=grid, h=i % 2 == 0)
        page.join(*(f"{c}{first}:{c}{page.at}" for c in "ABC"))
        page.put(None, None, None, "小计", "4人")
    return book


def sections_by_dormitory() -> Book:
    book = Book()
    page = book.sheet("寺庙")
    page.put("敏珠林寺僧尼及工作人员名单")
    page.put("序号", "法名", "身份证件号", "出生年月日", "联系电话", "网格")
    n = 0
    for section in ("一、东康村", "二、西康村", "三、驻寺干部"):
        page.put(section)
        for i in range(2):
            n += 1
            birth, w = f"19{60 + n}-07-17", {}
            if n == 4:
                birth, w = "1964-17-07", {"出生年月日": "birth_unreadable"}
            page.line(i + 1, name(n), card(f"19{60 + n}0717", n), birth, tel(n), "6", grid=6, w=w)
    page.put("共计", "6人")
    return book


def head_and_phone_together() -> Book:
    book = Book()
    page = book.sheet("挂点")
    page.put("户编码", "户主姓名及联系电话", "户主身份证", "家庭成员及关系", "责任网格")
    for i in range(4):
        cell = (f"{name(i)} {tel(i)}", f"{name(i)}{tel(i)}", f"{name(i)}（{tel(i)}）", f"{name(i)}\n{tel(i)}")[i]
        members = ("卓嘎（妻）、平措（子）", "央宗（女）", "无", "达瓦（母）、德庆（妻）、旦巴（子）")[i]
        number, w = card(f"196{i}0808", i + 1), {}
        if i == 1:
            number, w = wrong("19610808", 20), {"户主身份证": "id_check_digit"}
        page.line(i + 1, cell, number, members, f"{i // 2 + 1}网格", grid=i // 2 + 1, n=(3, 2, 1, 4)[i], h=1, w=w)
    return book


def names_alone() -> Book:
    book = Book()
    page = book.sheet("临时名单")
    page.put("今日新到人员（第九网格代管）")
    page.put("姓名", "身份证号", "手机", "出生年月", "来自")
    page.line("王小明", None, None, None, None, grid=9, w={"身份证号": "id_missing", "手机": "phone_missing"})
    page.line("李 芳", card("19900101", 1), f"+86 {tel(1)}", "90.1", "成都", grid=9)
    page.line("TASHI", "无", "13 900000000", "1988年", "Nepal", grid=9, w={"身份证号": "id_missing", "出生年月": "birth_unreadable"})
    page.line("扎西.多吉", card("19850202", 1), f"{tel(4)} {tel(5)}", "1985年2月", "拉萨", grid=9)
    page.line("阿旺·洛桑", card("19860303", 1), f"{tel(6)}\n{tel(7)}", "1986-3", "拉萨", grid=9)
    return book


BOOKS = (
    two_lines_a_person,
    a_sheet_kept_twice,
    ditto_marks,
    spouse_children_parents,
    vertical_grid_words,
    sections_by_dormitory,
    head_and_phone_together,
    names_alone,
)
