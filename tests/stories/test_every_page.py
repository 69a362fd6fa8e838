"""Every page of the office that a link leads to: nothing on its console, nothing fetched from elsewhere, nothing
serious for whoever uses a keyboard or a screen reader. In Chinese, then in Tibetan.

The pages are found by following links from the first one, as a person would: one page of each address.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Error

from tests.support import people
from tests.support.browser import Window
from tests.support.server import Server

pytestmark = pytest.mark.browser

SAME_COLOURS = ("color-contrast",)
"""What does not hang on the language of a page, and costs as much as all the rest; tried in Chinese."""

FEWEST = 45
"""So many different pages were found when the office had its first ten rooms; fewer means a way is cut."""


def addressed(path: str) -> str:
    """The name of an address, or "" where none is."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def is_page(window: Window, path: str) -> bool:
    """Opens it, and says whether a page is what came; files and prints are tried by their own tests. No link
    leads to nothing."""
    try:
        answer = window.page.goto(path)
    except Error as why:
        if "Download is starting" in str(why):
            return False
        raise
    assert answer and answer.ok, f"a link leads to {path}, which answers {answer and answer.status}"
    return "text/html" in answer.headers.get("content-type", "")


def reached(window: Window, start: str = "/") -> Iterator[str]:
    """Opens one page of each address that links lead to, and says which; the caller looks at it."""
    todo, known = [start], {addressed(start)}
    while todo:
        path = todo.pop(0)
        if not is_page(window, path):
            continue
        yield path
        for link in window.page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)"):
            parts = urlsplit(urljoin(window.page.url, link))
            name = addressed(parts.path)
            if parts.netloc == window.host and name and name not in known and not parts.path.startswith("/phone"):
                known.add(name)
                todo.append(parts.path + (f"?{parts.query}" if parts.query else ""))


@pytest.fixture(scope="module")
def day(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo community half through its sampling day; made once, copied for each test."""
    folder = tmp_path_factory.mktemp("day") / "data"
    shutil.copytree(demo_data, folder)
    Server(folder).zhegu("demo", "--day")
    return folder


@pytest.fixture
def office(chromium, day: Path, new_server, tmp_path: Path) -> Window:
    """Its office, logged in."""
    shutil.copytree(day, tmp_path / "data")
    window = chromium.open(new_server().url)
    people.log_in(window)
    return window


@pytest.mark.parametrize("lang", ["zh", "bo"])
def test_every_page_is_clean_and_open_to_everyone(office: Window, lang: str):
    people.speak(office, lang)
    found, wrong = [], []
    for path in reached(office):
        found.append(path)
        try:
            office.must_be_accessible(but=SAME_COLOURS if lang != "zh" else ())
            office.must_be_clean()
        except AssertionError as why:
            wrong.append(f"{path}: {why}")
            office.wrong.clear()
    assert not wrong, "\n".join(wrong)
    assert len(found) >= FEWEST, found
