"""The guide's pictures, taken anew from the demo community on a sampling day half done.

    ./dev screenshots [NAME …]

Each screen is taken in Chinese and Tibetan into docs/screenshots as NAME-zh.png and NAME-bo.png.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.support import people
from tests.support.browser import Chromium, Window, running
from tests.support.camera import Camera
from tests.support.server import ROOT, Server
from tests.support.sheets import Sheets, read

FOLDER = ROOT / "docs" / "screenshots"
LANGUAGES = ("zh", "bo")
SAMPLER, GRID = "table1", 10

OFFICE = {
    "board": "/sampling/today/",
    "people": "/people/",
    "people-search": "/people/?q=zx",
    "outbreak": "/outbreaks/",
    "cards": "/cards/",
    "forms": "/reports/",
    "team": "/team/",
    "phones": "/phones/",
    "first-steps": "/first/",
}
PHONE = {"phone-today": "#/today", "phone-roster": "#/roster", "phone-table": "#/table", "phone-check": "#/check"}


def take(window: Window, name: str, lang: str) -> None:
    """The window as it stands, once its fonts and pictures are there."""
    window.page.wait_for_load_state("networkidle")
    window.page.evaluate("() => document.fonts.ready.then(() => true)")
    window.page.screenshot(path=FOLDER / f"{name}-{lang}.png", animations="disabled")
    print(f"· {name}-{lang}.png", flush=True)


def office_pictures(office: Window, lang: str, wanted: Callable[[str], bool]) -> None:
    people.speak(office, lang)
    for name, address in OFFICE.items():
        if wanted(name):
            answer = office.page.goto(address)
            assert answer and answer.ok, f"{address}: {answer.status if answer else 'no answer'}"
            take(office, name, lang)


def phone_pictures(phone: Window, sheets: Sheets, camera: Camera, lang: str, wanted: Callable[[str], bool]) -> None:
    """The screens of a sampler in the middle of work."""
    people.phone_speaks(phone, lang)
    for name, address in PHONE.items():
        if not wanted(name):
            continue
        phone.page.goto(f"/phone/{address}")
        if name == "phone-table":
            at_work(phone, sheets)
        if name == "phone-check":
            camera.show(sheets.handed[GRID][0][0])
            phone.page.locator(".thumb button").click()
            phone.page.wait_for_selector("dl")
        take(phone, name, lang)


def at_work(phone: Window, sheets: Sheets) -> None:
    """Some swabs into the tube, the last person just done, their card handed over."""
    for _ in range(3):
        people.scan(phone, sheets.people[GRID].pop()[1])
        phone.page.wait_for_selector(".act:not(.main)")
        people.scan(phone, sheets.cards[GRID].pop())
        phone.page.wait_for_selector("search")


def enrolled(chromium: Chromium, server: Server, office: Window, camera: Camera) -> Window:
    """A sampler's phone that has pulled its grids."""
    phone = people.new_phone(chromium, server, camera=camera)
    people.speak(office, "zh")
    people.join(phone, people.invitation(office))
    people.sign_on(phone, people.personal_code(office, people.name_of(SAMPLER)))
    phone.page.wait_for_selector(".answer")
    return phone


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
            if any(map(wanted, PHONE)):
                camera = Camera(folder / "camera.y4m")
                phone, sheets = enrolled(chromium, server, office, camera), read(server)
                for lang in LANGUAGES:
                    phone_pictures(phone, sheets, camera, lang, wanted)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
