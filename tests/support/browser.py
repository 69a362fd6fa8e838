"""A real Chromium (Debian's), and a watch over everything a page must not do.

    with running() as chromium:
        window = chromium.open(server.url)
        window.page.goto("/login/")
        window.must_be_clean()

Each window watches its console, its requests and the content security policy from the first page on.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from tests.support.camera import Camera

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path("/usr/bin/chromium")
AXE = ROOT / "phone" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE = {"width": 360, "height": 740}
OFFICE = {"width": 1366, "height": 768}


class Absent(RuntimeError):
    """Chromium is not installed; ./dev test installs it."""


class Window:
    """One browser window with its own storage, and what it did wrong so far."""

    def __init__(self, context: BrowserContext, host: str, close: Any):
        self.context = context
        self.host = host
        self.wrong: list[str] = []
        self._close = close
        context.on("console", self._console)
        context.on("weberror", lambda error: self.wrong.append(f"script: {error.error}"))
        context.on("request", self._request)
        self.page: Page = context.pages[0] if context.pages else context.new_page()

    def _console(self, message: Any) -> None:
        if message.type == "error":
            self.wrong.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self.wrong.append(f"other host: {request.url}")

    def forgive(self, *fragments: str) -> None:
        """Drops what a test brought about on purpose, e.g. the failed requests while the server was dead."""
        self.listen()
        self.wrong = [line for line in self.wrong if not any(f in line for f in fragments)]

    def must_be_clean(self) -> None:
        """No console or script error, no breach of the policy, no request to another host."""
        self.listen()
        assert self.wrong == [], "\n".join(self.wrong)

    def listen(self, milliseconds: int = 50) -> None:
        """Takes in what the page has done: events arrive only while the driver is being talked to."""
        if not self.page.is_closed():
            self.page.wait_for_timeout(milliseconds)

    def must_be_accessible(self, *, but: tuple[str, ...] = ()) -> None:
        """No serious or critical finding of axe-core on the page as it stands; the rules in `but` are not tried."""
        serious = [f for f in axe(self.page, but) if f["impact"] in ("serious", "critical")]
        assert serious == [], "\n".join(f"{f['id']}: {f['help']}: {f['nodes']}" for f in serious)

    def close(self) -> None:
        self._close()


def axe(page: Page, but: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Findings of axe-core: id, impact, help and the selectors of the nodes. Judged at rest: what is still
    fading in has no colours of its own."""
    if not AXE.exists():
        raise Absent(f"{AXE} is missing: ./dev test installs the phone app's packages")
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate("() => Promise.allSettled(document.getAnimations().map(one => one.finished))")
    found = page.evaluate(
        "off => axe.run(document, {resultTypes: ['violations'], rules: Object.fromEntries(off.map(one => [one, {enabled: false}]))})",
        list(but),
    )
    return [
        {"id": v["id"], "impact": v["impact"], "help": v["help"], "nodes": [n["target"] for n in v["nodes"]]}
        for v in found["violations"]
    ]


class Chromium:
    """Opens windows. A plain one shares the browser; a camera or a kept profile needs its own."""

    def __init__(self, playwright: Playwright):
        self.playwright = playwright
        self._shared: Any = None
        self._windows: list[Window] = []

    def open(
        self, url: str, *, size: dict[str, int] = OFFICE, language: str = "zh-CN", dark: bool = False,
        camera: Camera | None = None, profile: Path | None = None, sharp: int = 1,
    ) -> Window:  # fmt: skip
        """A new window on `url` (its base for relative addresses).

        `profile` keeps storage in that folder, so the same one opened again is the browser restarted.
        `sharp`: so many dots of a picture to a dot of the page.
        """
        options: dict[str, Any] = {
            "base_url": url, "viewport": size, "locale": language,
            "color_scheme": "dark" if dark else "light", "timezone_id": "Asia/Shanghai",
            "device_scale_factor": sharp,
            "has_touch": size["width"] < 800, "permissions": ["camera"] if camera else [],
        }  # fmt: skip
        flags = [*FLAGS, *(camera.flags if camera else [])]
        if profile:
            context = self.playwright.chromium.launch_persistent_context(
                str(profile), executable_path=str(PROGRAM), args=flags, **options
            )
            close = context.close
        elif camera:
            own = self.playwright.chromium.launch(executable_path=str(PROGRAM), args=flags)
            context, close = own.new_context(**options), own.close
        else:
            context = self.shared().new_context(**options)
            close = context.close
        window = Window(context, urlsplit(url).netloc, close)
        self._windows.append(window)
        return window

    def shared(self) -> Any:
        if self._shared is None:
            self._shared = self.playwright.chromium.launch(executable_path=str(PROGRAM), args=FLAGS)
        return self._shared

    @contextlib.contextmanager
    def shut_at_the_end(self) -> Iterator[None]:
        """Windows opened within are shut; those that stood before stay."""
        before = len(self._windows)
        try:
            yield
        finally:
            self._shut(before)

    def _shut(self, first: int) -> None:
        for window in self._windows[first:]:
            with contextlib.suppress(Exception):
                window.close()
        del self._windows[first:]

    def close(self) -> None:
        self._shut(0)
        if self._shared:
            self._shared.close()


@contextlib.contextmanager
def running() -> Iterator[Chromium]:
    """Playwright with Debian's Chromium; everything it opened is closed at the end."""
    if not PROGRAM.exists():
        raise Absent(f"{PROGRAM} is missing: install Debian's chromium, or use ./dev test")
    # The driver keeps an event loop in this thread; plain database calls in the test stay allowed.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = Chromium(playwright)
        try:
            yield chromium
        finally:
            chromium.close()
