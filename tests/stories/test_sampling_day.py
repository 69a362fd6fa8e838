"""A sampling day as its people live it: the office in one window, a phone at the table in another."""

import pytest
from playwright.sync_api import expect

from tests.support import people, village
from tests.support.camera import Camera
from tests.support.office import Office
from tests.support.people import said
from tests.support.server import Server
from tests.support.table import OFFLINE, Table, codes_in, poppler

pytestmark = pytest.mark.browser


@pytest.fixture
def here(new_server, tmp_path):
    """A village, served: (server, personal codes by name)."""
    found = village.made(Server(tmp_path / "data"))
    return new_server(), found.codes


class Day:
    """What the parts of the story share."""

    def __init__(self, chromium, server: Server, codes: dict[str, str], camera: Camera):
        self.server, self.codes, self.camera = server, codes, camera
        self.office = Office(chromium.open(server.url))
        self.table = Table(people.new_phone(chromium, server, camera=camera), camera)
        self.cards: list[str] = []

    def look(self, *windows) -> None:
        """Nothing on the screen is in anyone's way."""
        for window in windows:
            window.must_be_accessible()


def test_a_sampling_day_from_the_first_log_in_to_the_last_form(chromium, here, tmp_path):
    day = Day(chromium, *here, Camera(tmp_path / "camera.y4m"))
    the_office_prepares(day)
    the_phone_joins(day)
    the_table_works(day)
    the_network_goes_and_comes(day)
    the_office_sees_the_same(day)
    the_laboratory_answers(day)
    the_round_closes(day)
    the_forms_say_the_same(day)
    tibetan_reads_as_well(day)
    day.office.window.must_be_clean()
    day.table.window.must_be_clean()


def the_office_prepares(day: Day) -> None:
    office, page = day.office, day.office.page
    people.log_in(office.window)
    office.open_outbreak()
    page.goto("/sampling/open/")
    day.look(office.window)
    office.press("sampling.look_first")
    office.reads("sampling.without_grid_n", n=2)
    office.press("sampling.open_now")
    expect(page.locator("[role=alert]").first).to_be_visible()
    office.window.forgive("409")  # the refusal that was asked for
    office.open_round(why_without_grid="正在核实住处")
    assert office.board()["missing"] == 17

    sheet = office.printed("/people/codes/?print=1&names=first")
    assert sorted(codes_in(sheet)) == sorted(day.codes.values())
    cards = office.make_cards({1: 8, 2: 5, 3: 3})
    day.look(office.window)
    assert len(codes_in(cards)) == 16
    day.cards = codes_in(office.printed(f"/sampling/{office.round}/cards/print/?grid=1"))
    day.cards_of_two = codes_in(office.printed(f"/sampling/{office.round}/cards/print/?grid=2"))
    assert len(day.cards) == 8 and {*day.cards, *day.cards_of_two} < set(codes_in(cards))


def the_phone_joins(day: Day) -> None:
    table = day.table
    link = people.invitation(day.office.window)
    day.look(day.office.window)
    people.join(table.window, link)
    day.look(table.window)
    people.sign_on(table.window, people.personal_code(day.office.window, village.SAMPLER))
    due = village.DUE[1] + village.DUE[2]
    expect(table.page.locator(".answer")).to_contain_text(str(due))
    day.look(table.window)


def the_table_works(day: Day) -> None:
    table, cards = day.table, day.cards
    table.press("start_table")
    table.acts = 0
    table.look_through_camera()
    table.sample(day.codes["扎西顿珠"], cards[0], "扎西顿珠")
    assert table.acts <= 3
    day.look(table.window)

    table.scan(day.codes["扎西顿珠"])
    table.verdict("no", "word_no", "why_already_sampled")
    day.look(table.window)
    table.scan(day.codes["仁青多吉"])
    table.verdict("look", "word_look", "why_other_grid", grid=3)

    table.scan(day.codes["德吉卓嘎"])
    table.verdict("yes", "word_yes")
    table.scan(cards[0])
    table.verdict("no", "word_other_card", "why_card_used")
    table.scan(day.cards_of_two[0])
    table.verdict("no", "word_other_card", "why_card_other_grid", grid=2)
    table.scan(cards[1])
    table.verdict("yes", "done")

    table.camera.show(None)
    table.press("camera_close")
    table.sample_by_name("lbc", "拉巴次仁")
    table.press("at_home")
    table.find("lsp", "洛桑平措")
    table.type_scan(cards[2])
    expect(table.verdict("yes", "done")).to_contain_text("洛桑平措")
    table.press("at_home")

    table.sample_by_name("yjl", "央金拉姆")
    table.press("undo")
    table.find("yjl", "央金拉姆")
    table.verdict("yes", "word_yes")
    table.press("next_person")
    someone_refuses(day)
    table.send()


def someone_refuses(day: Day) -> None:
    table = day.table
    table.go("roster")
    table.page.locator(".list button", has_text="格桑曲珍").click()
    table.press("why_missing")
    table.page.get_by_role("button", name=said("sampling.missing_refused"), exact=True).click()
    row = table.page.locator(".list button", has_text="格桑曲珍")
    expect(row).to_contain_text(said("sampling.missing_refused"))
    day.look(table.window)


