"""The guide's pictures, taken anew from the demo community on a sampling day half done.

    ./dev screenshots [NAME …]

Each screen is taken in Chinese and Tibetan into docs/screenshots as NAME-zh.png and NAME-bo.png.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from demo import workbooks
from demo.community import CODE
from tests.support import goods_pictures, people
from tests.support.browser import Chromium, Window, running
from tests.support.camera import Camera
from tests.support.office import Office
from tests.support.people import said
from tests.support.server import ROOT, Server
from tests.support.table import Table, codes_in

FOLDER = ROOT / "docs" / "screenshots"
LANGUAGES = ("zh", "bo")
SAMPLER, WORKER_OF_THE_DAY = "table1", "grid15"
FIRST_CARD = 1_001_000_001
Draw = Callable[[Page, str], object]


def opens(address: str) -> Draw:
    """Just a page."""

    def draw(page: Page, lang: str) -> None:
        answer = page.goto(address)
        assert answer and answer.ok, f"{address}: {answer.status if answer else 'no answer'}"

    return draw


def of_the_round(place: str) -> Draw:
    """A page of the round that is on."""

    def draw(page: Page, lang: str) -> None:
        page.goto("/sampling/today/")
        href = page.locator("p.crumbs a[aria-current=page], nav.tabs a[aria-current=page]").first.get_attribute("href")
        opens(f"{href}{place}")(page, lang)

    return draw


def opening(page: Page, lang: str) -> None:
    """The opening page, after the roster was looked at."""
    page.goto("/sampling/open/")
    page.get_by_role("button", name=said("sampling.look_first", lang), exact=True).click()
    page.get_by_role("button", name=said("sampling.open_now", lang), exact=True).wait_for()


def a_person(page: Page, lang: str) -> None:
    page.goto("/people/?q=zx")
    page.locator("table.list tbody a").first.click()
    page.wait_for_selector("dl")


def importing(page: Page, lang: str) -> None:
    """A messy workbook, read and checked, nothing written yet."""
    with tempfile.TemporaryDirectory() as folder:
        workbooks.write_all(Path(folder), 7)
        page.goto("/people/import/")
        page.set_input_files("[name=files]", str(Path(folder) / "常住人口花名册.xlsx"))
        page.locator("main form button.main").first.click()
        page.locator("button[name=onward]").wait_for(timeout=120_000)
    page.locator("button[name=onward]").click()
    page.wait_for_url("**/check/", timeout=120_000)
    page.locator("#problems").wait_for(timeout=120_000)


OFFICE: dict[str, Draw] = {
    "board": opens("/sampling/today/"),
    "missing": of_the_round("missing/"),
    "tubes": of_the_round("tubes/"),
    "cards": of_the_round("cards/"),
    "closing": of_the_round("closing/"),
    "open-round": opening,
    "people": opens("/people/"),
    "people-search": opens("/people/?q=zx"),
    "person": a_person,
    "import": importing,
    "outbreak": opens("/outbreaks/"),
    "forms": opens("/reports/"),
    "form-f1": opens("/reports/1/F1/"),
    "arrivals": opens("/arrivals/?stay=all"),
    "arrival-new": opens("/arrivals/new/"),
    "own-pages": opens("/links/"),
    "gate-today": opens("/gates/"),
    "measures": opens("/measures/"),
    "measures-begin": opens("/measures/begin/"),
    "checks": opens("/measures/checks/"),
    "visits": opens("/visits/"),
    "visits-new": opens("/visits/new/"),
    "signups": opens("/orders/signups/"),
    "duty": opens("/duty/"),
    "disinfection": opens("/sanitation/"),
    "broadcasts": opens("/broadcasts/"),
    "day": opens("/reports/day/"),
    "periods": opens("/reports/periods/"),
    "wall": opens("/reports/wall/"),
    "free": opens("/reports/free/"),
    "columns": opens("/reports/columns/?form=F1"),
    "after": opens("/reports/days/?form=F28"),
    "cards-issued": opens("/cards/"),
    "team": opens("/team/"),
    "phones": opens("/phones/"),
    "first-steps": opens("/first/"),
}


def take(window: Window, name: str, lang: str) -> None:
    """The window as it stands, once its fonts and pictures are there."""
    window.page.wait_for_load_state("networkidle")
    window.page.evaluate("() => document.fonts.ready.then(() => true)")
    window.page.screenshot(path=FOLDER / f"{name}-{lang}.png", animations="disabled")
    print(f"· {name}-{lang}.png", flush=True)


def office_pictures(office: Window, lang: str, wanted: Callable[[str], bool]) -> None:
    people.speak(office, lang)
    for name, draw in OFFICE.items():
        if wanted(name):
            draw(office.page, lang)
            take(office, name, lang)


# --- the county

ABOVE = {CODE[:6]: ("措美县", "མཚོ་སྨད་རྫོང་"), CODE[:9]: ("哲古镇", "གྲི་གུ་གྲོང་རྡལ་")}
COUNTY = {"county-board": opens("/upward/"), "county-town": opens(f"/upward/?place={CODE[:9]}")}


def county_pictures(chromium: Chromium, server: Server, wanted: Callable[[str], bool]) -> None:
    """What somebody who looks from the county sees of today, as the community stated it."""
    for code, (name, name_bo) in ABOVE.items():
        server.zhegu("places", "above", code, "--name", name, "--name-bo", name_bo)
    server.zhegu("staff", "add", "county", "--name", "县疫情防控指挥部", "--community", CODE[:6], "--role", "observer", typed=people.PASSWORD)
    server.zhegu("upward", "state")
    window = chromium.open(server.url)
    people.log_in(window, "county")
    for lang in LANGUAGES:
        people.speak(window, lang)
        for name, draw in COUNTY.items():
            if wanted(name):
                draw(window.page, lang)
                take(window, name, lang)


# --- the phone


class Handset:
    """A sampler's phone that has pulled its grids and sampled a few."""

    def __init__(self, chromium: Chromium, server: Server, office: Window, folder: Path):
        window = people.new_phone(chromium, server, camera=Camera(folder / "camera.y4m"), sharp=2)
        people.speak(office, "zh")
        people.join(window, people.invitation(office))
        people.sign_on(window, people.personal_code(office, people.name_of(SAMPLER)))
        window.page.wait_for_selector(".answer")
        self.table = Table(window)
        self.card = self._a_card(Office(office))
        for _ in range(6):
            self._meet("missing")
            self.table.press("no_card")
            self.table.verdict("yes", "done")

    def _a_card(self, office: Office) -> str:
        """The first card that was handed out, as it was printed."""
        office.page.goto("/sampling/today/")
        round_ = str(office.page.locator("#board").get_attribute("hx-get")).split("/")[2]
        return codes_in(office.printed(f"/sampling/{round_}/cards/print/?run={FIRST_CARD}-1"))[0]

    def _meet(self, standing: str) -> None:
        """Someone of the roster with this standing stands at the table."""
        table = self.table
        table.go("roster")
        chip = table.page.locator(".chip", has_text=table.words(f"status_{standing}")).first
        chip.click()
        table.page.locator(".list button").first.click()
        if standing == "missing":
            table.press("sample_now")
            table.verdict("yes", "word_yes")

    def pictures(self, lang: str, wanted: Callable[[str], bool]) -> None:
        table = self.table
        people.phone_speaks(table.window, lang)
        table.lang = lang
        for name, draw in self.screens().items():
            if wanted(name):
                draw()
                expect(table.page.locator("main h1, main h2").first).to_be_visible()
                take(table.window, name, lang)
                table.page.keyboard.press("Escape")  # a sheet that is open would lie over what comes next

    def screens(self) -> dict[str, Callable[[], object]]:
        table = self.table
        return {
            "phone-today": lambda: table.go("today"),
            "phone-roster": lambda: table.go("roster"),
            "phone-person": lambda: self._open_a_line(),
            "phone-table": lambda: self._meet("missing"),
            "phone-already": lambda: self._already(),
            "phone-check": lambda: self._check(),
            "phone-unsent": lambda: table.go("unsent"),
            "phone-more": lambda: table.go("more"),
            "phone-offline": lambda: table.go("offline"),
        }

    def _open_a_line(self) -> None:
        self.table.go("roster")
        self.table.page.locator(".list button").first.click()

    def _already(self) -> None:
        """Found by name, sampled before."""
        page = self.table.page
        self.table.go("roster")
        page.locator(".chip", has_text=self.table.words("status_done")).first.click()
        name = page.locator(".list button .strong").first.inner_text()
        self.table.go("table")
        if not page.get_by_role("searchbox").is_visible():
            self.table.press("next_person")
        page.get_by_role("searchbox").fill(name)
        page.locator("search li button", has=page.locator(".yes")).first.click()
        self.table.verdict("no", "word_no")

    def _check(self) -> None:
        self.table.go("check")
        self.table.type_scan(self.card)
        self.table.verdict("yes", "check_yes")


