"""The next month's workbook beside the first, laid out otherwise, and what it should be found to change."""

from collections.abc import Callable

from .kit import TIBETAN, WIDE, Book, card, tel


def _village(respelt: bool) -> Book:
    """One sheet, then a sheet per grid: 2 respelt, 1 moved grid, 1 another phone, 1 died, 1 born."""
    book = Book()
    people = [
        (1, "次仁卓玛", "户主", "19600101", 1), (1, "丹增平措", "子", "19850101", 2),
        (2, "索朗坚参", "户主", "19620202", 3), (2, "白玛曲珍", "妻", "19640202", 4),
        (3, "边巴次仁", "户主", "19700303", 5), (3, "格桑央金", "女", "19950303", 6),
        (4, "洛桑旺堆", "户主", "19710404", 7), (4, "仓决拉姆", "母亲", "19350404", 8),
    ]  # fmt: skip
    if not respelt:
        page = book.sheet("花名册")
        page.put("琼结村常住人口花名册")
        page.put("网格", "户号", "姓名", "与户主关系", "身份证号", "出生日期", "联系电话")
        for house, who, relation, born, n in people:
            birth = f"{born[:4]}-{born[4:6]}-{born[6:]}"
            page.line(f"第{1 + (house > 2)}网格", house, who, relation, card(born, n), birth, tel(n))
        return book
    new = {"次仁卓玛": "泽仁珠玛", "索朗坚参": "索南坚赞"}
    for grid in (2, 1):
        page = book.sheet(f"{'一二'[grid - 1]}网格")
        page.put("人口台账（八月）")
        page.put("姓名", "公民身份号码", "手机号", "户编号", "与户主的关系", "出生年月日")
        for house, who, relation, born, n in reversed(people):
            at = 2 if n == 4 else 1 + (house > 2)
            if at != grid or n == 8:
                continue
            number = card(born, n).translate(WIDE if n % 2 else TIBETAN)
            phone: object = int(tel(n)) if n != 5 else tel(95)
            page.line(new.get(who, who), number, phone, f"{house:03d}", relation, f"{born[:4]}年{int(born[4:6])}月{int(born[6:])}日")
        if grid == 1:
            page.line("强巴罗布", "无", tel(1), "001", "孙子", "2022年7月30日")
    return book


def _without_numbers(respelt: bool) -> Book:
    """No id column at all: the same by birth, household and agreeing name; 2 respelt, 1 gone, 1 new."""
    book = Book()
    page = book.sheet("Sheet1")
    page.put("色乡三村牧民登记")
    houses = [
        ("1", [("尼玛", "户主", "1950-02-01"), ("德吉措姆", "妻", "1955-06-01"), ("索朗多吉", "子", "1980-01-09")]),
        ("2", [("尼玛", "户主", "1950-02-01"), ("次仁拉姆", "妻", "1951-03-04")]),
        ("3", [("平措扎西", "户主", "1966-12-12"), ("扎西", "子", "2010-05-05"), ("达瓦", "子", "2010-05-05")]),
    ]
    if not respelt:
        page.put("户号", "姓名", "与户主关系", "出生日期", "网格")
        for no, people in houses:
            for who, relation, birth in people:
                page.line(no, who, relation, birth, "3组")
        return book
    new = {"次仁拉姆": "泽仁拉姆", "平措扎西": "彭措扎西"}
    page.put("户主姓名", "家庭编号", "人员姓名", "关系", "生日", "所属网格")
    for no, people in reversed(houses):
        for who, relation, birth in people:
            if who == "索朗多吉":
                who, birth = "央金卓嘎", "1983-04-05"
                relation = "女"
            head = new.get(people[0][0], people[0][0])
            page.line(head, f"{no}号", new.get(who, who), relation, birth.replace("-", "."), "第三网格")
    return book


def _site(respelt: bool) -> Book:
    """Teams in sheets, papers of all kinds: 1 gone, 2 new, 1 given a grid, 1 another phone."""
    book = Book()
    crew = [
        ("木工班", "王强", "19800101", None, 1), ("木工班", "王强", "19850101", None, 2),
        ("木工班", "RAM THAPA", "", "PA0123456", 3), ("电工班", "李军", "19900101", None, 4),
        ("电工班", "HARI RAI", "", "PA7654321", 5), ("电工班", "张伟", "19910101", None, 6),
    ]  # fmt: skip
    if respelt:
        crew = [each for each in crew if each[4] != 6]
        crew += [("电工班", "张伟", "19920101", None, 7), ("木工班", "扎西多吉", "19930101", None, 8)]
    for team in ("木工班", "电工班"):
        page = book.sheet(team)
        page.put("光伏项目部人员名单")
        page.put("序号", "姓名", "证件号码", "联系电话", "网格") if not respelt else page.put(
            "工人姓名", "身份证/护照号", "手机", "所在网格"
        )
        for each, who, born, paper, n in crew:
            if each != team:
                continue
            number = paper or card(born, n)
            grid = None if n == 2 and not respelt else "G5"
            phone = tel(44) if n == 4 and respelt else tel(n)
            if respelt:
                page.line(who, number.lower(), f"{phone[:3]}-{phone[3:7]}-{phone[7:]}", grid and "五组")
            else:
                page.line(n, who, number, phone, grid)
        page.put("合计")
    return book


