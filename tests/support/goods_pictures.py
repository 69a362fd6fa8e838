"""Pictures of orders, runs, stores and what is handed out, each taken where those sit whose room it is."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from demo import chat
from demo.community import make
from tests.support import people
from tests.support.browser import OFFICE, Chromium, Window
from tests.support.people import said
from tests.support.server import Server
from tests.support.table import poppler

Draw = Callable[[Page, str], object]
Take = Callable[[Window, str, str], None]
TALL = {"width": 1366, "height": 1040}
PLANNED, UNDER_WAY, CLOSED = "今天换气", "上午换气", "昨天换气"


def at(address: str) -> Draw:
    """Just a page."""

    def draw(page: Page, lang: str) -> None:
        answer = page.goto(address)
        assert answer and answer.ok, f"{address}: {answer.status if answer else 'no answer'}"

    return draw


def of_a_run(name: str, place: str = "") -> Draw:
    """A page of the run of this name."""

    def draw(page: Page, lang: str) -> None:
        page.goto("/runs/")
        href = page.locator("main a[href^='/runs/']", has_text=name).first.get_attribute("href")
        at(f"{href}{place}")(page, lang)

    return draw


def behind(address: str, more: str = "") -> Draw:
    """What the first row of a list opens: an address with an id in it."""

    def draw(page: Page, lang: str) -> None:
        page.goto(address)
        links = [link.get_attribute("href") or "" for link in page.locator("main a").all()]
        at(next(link for link in links if re.search(rf"{more}/[0-9a-f-]{{36}}/$", link)))(page, lang)

    return draw


def signing_up(page: Page, lang: str) -> None:
    """The chat's list pasted again: what stands on the list is not placed twice, the rest is to be looked at."""
    page.goto("/orders/signups/")
    page.fill("[name=pasted]", chat.sign_up(make()))
    page.locator("main form button.main").first.click()
    page.get_by_role("button", name=said("orders.signup_place", lang), exact=True).wait_for()


def on_paper(page: Page, lang: str) -> None:
    """The route sheet of the first truck, as it is printed."""
    of_a_run(UNDER_WAY)(page, lang)
    pdf = page.request.get(f"{page.url}route/1.pdf").body()
    picture = poppler("pdftoppm", pdf, "-r", "110", "-f", "1", "-l", "1", "-png", "-")
    page.route("**/route.png", lambda route: route.fulfill(body=picture, content_type="image/png"))
    page.evaluate("() => { document.body.innerHTML = '<img src=\"/route.png\" style=\"display:block;margin:auto;max-height:100vh\">' }")
    expect(page.locator("img")).to_be_visible()


ROOMS: Mapping[str, Mapping[str, Draw]] = {
    "office": {
        "orders": at("/orders/"), "signup-settle": signing_up, "shop": behind("/orders/shops/"), "substitutes": at("/orders/substitutes/"),
        "runs": at("/runs/"), "run-plan": of_a_run(PLANNED), "run": of_a_run(UNDER_WAY), "run-route": on_paper, "run-money": of_a_run(CLOSED, "cash/"),
        "distribution": behind("/handouts/"), "meals": at("/duty/meals/"),
    },
    "stores": {
        "stores": at("/stock/"), "slips": at("/stock/slips/"), "store-count": behind("/stock/", "/count"), "pick-list": behind("/stock/picks/"),
        "loans": at("/stock/loans/"), "donations": at("/stock/gifts/"),
    },
    "medicine": {"medicine": at("/orders/medicine/")},
}  # fmt: skip
"""Who is logged in → picture → how it comes about."""


@dataclass(frozen=True)
class Pocket:
    """A phone: whose it is, and the pictures taken on it."""

    username: str
    screens: Mapping[str, tuple[str, str]]
    """Picture → the place, and what is tapped there ('' for nothing)."""


PHONES = (
    Pocket("driver1", {"phone-run": ("run", "")}),
    Pocket("grid15", {"phone-handout": ("handouts", ""), "phone-share": ("handouts", "main .list button")}),
)
NAMES: Iterable[str] = [*(name for room in ROOMS.values() for name in room), *(name for one in PHONES for name in one.screens)]


def pictures(chromium: Chromium, server: Server, office: Window, take: Take, wanted: Callable[[str], bool]) -> None:
    """All that are wanted, in Chinese and Tibetan."""
    for username, room in ROOMS.items():
        if any(map(wanted, room)):
            window = office if username == "office" else chromium.open(server.url)
            if window is not office:
                people.log_in(window, username)
            _room(window, {name: draw for name, draw in room.items() if wanted(name)}, take)
    for one in PHONES:
        if any(map(wanted, one.screens)):
            _phone(chromium, server, office, one, take)


def _room(window: Window, room: Mapping[str, Draw], take: Take) -> None:
    """In a window that is taller than usual: these pages are read to their end."""
    window.page.set_viewport_size(TALL)
    for lang in ("zh", "bo"):
        people.speak(window, lang)
        for name, draw in room.items():
            draw(window.page, lang)
            take(window, name, lang)
    window.page.set_viewport_size(OFFICE)


def _phone(chromium: Chromium, server: Server, office: Window, one: Pocket, take: Take) -> None:
    phone = people.new_phone(chromium, server, sharp=2)
    people.speak(office, "zh")
    people.join(phone, people.invitation(office))
    people.sign_on(phone, people.personal_code(office, people.name_of(one.username)), first="nav a[href='#/more']")
    for lang in ("zh", "bo"):
        people.phone_speaks(phone, lang)
        for name, (screen, tapped) in one.screens.items():
            phone.page.evaluate("place => (location.hash = `#/${place}`)", screen)
            expect(phone.page.locator("main h1").first).to_be_visible()
            if tapped:
                phone.page.locator(tapped).first.click()
            take(phone, name, lang)
