"""A community on its way to be called free of the outbreak: from red to applied, published by the county, and revoked."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.stories.test_county_form import at_work
from tests.support import village
from tests.support.office import Office
from tests.support.server import Server
from zhegu.reports.outside.criteria import models

pytestmark = pytest.mark.browser

PAGE = "/reports/free/"
MODEL = models()["chongqing"]


@pytest.fixture
def here(new_server, tmp_path: Path) -> Server:
    server = Server(tmp_path / "data")
    village.made(server, round_open=True)
    village.watched_from_above(server, days=6)
    return new_server()


def step(office: Office, word: str) -> None:
    office.page.goto(PAGE)
    office.press(f"reports.free_do_{word}")
    expect(office.page.get_by_text(office.words(f"reports.free_step_{word}")).first).to_be_visible()


def test_from_red_to_published_and_revoked_by_a_new_case(chromium, here):
    office, town, county = (at_work(chromium, here, name) for name in ("office", "town", "county"))
    office.page.goto(f"{PAGE}?model={MODEL.id}")
    office.reads("reports.free_no")
    office.reads("reports.free_kind_checklist")
    expect(office.page.get_by_role("button", name=office.words("reports.free_apply"))).to_be_disabled()
    expect(office.page.get_by_role("region", name=office.words("reports.free_grids")).get_by_role("row")).to_have_count(4)
    for item in MODEL.items:
        row = office.page.get_by_role("row").filter(has_text=office.words(f"reports.free_item_{item}"))
        row.get_by_role("textbox").fill("主任看过，有照片")
        row.get_by_role("button").click()
    office.window.must_be_accessible()
    office.press("reports.free_apply")
    office.reads("reports.free_step_applied")
    town.page.goto(PAGE)
    town.window.must_be_accessible()
    expect(town.page.get_by_text("扎西顿珠")).to_have_count(0)
    step(town, "reviewed")
    step(county, "filed")
    step(county, "published")
    office.page.reload()
    office.reads("reports.free_step_published")
    village.falls_ill(here, "扎西顿珠")
    office.page.reload()
    office.reads("reports.free_step_revoked")
    office.reads("reports.free_no")
    for one in (office, town, county):
        one.window.must_be_clean()
