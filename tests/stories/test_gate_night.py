"""A gate's night with the link down: the keeper goes on alone, and the office looks at it in the morning."""

import pytest
from playwright.sync_api import expect

from tests.support import people, village
from tests.support.people import said
from tests.support.server import Server
from tests.support.table import OFFLINE, Table

pytestmark = pytest.mark.browser
VISITOR, STRANGER = "藏C·12345", "青A·I0001"


class Gatehouse(Table):
    """One phone at one gate."""

    def tap(self, key: str) -> None:
        """A button in the words of the gates' own catalogue."""
        self.page.get_by_role("button", name=said(key, self.lang), exact=True).first.click()
        self.acts += 1

    def plate(self, typed: str) -> None:
        self.page.get_by_role("searchbox").fill(typed)

    def answers(self, check: str, shown: str) -> None:
        row = self.page.get_by_role("group", name=said(f"checkpoints.check_{check}", self.lang), exact=True)
        row.get_by_role("button", name=said(f"checkpoints.shown_{shown}", self.lang), exact=True).click()
        self.acts += 1

    def proposed(self, outcome: str, why: str = "") -> None:
        box = self.page.locator(".thumb .proposed")
        expect(box).to_contain_text(said(f"checkpoints.outcome_{outcome}", self.lang))
        if why:
            expect(box).to_contain_text(said(f"checkpoints.why_{why}", self.lang))

    def writes(self, outcome: str) -> None:
        self.press("gate_write", outcome=said(f"checkpoints.outcome_{outcome}", self.lang))
        done = self.page.locator(".page > .signal").filter(has_text=said(f"checkpoints.outcome_{outcome}", self.lang))
        expect(done).to_be_visible()

    def decides(self, outcome: str, why: str) -> None:
        """Another outcome than the proposed one."""
        self.press("gate_otherwise")
        self.tap(f"checkpoints.outcome_{outcome}")
        self.tap(f"checkpoints.why_{why}")

    def counts(self, **numbers: int) -> None:
        expect(self.page.locator(".counts")).to_contain_text(self.words("gate_counts", **numbers))


@pytest.fixture
def here(new_server, tmp_path) -> Server:
    server = Server(tmp_path / "data")
    village.made(server, round_open=True)  # without an outbreak a gate holds nobody
    village.gated(server)
    return new_server()


def test_a_gates_night_with_the_link_down(chromium, here):
    office = chromium.open(here.url)
    people.log_in(office)
    gate = Gatehouse(people.new_phone(chromium, here, dark=True))
    people.join(gate.window, people.invitation(office))
    people.sign_on(gate.window, people.personal_code(office, village.KEEPER))
    expect(gate.page.get_by_role("heading", name=village.GATE)).to_be_visible()
    with_a_link(gate)
    here.kill()
    alone(gate)
    here.start()
    gate.fetch()
    in_the_morning(office)
    gate.window.forgive(*OFFLINE)
    people.phone_speaks(gate.window, "bo")
    for place in ("gate", "crossings", "duty"):
        gate.go(place)
        gate.window.must_be_accessible()
    gate.window.must_be_clean()
    office.must_be_clean()


def with_a_link(gate: Gatehouse) -> None:
    gate.plate(VISITOR)
    gate.proposed("pass_with_measure", "not_shown")
    gate.press("gate_all_ok")
    gate.proposed("pass", "all_ok")
    gate.window.must_be_accessible()
    gate.writes("pass")
    gate.unsent(0)
    gate.counts(**{"in": 1, "out": 0, "inside": 1})


def alone(gate: Gatehouse) -> None:
    gate.knows_of_no_link()
    gate.go("gate")
    known_visitor_in_five_taps(gate)
    gate.page.reload()
    gate.unlock(village.KEEPER)
    gate.unsent(1)
    stranger_with_a_fever(gate)
    gate.plate(village.LORRY)
    gate.proposed("pass", "allowed")
    gate.writes("pass")
    turned_back_by_a_person(gate)
    gate.unsent(4)
    gate.press("undo")
    gate.unsent(5)
    hands_over(gate)
    gate.unsent(6)
    gate.go("crossings")
    gate.page.get_by_role("button", name=gate.words("gate_list_inside")).click()
    expect(gate.page.locator(".list li")).to_have_count(1)
    gate.page.get_by_role("button", name=gate.words("gate_list_stopped")).click()
    expect(gate.page.locator(".list li")).to_have_count(1)
    gate.window.must_be_accessible()


def hands_over(gate: Gatehouse) -> None:
    """The numbers of the gate stand there already; a word is added."""
    gate.go("duty")
    gate.tap("rosters.hand_over")
    counted = {code: gate.page.get_by_label(said(f"rosters.count_{code}")).input_value() for code in ("people_in", "people_out", "referred")}
    assert counted == {"people_in": "2", "people_out": "1", "referred": "1"}
    gate.page.get_by_label(said("rosters.notes")).fill("栏杆坏了，已报修")
    gate.window.must_be_accessible()
    gate.page.locator("form").get_by_role("button", name=said("rosters.hand_over")).click()
    expect(gate.page.get_by_text(said("rosters.handed_over"))).to_be_visible()


def known_visitor_in_five_taps(gate: Gatehouse) -> None:
    gate.acts = 0
    gate.page.locator("search li button", has_text=VISITOR).click()
    gate.press("gate_all_ok")
    gate.writes("pass")
    assert gate.acts + 1 <= 5
    gate.counts(**{"in": 1, "out": 1, "inside": 0})


def stranger_with_a_fever(gate: Gatehouse) -> None:
    gate.plate(STRANGER)
    gate.answers("health_code", "ok")
    gate.page.get_by_label(gate.words("gate_temperature")).fill("38.4")
    gate.proposed("referred_clinic", "fever")
    for lang in ("zh", "bo"):
        expect(gate.page.locator(".thumb .say").filter(has_text=said("checkpoints.say_fever", lang))).to_be_visible()
    gate.window.must_be_accessible()
    gate.writes("referred_clinic")


def turned_back_by_a_person(gate: Gatehouse) -> None:
    gate.plate("藏C·99999")
    gate.press("gate_all_ok")
    gate.decides("turned_back", "no_permit")
    expect(gate.page.locator(".page > .signal.no")).to_contain_text(said("checkpoints.say_no_permit"))


def in_the_morning(office) -> None:
    page = office.page
    page.goto("/gates/crossings/")
    assert page.locator("tr", has_text="12345").count() == 2
    page.goto("/duty/")
    office.must_be_accessible()
    page.goto("/duty/handovers/")
    expect(page.get_by_text("栏杆坏了")).to_be_visible()
    page.get_by_role("button", name=said("rosters.take_over")).click()
    expect(page.get_by_text(said("rosters.taken_over"))).to_be_visible()
    office.must_be_accessible()
    page.goto("/duty/plan/")
    office.must_be_accessible()
    page.goto("/gates/offline/")
    expect(page.get_by_role("button", name=said("checkpoints.seen_all", n=3))).to_be_visible()
    page.get_by_role("button", name=said("checkpoints.seen_all", n=3)).click()
    expect(page.get_by_text(said("checkpoints.reconciled", n=3))).to_be_visible()
