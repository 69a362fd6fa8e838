"""One phone, several hands; and a phone whose office has moved to another address."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.stories.conftest import Here
from tests.support import people, village
from tests.support.people import said
from tests.support.server import Server
from tests.support.table import Table

pytestmark = pytest.mark.browser
SECOND, OTHER_PIN = "采样乙", "1357"


def second_sampler(server: Server) -> None:
    """Somebody who samples in grid 1 only."""
    words = ["staff", "add", "second", "--name", SECOND, "--community", village.CODE]
    server.zhegu(*words, "--role", "sampler", "--place", f"{village.CODE}001", typed="zhegu-demo-2\n")


def opens(table: Table, name: str, pin: str) -> None:
    table.page.get_by_role("button", name=name).click()
    table.page.wait_for_selector(".pad")
    people.type_pin(table.window, pin)


def change_hands(table: Table, name: str, pin: str) -> None:
    table.go("more")
    table.press("lock")
    opens(table, name, pin)
    table.page.wait_for_selector("nav a[href='#/more']")
    table.go("table")


def test_two_people_share_a_phone_and_each_act_bears_its_own_name(here: Here):
    second_sampler(here.server)
    table = here.phone()
    code = people.personal_code(here.office.window, SECOND)
    table.go("more")
    table.press("lock")
    table.go("today")
    table.press("sign_on_another")
    people.sign_on(table.window, code, OTHER_PIN)
    expect(table.page.locator(".answer")).to_be_visible()  # the list is sealed anew for both, and pulled again
    here.server.kill()
    table.go("table")
    table.sample_by_name("zxd", "扎西顿珠")
    change_hands(table, village.SAMPLER, people.PIN)
    table.sample_by_name("bbl", "边巴罗布")
    table.go("more")
    table.press("lock")
    opens(table, SECOND, people.PIN)
    expect(table.page.get_by_role("alert")).to_contain_text(table.words("pin_wrong", n=9))
    assert "扎西顿珠" not in table.page.locator("body").inner_text(), "a locked phone shows nobody"
    people.type_pin(table.window, OTHER_PIN)
    table.page.wait_for_selector("nav a[href='#/more']")
    here.server.start()
    table.send()
    here.must_hold(table, "扎西顿珠", "边巴罗布")
    assert [row[said("reports.sampler")] for row in here.office.sheet("F2")] == [SECOND, village.SAMPLER]


def test_a_phone_whose_office_has_moved_hands_its_records_in_as_a_file(here: Here, new_server, tmp_path: Path):
    """Not even the name finds the office: the app still opens at the old address and saves what waits."""
    table = here.phone()
    table.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    here.server.kill()
    table.sample_by_name("zxd", "扎西顿珠")
    table.page.reload()
    table.unlock(village.SAMPLER)
    table.go("table")
    table.sample_by_name("djz", "德吉卓嘎")
    table.go("unsent")
    with table.page.expect_download() as got:
        table.press("carry")
    expect(table.page.get_by_text(table.words("carried"))).to_be_visible()
    shutil.move(here.server.folder, tmp_path / "moved")
    moved = Here(here.chromium, new_server("moved"))
    for _ in range(2):
        take_in(moved, got.value.path())
    table.unsent(2)
    moved.must_hold(table, "扎西顿珠", "德吉卓嘎")


def take_in(here: Here, file: Path) -> None:
    """The office takes the file in; a second time it is answered as the first."""
    here.office.page.goto("/phones/outbox/")
    here.office.page.set_input_files("[name=file]", file)
    here.office.press("sync.outbox_take_in")
    told = here.office.page.locator("[role=status] li", has_text=said("sync.answer_accepted"))
    expect(told).to_contain_text("2")
