"""The first hour as its people live it: an empty system, steps, a phone that knows its grids."""

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.support import people
from tests.support.office import Office
from tests.support.people import said
from tests.support.server import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def empty(new_server, tmp_path, request):
    """A system that has just begun, served, and its office's password; once without any tables, as on a first day."""
    server = Server(tmp_path / "data", bare=getattr(request, "param", False))
    words = ["--community", "540526101009", "--name", "试验社区", "--staff", "办公室一", "--grids", "2"]
    told = server.zhegu("init", *words).stdout
    return new_server(), told.split("密码：")[1].split("（")[0].strip()


ROSTER = [
    ("户号", "姓名", "网格", "俗称", "出生日期", "电话"),
    (1, "扎西顿珠", 1, "顿珠", "1980-05-01", "13989001234"),
    (1, "德吉卓嘎", 1, "", "1983-02-11", ""),
    (2, "次仁旺堆", 2, "", "1951-10-30", "1398900"),
]


def bring_the_register_in(office: Office, book: Path) -> None:
    """The committee's own workbook: read, one column put right by a person, its mistakes shown, then confirmed."""
    sheet = openpyxl.Workbook()
    for row in ROSTER:
        sheet.active.append(row)
    sheet.save(book)
    page = office.page
    page.goto("/first/")
    page.locator("a[href='/people/import/']").first.click()
    page.set_input_files("[name=files]", book)
    office.press("registers.import_read")
    page.locator("tr", has_text="俗称").locator("select").select_option("nickname")
    office.press("registers.import_columns_right")
    office.reads("registers.import_nothing_yet")
    wrong = page.locator("table[data-keys] tbody tr")
    expect(wrong.filter(has_text=office.words("registers.phone_invalid"))).to_have_count(1)
    page.goto("/people/")
    expect(page.locator("#people tbody tr")).to_have_count(0)
    page.go_back()
    office.press("registers.import_confirm", n=3)
    office.reads("registers.import_done")
    page.goto("/people/?q=顿珠")
    expect(page.locator("#people tbody tr")).to_have_count(1)


@pytest.mark.parametrize("empty", [True], indirect=True, ids=["bare"])
def test_a_committee_begins_with_nothing_and_ends_with_a_phone(chromium, empty, tmp_path):
    server, password = empty
    office = chromium.open(server.url)
    people.log_in(office, "office", password)
    assert office.page.get_by_role("heading", name=said("setup.title"), level=1).is_visible()

    page = office.page
    page.goto("/team/")
    page.fill("[name=name]", "采样一")
    page.fill("main details [name=username]", "table")
    page.select_option("main details [name=role] >> nth=0", "sampler")
    page.locator("details").first.locator("button.main").click()
    assert page.locator("dd.code").last.inner_text()

    bring_the_register_in(Office(office), tmp_path / "花名册.xlsx")

    page.goto("/outbreaks/open/")
    page.get_by_role("button", name=said("outbreaks.open_with", name="新冠肺炎（第九版）")).click()
    assert page.get_by_role("heading", name="新冠肺炎（第九版）").is_visible()

    phone = people.new_phone(chromium, server)
    people.join(phone, people.invitation(office))
    people.sign_on(phone, people.personal_code(office, "采样一"))
    page.goto("/first/")
    assert page.locator("li .signal-yes").count() == 5
    office.must_be_clean()
    phone.must_be_clean()


def test_the_pages_of_the_first_hour_are_clean_and_accessible(chromium, empty):
    server, password = empty
    office = chromium.open(server.url)
    people.log_in(office, "office", password)
    for lang in ("zh", "bo", "en"):
        people.speak(office, lang)
        for address in ("/first/", "/places/", "/team/", "/outbreaks/", "/outbreaks/open/"):
            office.page.goto(address)
            office.must_be_accessible()
    office.must_be_clean()
