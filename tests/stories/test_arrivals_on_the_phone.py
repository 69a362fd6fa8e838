"""A gate keeper writes somebody down while the link is down; once it is up the office sees them, and decides."""

import pytest
from playwright.sync_api import expect

from tests.support import people, village
from tests.support.people import said
from tests.support.server import Server
from tests.support.table import OFFLINE, Table

pytestmark = pytest.mark.browser
CAME, ALONG = "德吉卓玛", "次仁多吉"


@pytest.fixture
def here(new_server, tmp_path) -> Server:
    server = Server(tmp_path / "data")
    village.made(server)
    village.gated(server)
    return new_server()


def writes_down(gate: Table) -> None:
    gate.go("arrivals")
    gate.press("arrival_new")
    field = gate.page.get_by_label(gate.words("field_name"), exact=True)
    field.first.fill(CAME)
    gate.press("arrival_save")
    expect(gate.page.get_by_role("alert")).to_contain_text(gate.words("arrival_lacks_came_from"))
    gate.page.get_by_label(said("arrivals.came_from", gate.lang), exact=True).fill("日喀则")
    gate.press("arrival_companion")
    field.last.fill(ALONG)
    gate.window.must_be_accessible()
    gate.press("arrival_save")
    expect(gate.page.locator(".list li")).to_have_count(2)


def test_somebody_who_came_while_the_link_was_down_waits_in_the_office(chromium, here):
    office = chromium.open(here.url)
    people.log_in(office)
    gate = Table(people.new_phone(chromium, here))
    people.join(gate.window, people.invitation(office))
    people.sign_on(gate.window, people.personal_code(office, village.KEEPER))
    expect(gate.page.get_by_role("heading", name=village.GATE)).to_be_visible()
    here.kill()
    writes_down(gate)
    gate.unsent(1)
    gate.window.must_be_accessible()
    here.start()
    gate.fetch()
    gate.unsent(0)
    office.page.goto("/arrivals/")
    office.page.get_by_role("link", name=CAME, exact=True).click()
    expect(office.page.get_by_role("link", name=ALONG)).to_be_visible()
    office.must_be_accessible()
    office.page.get_by_role("button", name=said("arrivals.add_to_register", "zh"), exact=True).click()
    office.page.get_by_role("radio", name=said("arrivals.no_measure", "zh")).check()
    office.page.get_by_role("button", name=said("arrivals.decide", "zh"), exact=True).click()
    expect(office.page.get_by_text(said("arrivals.no_measure", "zh")).first).to_be_visible()
    people.phone_speaks(gate.window, "bo")
    gate.go("arrive")
    gate.window.must_be_accessible()
    gate.window.forgive(*OFFLINE)
    gate.window.must_be_clean()
    office.must_be_clean()
