"""The office's part of a gas day, clicked: a chat sign-up is pasted, settled by keys, planned, carried on paper, and closed
once every fen is explained."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.support import people, village
from tests.support.browser import Window
from tests.support.people import said
from tests.support.server import Server

pytestmark = pytest.mark.browser

ENTRIES = {"扎西顿珠": "1-101", "拉巴次仁": "1-102", "边巴罗布": "2-201", "强巴格列": "2-202"}
CHAT = "#接龙\n换液化气登记，每瓶120元\n" + "\n".join(
    f"{n}. {name} {door}{'' if n == 3 else ' 1瓶'}" for n, (name, door) in enumerate(ENTRIES.items(), 1)
)
"""One of them forgot how many."""
RUN, STATION, TRUCK = "八月换气", "县气站", "一号车"


class Desk:
    """Somebody of the office at their screen."""

    def __init__(self, window: Window):
        self.window, self.page = window, window.page

    def press(self, key: str, **values: object) -> None:
        self.page.get_by_role("button", name=said(key, **values), exact=True).first.click()

    def reads(self, words: str) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()

    def stands_well(self) -> None:
        self.window.must_be_accessible()
        self.window.must_be_clean()

    def doors(self, run: str) -> list[str]:
        """Addresses of the run's doors, in order."""
        self.page.goto(f"{run}")
        self.page.locator("details summary").last.click()
        return [urlsplit(link.get_attribute("href") or "").path for link in self.page.locator("details ul a").all()]


def test_a_gas_day_at_the_desk(chromium, new_server, tmp_path):
    server = Server(tmp_path / "data")
    village.made(server)
    village.seconded(server)
    server = new_server()
    first, second = (Desk(chromium.open(server.url)) for _ in range(2))
    people.log_in(first.window)
    people.log_in(second.window, village.SECOND[0])
    signed_up(first)
    run = planned(first)
    carried(first, run)
    counted(first, second, run)
    closed(first, run)
    for desk in (first, second):
        desk.window.must_be_clean()


def signed_up(desk: Desk) -> None:
    """Pasted, and the unclear entry settled by keys alone."""
    page = desk.page
    page.goto("/orders/signups/")
    page.locator("[name=pasted]").fill(CHAT)
    desk.press("orders.signup_read")
    desk.reads(said("orders.doubt_no_quantity"))
    expect(page.locator("[name=price]")).to_have_value("120")
    desk.stands_well()
    expect(page.locator("fieldset.card input").first).to_be_focused()
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("液化气 1瓶")
    for key in ("Tab", "Space", "Enter"):
        page.keyboard.press(key)
    desk.reads(said("orders.signup_all_done"))
    desk.stands_well()
    page.goto("/orders/")
    expect(page.locator("tbody tr")).to_have_count(len(ENTRIES))
    desk.stands_well()


def planned(desk: Desk) -> str:
    """Gathered, drafted with one truck, planned: kilometres and hours are told before anything is promised."""
    page = desk.page
    page.goto("/runs/")
    page.locator("[name=name]").fill(RUN)
    desk.press("deliveries.gather")
    page.get_by_role("link", name=said("deliveries.draft")).first.click()
    page.locator("[name=station]").fill(STATION)
    page.locator("[name=station_km]").fill("18")
    page.locator("[name=truck-1]").fill(TRUCK)
    page.locator("[name=team-1]").select_option(label=village.SECOND[1])
    desk.stands_well()
    page.locator("main form button.main").click()
    page.locator("main form[action$='/plan/'] button").click()
    expect(page.locator("table.trucks td.n").nth(1)).not_to_be_empty()
    assert float(page.locator(".main-figure strong").inner_text()) >= 36
    desk.stands_well()
    desk.press("deliveries.begin")
    expect(page.get_by_role("button", name=said("deliveries.close"), exact=True)).to_be_visible()
    desk.stands_well()
    return urlsplit(page.url).path


def carried(desk: Desk, run: str) -> None:
    """What the driver wrote on paper: fetched at the doors, filled, disinfected, brought home."""
    page = desk.page
    for n, door in enumerate(desk.doors(run), 1):
        page.goto(door)
        page.locator("[name^=mark-]").fill(f"QZ-{n}")
        page.locator("[name=taker]").select_option(label=village.SECOND[1])
        desk.press("deliveries.hand_over")
        desk.reads(said("deliveries.things_done", n=2))
    desk.stands_well()
    page.goto(f"{run}things/")
    gas(desk, [("giver", village.SECOND[1]), ("taker", STATION)], "deliveries.hand_over")
    gas(desk, [], "deliveries.step_filled")
    gas(desk, [], "deliveries.step_disinfected")
    gas(desk, [("giver", STATION), ("taker", village.SECOND[1])], "deliveries.hand_over")
    desk.stands_well()
    for door in desk.doors(run):
        page.goto(door)
        desk.press("deliveries.hand_over")
        desk.reads(said("deliveries.things_done", n=2))


def gas(desk: Desk, ends: list[tuple[str, str]], button: str) -> None:
    """All cylinders at once."""
    page = desk.page
    for row in page.locator("tbody tr", has_text="QZ-").all():
        row.locator("[name=thing]").check()
    for field, name in ends:
        page.locator(f"[name={field}]").select_option(label=name)
    desk.press(button)
    desk.reads(said("deliveries.things_done", n=len(ENTRIES)))


def counted(first: Desk, second: Desk, run: str) -> None:
    """Two people, each alone; in one bag lack five yuan."""
    for desk in (second, first):
        for n, door in enumerate(desk.doors(run)):
            desk.page.goto(f"{door}cash/")
            desk.page.locator("[name=yuan]").first.fill("115" if n == 1 else "120")
            desk.press("deliveries.save")
            desk.reads(said("deliveries.cash_saved"))
        desk.stands_well()


def closed(desk: Desk, run: str) -> None:
    """It does not close until the five yuan are explained; then it does."""
    page = desk.page
    page.goto(f"{run}cash/")
    desk.press("deliveries.settle")
    page.locator(f"form[action='{run}receipt/'] [name=yuan]").fill("480")
    desk.press("deliveries.save")
    page.goto(run)
    desk.press("deliveries.close")
    desk.reads(said("deliveries.not_in_order"))
    desk.stands_well()
    page.get_by_role("link", name=list(ENTRIES.values())[1]).first.click()
    page.locator("[name=kind]").select_option("lent")
    lent = page.locator("form", has=page.locator("[name=kind]"))
    lent.locator("[name=yuan]").fill("5")
    lent.locator("[name=note]").fill("袋里少五元，社区垫付")
    lent.get_by_role("button").click()
    desk.reads(said("deliveries.cash_saved"))
    page.goto(f"{run}cash/")
    desk.press("deliveries.settle")
    page.goto(run)
    desk.press("deliveries.close")
    desk.reads(said("deliveries.closed_now"))
    page.goto(f"{run}cash/")
    expect(page.locator(".main-figure strong")).to_have_text("0.00")
    expect(page.locator("tbody .signal-yes")).to_have_count(len(ENTRIES))
    desk.stands_well()
