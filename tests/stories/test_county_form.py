"""A county's blank form: put in, settled once, filled, handed in, approved, sent; next week it asks only for what changed."""

import io
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.support import people, village
from tests.support.office import Office
from tests.support.server import Server
from zhegu.reports.tests.blanks.drawing import drawn

pytestmark = pytest.mark.browser

ODD, NEW = "参加的人", "体感"
FORM = {
    "name": "weekly", "title": "核酸采样周报", "head": ["填报单位=unit"], "rows": 6, "total": "below",
    "columns": ["序号=no", "网格=grid", "应采人数=due", f"{ODD}=", "未采=not_sampled", "备注=note"],
}  # fmt: skip
CHANGED = {**FORM, "title": "核酸采样周报(第二期)", "columns": [*FORM["columns"][:-1], f"{NEW}=", "备注=note"]}

EVERYBODY = sorted([*village.DUE.values(), len(village.WITHOUT_GRID)])
"""Due in each grid, and in none."""


@pytest.fixture
def here(new_server, tmp_path: Path) -> Server:
    server = Server(tmp_path / "data")
    village.made(server, round_open=True)
    village.led(server)
    return new_server()


def at_work(chromium, server: Server, username: str) -> Office:
    one = Office(chromium.open(server.url))
    people.log_in(one.window, username)
    return one


def puts_in(office: Office, form: dict, name: str) -> None:
    office.page.goto("/reports/blanks/")
    sheet = {"name": name, "mimeType": "application/octet-stream", "buffer": drawn(form, 3).content}
    office.page.set_input_files("[name=file]", sheet)
    office.page.fill("[name=asked_by]", "县卫健委")
    office.press("reports.blank_read")
    office.page.get_by_role("heading", name=name).wait_for()


def says(office: Office, header: str, means: str) -> None:
    office.page.get_by_label(header, exact=True).select_option(means)
    office.press("reports.settle_headers")
    office.reads("reports.headers_settled")


def registers(office: Office) -> str:
    """Who asks, on what ground, how often; the address of the blank."""
    address = office.page.url
    office.page.fill("[name=ground]", "县防控办 3号文")
    office.page.select_option("[name=every]", "day")
    office.press("reports.request_save")
    office.reads("reports.request_noted")
    return address


def takes(office: Office, key: str) -> openpyxl.Workbook:
    """The file a button gives."""
    with office.page.expect_download() as download:
        office.press(key)
    return openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))


def due(book: openpyxl.Workbook) -> list[int]:
    """Whoever is due in each grid, as it stands on the form."""
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    place = next(row.index("应采人数") for row in rows if "应采人数" in [str(one or "").replace("\n", "") for one in row])
    return [row[place] for row in rows if isinstance(row[place], int)]


def test_from_upload_to_sent_and_next_week_it_asks_only_for_the_change(chromium, here):
    office = at_work(chromium, here, "office")
    puts_in(office, FORM, "周报.xlsx")
    office.window.must_be_accessible()
    says(office, ODD, "F1.sampled")
    registers(office)
    assert sorted(due(takes(office, "reports.fill_now"))) == EVERYBODY
    office.page.reload()
    office.page.locator("table.list a[href*='/reports/made/']").first.click()
    office.press("reports.note_sent")
    office.reads("reports.sent_noted")
    puts_in(office, CHANGED, "周报二.xlsx")
    office.reads("reports.headers_open", n=1)
    expect(office.page.get_by_label(ODD, exact=True)).to_have_value("F1.sampled")
    says(office, NEW, "-")
    office.reads("reports.headers_known")
    office.window.must_be_clean()


def test_a_report_is_sent_back_corrected_and_approved(chromium, here):
    office, leader = at_work(chromium, here, "office"), at_work(chromium, here, "leader")
    puts_in(office, FORM, "周报.xlsx")
    says(office, ODD, "F1.sampled")
    registers(office)
    office.page.goto("/reports/periods/")
    office.window.must_be_accessible()
    office.page.locator("table.list a").first.click()
    office.window.must_be_accessible()
    office.press("reports.period_hand_in")
    office.reads("reports.period_handed")
    leader.page.goto("/reports/periods/")
    leader.page.locator("table.list a").first.click()
    leader.page.fill("[name=words]", "备注要写")
    leader.press("reports.period_return")
    leader.reads("reports.period_sent_back")
    office.page.reload()
    expect(office.page.get_by_text("备注要写")).to_be_visible()
    office.page.fill("[name=reason]", "补了备注")
    office.press("reports.period_hand_in")
    office.reads("reports.period_handed")
    leader.page.goto("/reports/periods/")
    leader.page.locator("table.list a").first.click()
    expect(leader.page.get_by_text("补了备注")).to_be_visible()
    leader.press("reports.period_approve")
    leader.reads("reports.period_stand_locked")
    leader.window.must_be_accessible()
    office.page.reload()
    office.reads("reports.period_counts")
    assert sorted(due(takes(office, "reports.period_download"))) == EVERYBODY
    leader.window.must_be_clean()
    office.window.must_be_clean()