def _families(later: bool) -> Book:
    """A head died and the wife is head now; a son founded a household of his own with a wife; a baby got a number."""
    book = Book()
    page = book.sheet("户")
    page.put("户号", "姓名", "与户主关系", "身份证号", "出生日期", "所属网格")
    old = [
        (1, "尼玛", "户主", "19500101", 1), (1, "白玛", "妻", "19520101", 2), (1, "达瓦", "子", "19800101", 3),
        (2, "扎西", "户主", "19600101", 4), (2, "旦增", "子", "19880101", 5), (2, "拉姆", "女", "20220301", 0),
    ]  # fmt: skip
    new = [
        (1, "白玛", "户主", "19520101", 2), (1, "达瓦", "子", "19800101", 3),
        (2, "扎西", "户主", "19600101", 4), (2, "拉姆", "女", "20220301", 9),
        (3, "旦增", "户主", "19880101", 5), (3, "央金", "妻", "19900101", 6),
    ]  # fmt: skip
    for no, who, relation, born, n in new if later else old:
        number = card(born, n) if n else "无"
        page.line(no, who, relation, number, f"{born[:4]}.{int(born[4:6])}.{int(born[6:])}", "1网格" if later else "一组")
    return book


def _heads_without_numbers(later: bool) -> Book:
    """Households known by their head's name alone, who is spelt another way: 2 respelt, nobody else touched."""
    book = Book()
    page = book.sheet("名单")
    page.put("户主姓名", "姓名", "关系", "出生年月日", "联系电话")
    first = "泽仁多吉" if later else "次仁多吉"
    second = "旦增卓嘎" if later else "丹增卓嘎"
    lines = [
        (first, first, "户主", "1961-01-01", 1), (None, "德吉", "妻", "1963-01-01", 2), (None, "格桑", "子", "1990-01-01", 3),
        (second, second, "户主", "1958-05-05", 4), (None, "格桑", "子", "1990-01-01", 5),
    ]  # fmt: skip
    for head, who, relation, birth, n in lines:
        page.line(head, who, relation, birth.replace("-", "/") if later else birth, tel(n) if later else int(tel(n)))
    page.join("A2:A4", "A5:A6")
    return book


def _row_per_household(later: bool) -> Book:
    """One row per household, then one row per person: 1 new phone, 1 left, all others the same."""
    book = Book()
    page = book.sheet("第四网格")
    homes = [
        ("1", [("强巴", "户主", "19700707", 1), ("卓嘎", "妻", "19720707", 2), ("次旺", "子", "19990707", 3)]),
        ("2", [("普布", "户主", "19600909", 4), ("仓决", "妻", "19610909", 5)]),
    ]
    if not later:
        page.put("户号", "户主", "户主身份证号", "户主电话", "家庭成员（姓名、关系、身份证号）")
        for no, people in homes:
            others = "；".join(f"{who}（{relation}，{card(born, n)}）" for who, relation, born, n in people[1:])
            page.line(no, people[0][0], card(people[0][2], people[0][3]), tel(int(no)), others, h=1)
        return book
    page.put("家庭编号", "家庭成员姓名", "与户主关系", "公民身份号码", "本人手机")
    for no, people in homes:
        for who, relation, born, n in people:
            if n == 5:
                continue
            phone = {1: tel(1), 4: tel(77)}.get(n)
            page.line(f"{no}户", who, relation, card(born, n), phone)
    return book


MONTHS: dict[str, tuple[Callable[[bool], Book], dict[str, int]]] = {
    "village": (_village, {"new": 1, "changed": 4, "unchanged": 3, "missing": 1}),
    "without_numbers": (_without_numbers, {"new": 1, "changed": 2, "unchanged": 5, "missing": 1}),
    "site": (_site, {"new": 2, "changed": 2, "unchanged": 3, "missing": 1}),
    "families": (_families, {"new": 1, "changed": 2, "unchanged": 3, "missing": 1}),
    "heads_without_numbers": (_heads_without_numbers, {"new": 0, "changed": 2, "unchanged": 3, "missing": 0}),
    "row_per_household": (_row_per_household, {"new": 0, "changed": 1, "unchanged": 3, "missing": 1}),
}
