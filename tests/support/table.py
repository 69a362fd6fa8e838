"""A sampling table with a real phone: what its people do, and what they read on it.

Everything is found by the words on the screen; every wait is for something visible.
"""

import io
import re
import subprocess
from typing import Any

import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, expect

from tests.support import people
from tests.support.browser import Window
from tests.support.camera import Camera
from tests.support.people import said

expect.set_options(timeout=30_000)  # a loaded machine is slow, and never wrong for it
OFFLINE = ("net::ERR_", "Failed to fetch")
"""What a browser says by itself while its server is dead."""


class Table:
    """One phone at one table, in Chinese unless told otherwise."""

    def __init__(self, window: Window, camera: Camera | None = None, lang: str = "zh"):
        self.window, self.page, self.camera, self.lang = window, window.page, camera, lang
        self.acts = 0

    def words(self, key: str, **values: Any) -> str:
        return said(f"phone.{key}", self.lang, **values)

    # --- going about

    def go(self, place: str) -> None:
        """By the address, as a link in the app does."""
        self.page.evaluate("place => { location.hash = '#/' + place }", place)
        self.page.wait_for_function("place => location.hash === '#/' + place", arg=place)

    def press(self, key: str, **values: Any) -> None:
        """The button or chip with these words."""
        self.page.get_by_role("button", name=self.words(key, **values), exact=True).first.click()
        self.acts += 1

    def verdict(self, signal: str, key: str = "", why: str = "", **values: Any) -> Locator:
        """Waits until the screen says yes, look or no in these words, and why."""
        box = self.page.locator(f".signal.{signal}")
        if key:
            box = box.filter(has_text=self.words(key))
        if why:
            box = box.filter(has_text=self.words(why, **values))
        expect(box.first).to_be_visible()
        return box.first

    # --- at the table

    def look_through_camera(self) -> None:
        self.press("scan_person")
        expect(self.page.locator("video")).to_be_visible()

    def scan(self, code: str) -> None:
        """The code is held before the camera."""
        assert self.camera
        self.camera.show(code)
        self.acts += 1

    def type_scan(self, code: str) -> None:
        """A scanner that types like a keyboard."""
        self.page.locator("h1").first.click()
        self.page.evaluate(TYPED, code)
        self.acts += 1

    def find(self, letters: str, name: str) -> None:
        """Three letters of a name, then the person."""
        self.page.get_by_role("searchbox").fill(letters)
        self.page.locator("search li button", has_text=name).click()
        self.acts += 2

    def sample(self, code: str, card: str, name: str) -> None:
        """Camera on person, camera on card, done."""
        self.scan(code)
        expect(self.verdict("yes", "word_yes")).to_contain_text(name)
        self.scan(card)
        expect(self.verdict("yes", "done")).to_contain_text(name)

    def sample_by_name(self, letters: str, name: str) -> None:
        """Found by letters, no card."""
        self.find(letters, name)
        self.verdict("yes", "word_yes")
        self.press("no_card")
        self.verdict("yes", "done")

    # --- what is not yet sent

    def unsent(self, n: int) -> None:
        """Waits until the bar on every screen says that so many wait."""
        words = self.words("unsent", n=n) if n else self.words("all_sent")
        expect(self.page.locator(".unsent")).to_contain_text(words)

    def send(self) -> None:
        """Sends now, until nothing waits."""
        self.go("unsent")
        button = self.page.get_by_role("button", name=self.words("send_now"))
        done = self.page.get_by_role("heading", name=self.words("all_sent_title"))
        expect(button.or_(done).first).to_be_visible()
        while not done.is_visible():
            if button.is_visible() and button.is_enabled():
                button.click()
            self.page.wait_for_timeout(100)
        self.unsent(0)

    def fetch(self) -> None:
        """Everything is sent and the newest rows are here."""
        self.send()
        with self.page.expect_response(re.compile("/api/pull")) as answer:
            self.page.get_by_role("button", name=self.words("fetch_now")).click()
        assert answer.value.ok
        expect(self.page.get_by_role("button", name=self.words("fetch_now"))).to_be_enabled()

    def knows_of_no_link(self) -> None:
        """The server is away, and the phone has noticed: what is decided now is decided alone."""
        self.go("unsent")
        self.press("fetch_now")
        expect(self.page.get_by_text(self.words("unreachable"))).to_be_visible()

    def unlock(self, name: str) -> None:
        """After a reload: whose hands?"""
        self.page.get_by_role("button", name=name).click()
        self.page.wait_for_selector(".pad")
        people.type_pin(self.window, page=self.page)
        self.page.wait_for_selector("nav a[href='#/more']")


TYPED = """code => {
  for (const key of [...code, 'Enter'])
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
}"""


# --- paper


def codes_in(pdf: bytes) -> list[str]:
    """Every QR code of a PDF, page by page, as a camera reads them."""
    assert pdf.startswith(b"%PDF-"), pdf[:200]
    pages = int(re.search(rb"Pages:\s+(\d+)", poppler("pdfinfo", pdf, "-")).group(1))  # type: ignore[union-attr]
    found = []
    for page in map(str, range(1, pages + 1)):
        picture = poppler("pdftoppm", pdf, "-r", "200", "-f", page, "-l", page, "-png", "-")
        found += [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))]
    return found


def poppler(tool: str, pdf: bytes, *words: str) -> bytes:
    return subprocess.run([tool, *words], input=pdf, capture_output=True, check=True).stdout
