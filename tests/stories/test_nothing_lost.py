"""Whatever happens between a table and the office, every act arrives, and arrives once."""

import shutil

import pytest
from playwright.sync_api import expect

from tests.support import people, village
from tests.support.office import Office
from tests.support.server import Server
from tests.support.table import OFFLINE, Table

pytestmark = pytest.mark.browser
TAKEN, UNDONE, NOTED = "sampling.sample_taken", "sampling.sample_undone", "sampling.missing_noted"


class Here:
    """A served village whose round is open, and what a phone needs to join."""

    def __init__(self, chromium, server: Server):
        self.chromium, self.server = chromium, server
        self.office = Office(chromium.open(server.url))
        people.log_in(self.office.window)

    def phone(self, profile=None) -> Table:
        """A phone that has joined, is unlocked and has its people."""
        table = Table(people.new_phone(self.chromium, self.server, profile=profile))
        people.join(table.window, people.invitation(self.office.window))
        people.sign_on(table.window, people.personal_code(self.office.window, village.SAMPLER))
        expect(table.page.locator(".answer")).to_be_visible()
        table.go("table")
        return table

    def must_hold(self, table: Table, *names: str, **more: int) -> None:
        """Exactly these people are sampled; nothing was done twice; the journal is whole."""
        table.window.forgive(*OFFLINE)
        table.window.must_be_clean()
        told = village.stands(self.server)
        assert told["samples"] == sorted(names)
        done = {TAKEN: told["entries"].get(TAKEN, 0), UNDONE: told["entries"].get(UNDONE, 0), NOTED: told["entries"].get(NOTED, 0)}
        assert done == {TAKEN: told["swabs"], UNDONE: told["undone"], NOTED: len(told["notes"])}
        assert told["undone"] == more.get("undone", 0) and told["swabs"] == len(names) + told["undone"]
        assert told["tallies"] and told["flaws"] == []


@pytest.fixture(scope="module")
def village_data(tmp_path_factory):
    """A data folder with a village whose round is open; made once, copied for each test."""
    folder = tmp_path_factory.mktemp("village") / "data"
    village.made(Server(folder), round_open=True)
    return folder


@pytest.fixture
def here(chromium, new_server, village_data, tmp_path) -> Here:
    shutil.copytree(village_data, tmp_path / "data")
    return Here(chromium, new_server())


def test_the_server_is_killed_while_records_travel(here: Here):
    """Each swab is pushed at once; the power goes at another moment of that each time."""
    table = here.phone()
    came = [("zxd", "扎西顿珠"), ("djz", "德吉卓嘎"), ("crw", "次仁旺堆")]
    for n, (letters, name) in enumerate(came):
        table.go("table")
        if n % 2:
            table.sample_by_name(letters, name)
            here.server.kill()
        else:
            with table.page.expect_request("**/api/push"):
                table.sample_by_name(letters, name)
            here.server.kill()
        here.server.start()
    table.send()
    here.must_hold(table, *(name for _, name in came))


def test_an_answer_that_is_lost_is_asked_for_again(here: Here):
    """The server takes the record, and dies before its answer is out; the phone asks again and is told."""
    table = here.phone()
    with table.page.expect_request("**/api/push"):
        here.server.freeze()
        table.sample_by_name("zxd", "扎西顿珠")
    table.unsent(1)
    table.sample_by_name("djz", "德吉卓嘎")
    table.press("undo")
    table.unsent(3)
    here.server.thaw()
    here.server.restart()
    table.send()
    here.must_hold(table, "扎西顿珠", undone=1)


def test_a_page_that_is_loaded_again_and_again_forgets_nothing(here: Here):
    table = here.phone()
    table.sample_by_name("zxd", "扎西顿珠")
    table.unsent(0)
    here.server.kill()
    for letters, name in (("djz", "德吉卓嘎"), ("crw", "次仁旺堆")):
        table.go("table")
        table.sample_by_name(letters, name)
        table.page.reload()
        table.unlock(village.SAMPLER)
    table.unsent(2)
    here.server.start()
    table.send()
    here.must_hold(table, "扎西顿珠", "德吉卓嘎", "次仁旺堆")


def test_a_browser_that_was_shut_and_started_again_forgets_nothing(here: Here, tmp_path):
    """The same profile opened anew, while the server is away: the app opens, the record waits."""
    table = here.phone(profile=tmp_path / "profile")
    table.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    here.server.kill()
    table.sample_by_name("zxd", "扎西顿珠")
    table.unsent(1)
    table.window.close()
    again = Table(people.new_phone(here.chromium, here.server, profile=tmp_path / "profile"))
    again.page.goto("/phone/#/table")
    again.unlock(village.SAMPLER)
    again.unsent(1)
    again.sample_by_name("djz", "德吉卓嘎")
    here.server.start()
    again.send()
    here.must_hold(again, "扎西顿珠", "德吉卓嘎")


def test_two_tabs_of_one_phone_send_everything_once(here: Here):
    """Both tabs hold the same outbox; what one does the other shows, and neither sends what the other sent."""
    first = here.phone()
    second = Table(first.window)
    second.page = first.window.context.new_page()
    second.page.goto("/phone/#/table")
    second.unlock(village.SAMPLER)
    here.server.kill()
    first.sample_by_name("zxd", "扎西顿珠")
    second.unsent(1)
    second.sample_by_name("djz", "德吉卓嘎")
    first.unsent(2)
    here.server.start()
    second.send()
    first.unsent(0)
    here.must_hold(first, "扎西顿珠", "德吉卓嘎")