PHONE = ("phone-today", "phone-roster", "phone-person", "phone-table", "phone-already", "phone-check",
         "phone-unsent", "phone-more", "phone-offline")  # fmt: skip


class GridWorker:
    """A grid worker's phone: what is due, one measure, what is asked from above."""

    def __init__(self, chromium: Chromium, server: Server, office: Window):
        self.window = people.new_phone(chromium, server, sharp=2)
        people.speak(office, "zh")
        people.join(self.window, people.invitation(office))
        people.sign_on(self.window, people.personal_code(office, people.name_of(WORKER_OF_THE_DAY)))
        self.window.page.wait_for_selector(".figure")

    def pictures(self, lang: str, wanted: Callable[[str], bool]) -> None:
        people.phone_speaks(self.window, lang)
        for name, (place, first) in WORKER.items():
            if wanted(name):
                self._go(place, first)
                take(self.window, name, lang)

    def _go(self, place: str, first: bool) -> None:
        page = self.window.page
        page.evaluate("place => (location.hash = `#/${place}`)", place)
        if first:
            page.locator(f"main .list a[href^='#/{place}/']").first.click()
        expect(page.locator("main h1").first).to_be_visible()


WORKER = {"phone-due": ("today", False), "phone-measure": ("measure", True), "phone-directive": ("directive", True)}
"""Picture → the place, and whether its first line is opened."""


def main(names: list[str]) -> int:
    """All pictures, or those whose names begin so."""

    def wanted(name: str) -> bool:
        return not names or any(name.startswith(asked) for asked in names)

    FOLDER.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="zhegu-pictures-"))
    server = Server(folder / "data")
    try:
        server.zhegu("demo", "--day")
        server.start()
        with running() as chromium:
            office = chromium.open(server.url)
            people.log_in(office)
            for lang in LANGUAGES:
                office_pictures(office, lang, wanted)
            if any(map(wanted, goods_pictures.NAMES)):
                goods_pictures.pictures(chromium, server, office, take, wanted)
            if any(map(wanted, COUNTY)):
                county_pictures(chromium, server, wanted)
            if any(map(wanted, PHONE)):
                phone = Handset(chromium, server, office, folder)
                for lang in LANGUAGES:
                    phone.pictures(lang, wanted)
            if any(map(wanted, WORKER)):
                worker = GridWorker(chromium, server, office)
                for lang in LANGUAGES:
                    worker.pictures(lang, wanted)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