def the_network_goes_and_comes(day: Day) -> None:
    table = day.table
    day.server.kill()
    table.go("table")
    table.look_through_camera()
    table.sample(day.codes["白玛措姆"], day.cards[3], "白玛措姆")
    table.unsent(1)
    table.page.reload()
    table.unlock(village.SAMPLER)
    table.unsent(1)
    table.go("table")
    table.sample_by_name("边巴罗", "边巴罗布")
    table.unsent(2)
    table.look_through_camera()
    table.scan(day.codes["白玛措姆"])
    table.verdict("no", "word_no", "why_already_sampled")
    day.server.start()
    table.fetch()
    day.look(table.window)
    table.window.forgive(*OFFLINE)


FIGURES = {"due": 17, "done": 6, "missing": 11, "excused": 0, "moved": 0, "not_found": 0, "tubes": 1, "cards": 4}


def the_office_sees_the_same(day: Day) -> None:
    office = day.office
    assert office.board() == FIGURES
    day.look(office.window)
    office.go("missing/")
    office.reads("sampling.still_missing", n=11)
    names = office.page.locator("table.list tbody tr td:first-child").all_inner_texts()
    assert len(names) == 11 and not any("扎西顿珠" in name for name in names)
    row = office.page.locator("tr", has_text="格桑曲珍")
    expect(row.locator("td").nth(3)).to_contain_text(said("sampling.missing_refused"))
    day.look(office.window)


def the_laboratory_answers(day: Day) -> None:
    office, page = day.office, day.office.page
    office.go("tubes/")
    page.fill("[name=to]", "县疾控中心实验室")
    page.fill("[name=courier]", "送样员甲")
    page.locator("thead input[type=checkbox]").check()
    office.press("sampling.hand_over")
    office.reads("sampling.handed_over_now", n=1)
    day.look(office.window)
    page.locator("thead input[type=checkbox]").check()
    page.select_option("[name=result]", "negative")
    office.press("sampling.save_results")
    office.reads("sampling.results_now", n=1)


def the_round_closes(day: Day) -> None:
    office, table = day.office, day.table
    left = day.cards[4]
    check_card(table, left, "look", "card_not_handed_out")
    check_card(table, day.cards[0], "yes", "card_ok")
    table.go("more")
    table.press("close_table")
    table.press("close_table_yes")
    table.send()
    office.go("closing/")
    office.reads("sampling.sums_differ", n=2)
    day.look(office.window)
    for name in ("拉巴次仁", "边巴罗布"):
        give_card_of_their_own(office, name)
    office.go("closing/")
    office.reads("sampling.sums_agree")
    office.reads("sampling.all_phones_reported")
    office.press("sampling.close_now")
    office.reads("sampling.closed_now", no=1)
    day.look(office.window)
    table.fetch()
    check_card(table, left, "no", "card_revoked")
    check_card(table, day.cards[0], "yes", "card_ok")
    day.look(table.window)


def give_card_of_their_own(office: Office, name: str) -> None:
    office.go("closing/")
    office.page.get_by_role("link", name=name).click()
    office.page.locator("summary", has_text=said("sampling.name_card")).click()
    form = office.page.locator("form[action$='/card/']")
    sent = form.evaluate("form => Object.fromEntries(new FormData(form))")
    answer = office.page.request.post(str(form.get_attribute("action")), form=sent)
    assert answer.headers["content-type"] == "application/pdf"
    assert len(codes_in(answer.body())) == 1
    assert name in poppler("pdftotext", answer.body(), "-layout", "-", "-").decode()


def check_card(table: Table, card: str, signal: str, why: str) -> None:
    """Any card, on the page where cards are checked."""
    table.go("check")
    table.type_scan(card)
    table.verdict(signal, why=why)


def the_forms_say_the_same(day: Day) -> None:
    office = day.office
    total = office.sheet("F1")[-1]
    told = {name: int(total[said(f"reports.{name}")]) for name in ("due", "sampled", "not_sampled", "tubes", "cards_issued")}
    assert told == {"due": 17, "sampled": 6, "not_sampled": 11, "tubes": 1, "cards_issued": 6}
    assert len(office.sheet("F2")) == 6
    assert len(office.sheet("F3")) == 11
    for form in ("F1", "F2", "F3"):
        assert office.form(form, "pdf").path().read_bytes().startswith(b"%PDF-")
    chat = office.chat()
    assert len(chat) <= 600 and not any(name in chat for name in day.codes)
    for key, values in (("chat_sampled", {"due": 17, "sampled": 6}), ("chat_missing", {"n": 11})):
        assert said(f"reports.{key}", **values) in chat
    day.look(office.window)
    assert day.server.zhegu("journal", "verify").returncode == 0
    assert village.stands(day.server)["tallies"]


def tibetan_reads_as_well(day: Day) -> None:
    office, table = day.office, day.table
    people.speak(office.window, "bo")
    for place in ("", "missing/", "cards/", "closing/", "tubes/"):
        office.go(place)
        day.look(office.window)
    for address in ("/sampling/open/", "/reports/", "/reports/1/F1/"):
        office.page.goto(address)
        day.look(office.window)
    people.phone_speaks(table.window, "bo")
    for place in ("today", "roster", "table", "check", "unsent", "more", "offline"):
        table.go(place)
        day.look(table.window)
