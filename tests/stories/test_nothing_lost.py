"""Whatever happens between a table and the office, every act arrives, and arrives once."""

import contextlib
import os
import re
import signal
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Error, expect

from tests.stories.conftest import Here
from tests.support import people, village
from tests.support.table import Table

pytestmark = pytest.mark.browser


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


# --- the browser is killed, again and again, while the server is away


CREW = [("zxd", "扎西顿珠"), ("djz", "德吉卓嘎"), ("crw", "次仁旺堆"), ("bbl", "边巴罗布"), ("lsp", "洛桑平措")]


def kill_browser(profile: Path) -> None:
    """kill -9 of the one browser that keeps this profile, with all its processes."""
    found = subprocess.run(["pgrep", "-f", f"user-data-dir={profile}"], capture_output=True, text=True).stdout.split()
    assert found, "no browser keeps this profile"
    for number in map(int, found):
        with contextlib.suppress(ProcessLookupError):  # it went with its parent
            os.kill(number, signal.SIGKILL)


class Hands:
    """Somebody who samples and takes back, on a phone whose browser dies under them."""

    def __init__(self, here: Here, profile: Path):
        self.here, self.profile = here, profile
        self.table = here.phone(profile=profile)
        self.table.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        self.shown = 0
        """Acts of which the screen said that they are done."""

    def begin(self) -> None:
        """A swab, or the last one taken back, in turns."""
        table = self.table
        if self.shown % 2:
            table.press("undo")
        else:
            table.go("table")
            table.find(*CREW[self.shown // 2 % len(CREW)])
            table.verdict("yes", "word_yes")
            table.press("no_card")

    def act(self) -> None:
        """One act, until the screen says that it is done."""
        self.begin()
        self.shown += 1
        self.table.unsent(self.shown)

    def die(self, halfway: bool) -> None:
        """The browser goes, in the middle of an act or after it; opened again it shows all that was said to be done."""
        if halfway:
            self.begin()
        kill_browser(self.profile)
        with contextlib.suppress(Error):
            self.table.window.close()
        self.table = Table(people.new_phone(self.here.chromium, self.here.server, profile=self.profile))
        self.table.page.goto("/phone/#/table")
        self.table.unlock(village.SAMPLER)
        either = "|".join(self.table.words("unsent", n=n) for n in (self.shown, self.shown + halfway) if n)
        expect(self.table.page.locator(".unsent")).to_contain_text(re.compile(either))
        kept = self.table.page.locator(".unsent").inner_text()
        self.shown += halfway and self.table.words("unsent", n=self.shown + 1) in kept


def queue_and_die(here: Here, profile: Path, acts: int, deaths: int) -> None:
    hands = Hands(here, profile)
    here.server.kill()
    for death in range(1, deaths + 1):
        while hands.shown < acts * death // deaths - death % 2:
            hands.act()
        hands.die(halfway=death % 2 == 1)
    while hands.shown < acts:
        hands.act()
    here.server.start()
    hands.table.send()
    here.must_hold(hands.table, undone=acts // 2)


def test_a_browser_killed_five_times_loses_no_act_of_a_day_without_network(here: Here, tmp_path):
    queue_and_die(here, tmp_path / "profile", acts=20, deaths=5)


@pytest.mark.long
def test_a_browser_killed_fifty_times_loses_none_of_two_hundred_acts(here: Here, tmp_path):
    queue_and_die(here, tmp_path / "profile", acts=200, deaths=50)
