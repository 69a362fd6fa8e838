"""What the office does on its computer: opens an outbreak and a round, prints, hands on forms."""

from itertools import takewhile
from typing import Any

import python_calamine
from playwright.sync_api import Download, expect

from tests.support.browser import Window
from tests.support.people import said

PROFILE = "新冠肺炎（第九版）"


class Office:
    """The office's window, in Chinese unless told otherwise."""

    def __init__(self, window: Window, lang: str = "zh"):
        self.window, self.page, self.lang = window, window.page, lang
        self.round = ""

    def words(self, key: str, **values: Any) -> str:
        return said(key, self.lang, **values)

    def press(self, key: str, **values: Any) -> None:
        self.page.get_by_role("button", name=self.words(key, **values), exact=True).first.click()

    def reads(self, key: str, **values: Any) -> None:
        """Waits until these words stand on the page."""
        expect(self.page.get_by_text(self.words(key, **values)).first).to_be_visible()

    def go(self, place: str = "") -> None:
        """A page of the round."""
        answer = self.page.goto(f"/sampling/{self.round}/{place}")
        assert answer and answer.ok, answer and answer.status

    # --- before the day

    def open_outbreak(self) -> None:
        self.page.goto("/outbreaks/open/")
        self.press("outbreaks.open_with", name=PROFILE)

    def open_round(self, *, why_without_grid: str = "", tables: int = 1) -> None:
        """A round from now until midnight; looks at the roster first, as the page asks."""
        self.page.goto("/sampling/open/")
        day = self.page.evaluate("() => new Date().toLocaleDateString('sv')")
        for name, value in {"day": day, "from": "00:00", "to": "23:59", "tables": str(tables)}.items():
            self.page.fill(f"[name={name}]", value)
        self.press("sampling.look_first")
        if why_without_grid:
            self.page.fill("[name=without_grid_reason]", why_without_grid)
        self.press("sampling.open_now")
        self.page.wait_for_selector("#board")
        self.round = self.page.url.rstrip("/").rsplit("/", 1)[-1]

    def printed(self, address: str) -> bytes:
        """A PDF the office prints: the answer of a link."""
        answer = self.page.request.get(address)
        assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf"), address
        return answer.body()

    def make_cards(self, numbers: dict[int, int]) -> bytes:
        """So many cards for each grid, as the sheets that come out of the printer."""
        self.go("cards/")
        for grid, n in numbers.items():
            self.page.fill(f"[name=n_{grid}]", str(n))
        self.press("sampling.cards_make")
        link = self.page.get_by_role("link", name=self.words("sampling.cards_print", n=sum(numbers.values())))
        return self.printed(str(link.get_attribute("href")))

    # --- figures

    def board(self) -> dict[str, int]:
        """The foot of the board: the whole round."""
        self.go()
        cells = self.page.locator("table.board tfoot td.n").all_inner_texts()
        names = ("due", "done", "missing", "excused", "moved", "not_found", "tubes", "cards")
        return dict(zip(names, map(int, cells), strict=True))

    def form(self, form: str, kind: str = "xlsx") -> Download:
        """A form of the newest round, as a file."""
        self.page.goto("/reports/")
        with self.page.expect_download() as got:
            self.page.locator(f"form[action$='/{form}/file/'] button[value={kind}]").first.click()
        return got.value

    def sheet(self, form: str) -> list[dict[str, Any]]:
        """The rows of a form's workbook by the words of its heads, the total last."""
        return rows_of(str(self.form(form).path()))

    def chat(self) -> str:
        self.page.goto("/reports/")
        return self.page.locator("textarea[readonly]").input_value()


def rows_of(path: Any) -> list[dict[str, Any]]:
    """Of a form's workbook: rows by the words of their heads (the lower of two), down to the first empty row."""
    rows = python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()
    top = next(n for n, row in enumerate(rows) if sum(bool(cell) for cell in row) > 4)
    groups, below = rows[top], rows[top + 1]
    two = below[0] == "" and all(isinstance(cell, str) for cell in below)
    heads = [str(low or high) for high, low in zip(groups, below, strict=True)] if two else list(map(str, groups))
    body = rows[top + 1 + two :]
    return [dict(zip(heads, row, strict=True)) for row in takewhile(lambda row: any(cell != "" for cell in row), body)]
