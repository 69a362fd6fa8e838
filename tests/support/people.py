"""What people do at a browser: log in at the office, let a phone join, sign on and unlock it.

Buttons are found by the words a person reads, in the window's own language.
"""

import io

import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from demo.community import make
from tests.support.browser import PHONE, Chromium, Window
from tests.support.camera import Camera
from tests.support.server import Server
from zhegu.lib.texts import text

PASSWORD = "zhegu-demo"
PIN = "2580"


def speak(window: Window, lang: str) -> None:
    """The office pages of this window are in that language (zh, bo, en)."""
    window.context.add_cookies([{"name": "zhegu_language", "value": lang, "url": f"http://{window.host}"}])


def log_in(window: Window, username: str = "office", password: str = PASSWORD) -> None:
    """Logged in; fails where the log-in page stays."""
    page = window.page
    page.goto("/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.click("main button")
    page.wait_for_url(lambda url: "/login/" not in url)


def qr_on(window: Window) -> str:
    """What a camera reads from the first code on the page."""
    picture = window.page.locator("img.qr").last.screenshot()
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    assert found, "no code can be read on the page"
    return found[0].text


def invitation(office: Window) -> str:
    """The link a phone scans to join, read from the office's screen."""
    office.page.goto("/phones/")
    office.page.locator("form[action='/phones/join/'] button").first.click()
    office.page.wait_for_selector("img.qr")
    return qr_on(office)


def noticed(office: Window) -> None:
    """The office's screen has seen that the phone joined: it asks no more, also while the server is away."""
    expect(office.page.locator("#joining")).to_have_count(0)


def personal_code(office: Window, name: str) -> str:
    """A fresh code with which this person signs on at a phone."""
    page = office.page
    page.goto("/phones/codes/")
    row = page.locator("tr", has=page.get_by_role("rowheader", name=name, exact=True)).filter(has=page.locator("[name=staff]"))
    row.locator("[name=staff]").first.check()
    page.locator("form[action='/phones/codes/new/'] button").last.click()
    return page.locator("tr", has_text=name).locator("td.code").first.inner_text()


def new_phone(
    chromium: Chromium, server: Server, *, camera: Camera | None = None, profile=None, dark: bool = False, sharp: int = 1
) -> Window:  # type: ignore[no-untyped-def]
    """A window of a phone's size on the phone app."""
    return chromium.open(server.url, size=PHONE, camera=camera, profile=profile, dark=dark, sharp=sharp)


def join(phone: Window, link: str, lang: str = "zh") -> None:
    """The phone belongs to the community."""
    page = phone.page
    page.goto(link)
    page.locator("form button.act.main").click()
    page.wait_for_selector("[autocomplete=one-time-code]")


def sign_on(phone: Window, code: str, pin: str = PIN, first: str = ".thumb button") -> None:
    """The person works on this phone and chose a PIN; the phone stands where their work begins (`first`: what is there)."""
    page = phone.page
    page.fill("[autocomplete=one-time-code]", code)
    page.locator("form button.act.main").click()
    for _ in range(2):
        page.wait_for_selector(".pad")
        type_pin(phone, pin)
    page.wait_for_selector(first)


def type_pin(phone: Window, pin: str = PIN, page: Page | None = None) -> None:
    """On the window's first page, or on another tab of it."""
    pad = (page or phone.page).locator(".pad")
    for digit in pin:
        pad.locator("button", has_text=digit).click()
    pad.locator("button.ok").click()


TYPE = """code => {
  for (const key of [...code, 'Enter']) document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}))
}"""


def scan(phone: Window, code: str) -> None:
    """A scanner that types reads a code: faster than fingers, Enter at the end, in no field."""
    phone.page.evaluate(TYPE, code)


def phone_speaks(phone: Window, lang: str) -> None:
    """The phone app is in that language; it stands on its page of more things afterwards."""
    phone.page.goto("/phone/#/more")
    phone.page.locator(f".chip[lang^={lang}]").first.click()
    phone.page.wait_for_selector(f"html[lang^={lang}]")


def name_of(username: str) -> str:
    """The demo's person with this log-in name."""
    return next(member.name.zh for member in make().staff if member.username == username)


def said(key: str, lang: str = "zh", **values: object) -> str:
    """The words of a key, to look for on a page."""
    return text(key, lang, **values)
