"""Goods against a card and the daily round: set in the office, done at the doors without a signal, seen in the office."""

import pytest
from playwright.sync_api import expect

from tests.support import people, village
from tests.support.people import said
from tests.support.table import OFFLINE
from tests.support.walker import HOUSE, OTHER, Walker

pytestmark = pytest.mark.browser


def test_masks_are_handed_out_and_homes_are_asked_without_a_signal(chromium, walked):
    office = chromium.open(walked.url)
    people.log_in(office)
    code = people.personal_code(office, village.WALKERS[0])
    goods_come(office)
    a_distribution(office)
    homes_are_asked_daily(office)
    walker = Walker(people.new_phone(chromium, walked))
    people.join(walker.window, people.invitation(office))
    people.noticed(office)
    people.sign_on(walker.window, code)
    expect(walker.page.get_by_text(said("visits.duty_visit"))).to_be_visible()
    walker.go("handouts")
    expect(walker.page.get_by_role("heading", name="九月口罩")).to_be_visible()
    walked.kill()
    masks_at_the_door(walker)
    what_is_needed(walker)
    walker.unsent(4)
    walked.start()
    walker.fetch()
    the_office_sees_it(office)
    for lang in ("zh", "bo"):
        people.phone_speaks(walker.window, lang)
        for place in ("handouts", "need"):
            walker.go(place)
            walker.window.must_be_accessible()
    walker.window.forgive(*OFFLINE)
    walker.window.must_be_clean()
    office.must_be_clean()


def goods_come(office) -> None:
    page = office.page
    page.goto("/stock/")
    store = page.locator("form[action='/stock/store/']")
    store.locator("[name=name]").fill("社区大院")
    store.get_by_role("button").click()
    item = page.locator("form[action='/stock/item/']")
    item.locator("[name=name]").fill("口罩")
    item.locator("[name=unit]").fill("只")
    item.get_by_role("button").click()
    page.goto("/stock/in/")
    page.locator("[name=into]").select_option(label="社区大院")
    page.locator("[name=item]").select_option(index=1)
    page.locator("[name=amount]").fill("500")
    page.locator("main form button.main").click()


def a_distribution(office) -> None:
    page = office.page
    page.goto("/handouts/new/")
    page.locator("[name=name]").fill("九月口罩")
    page.locator("[name=item]").select_option(index=1)
    page.locator("[name=amount]").fill("5")
    page.locator("[name=per]").select_option("person")
    office.must_be_accessible()
    page.get_by_role("button", name=said("handouts.open")).click()
    expect(page.get_by_text(said("handouts.in_store", n="500", unit="只"))).to_be_visible()
    office.must_be_accessible()


def homes_are_asked_daily(office) -> None:
    page = office.page
    page.goto("/orders/daily/")
    page.get_by_role("button", name=said("orders.daily_start")).click()
    expect(page.locator("form .signal-yes")).to_have_text(said("orders.daily_on"))
    office.must_be_accessible()


def masks_at_the_door(walker: Walker) -> None:
    """One home has its share, is not offered it again, and a second one was a mistake."""
    page = walker.page
    walker.go("handouts")
    for name in (HOUSE, OTHER):
        page.get_by_role("searchbox").fill(name)
        page.locator(".list button", has_text=name).first.click()
        walker.window.must_be_accessible()
        walker.tap("handouts.give")
        expect(page.locator(".signal .big", has_text=said("handouts.phone_done"))).to_be_visible()
    walker.press("undo")
    page.get_by_role("searchbox").fill(HOUSE)
    page.locator(".list button", has_text=HOUSE).first.click()
    expect(page.get_by_text(said("handouts.phone_had"))).to_be_visible()
    expect(page.get_by_role("button", name=said("handouts.phone_give_anyway"))).to_have_count(0)


def what_is_needed(walker: Walker) -> None:
    page = walker.page
    walker.go("need")
    page.locator("a.item", has_text=OTHER).click()
    page.get_by_label(said("orders.need_other")).fill("大米")
    walker.tap("orders.need_medicine")
    walker.window.must_be_accessible()
    walker.tap("orders.need_save", n=2)


def the_office_sees_it(office) -> None:
    page = office.page
    page.goto("/handouts/")
    page.get_by_role("link", name="九月口罩").click()
    expect(page.locator("tfoot td").nth(1)).to_have_text("1")
    office.must_be_accessible()
    page.get_by_role("link", name=said("handouts.who_left")).first.click()
    expect(page.get_by_role("rowheader", name=OTHER)).to_be_visible()
    office.must_be_accessible()
    page.goto("/orders/daily/")
    expect(page.locator("tbody tr").first.locator("td").nth(1)).to_have_text("1")
    page.goto("/orders/")
    expect(page.locator("tbody tr", has_text="大米")).to_have_count(1)
    page.goto("/orders/caller/")
    page.locator("#q").press_sequentially(OTHER[:2])
    page.locator("#callers a", has_text=OTHER).click()
    expect(page.get_by_text("大米").first).to_be_visible()
    office.must_be_accessible()
    page.get_by_role("checkbox", name="大米").check()
    page.get_by_role("button", name=said("orders.place")).click()
    expect(page.locator("#q")).to_be_focused()
