"""A survey with two workers in one household: neither knows of the other, nothing is lost, the office chooses."""

import pytest
from playwright.sync_api import expect

from tests.support import people, village
from tests.support.people import said
from tests.support.table import OFFLINE
from tests.support.walker import HOUSE, OTHER, Walker

pytestmark = pytest.mark.browser


def test_two_workers_in_one_household(chromium, walked):
    office = chromium.open(walked.url)
    people.log_in(office)
    codes, walkers = [people.personal_code(office, name) for name in village.WALKERS], []
    for code in codes:
        walker = Walker(people.new_phone(chromium, walked))
        people.join(walker.window, people.invitation(office))
        people.noticed(office)
        people.sign_on(walker.window, code)
        expect(walker.page.get_by_text(said("visits.duty_visit"))).to_be_visible()
        walkers.append(walker)
    one, two = walkers
    walked.kill()
    alone(one, two)
    walked.start()
    for walker in walkers:
        walker.fetch()
    the_office_chooses(office)
    one.fetch()
    for walker in walkers:
        walker.window.forgive(*OFFLINE)
        walker.window.must_be_clean()
    people.phone_speaks(one.window, "bo")
    for place in ("today", "doors", "duties/visits.visit", "care"):
        one.go(place)
        one.window.must_be_accessible()
    office.must_be_clean()


def alone(one: Walker, two: Walker) -> None:
    one.window.must_be_accessible()
    one.visits(HOUSE, fever=False, masks=3)
    the_same_door_still_wants_something(one)
    two.visits(HOUSE, fever=True, masks=2)
    two.comes_to(OTHER)
    two.press("door_not_done")
    two.window.must_be_accessible()
    two.tap("visits.missing_refused")
    expect(two.page.get_by_role("heading", name=two.words("duty_house"))).to_be_visible()  # the door still wants its visit
    a_place_without_an_address(two)
    one.unsent(2)
    two.unsent(4)


def the_same_door_still_wants_something(one: Walker) -> None:
    """A visit is done; somebody who lives there is to be asked after, by the same worker."""
    expect(one.page.get_by_role("heading", name=one.words("duty_house"))).to_be_visible()
    one.window.must_be_accessible()
    one.page.locator("a.item", has_text=said("care.duty_ask")).click()
    one.page.get_by_label(said("care.need")).fill("降压药")
    one.press("save")
    expect(one.page.get_by_role("heading", name=one.words("nav_today"))).to_be_visible()


def a_place_without_an_address(two: Walker) -> None:
    two.go("doors")
    two.tap("visits.add_door")
    two.page.get_by_label(said("visits.place_name")).fill("夏季牧场")
    two.page.get_by_label(said("visits.where")).fill("北沟 6 公里")
    two.page.get_by_role("dialog").get_by_role("button", name=two.words("save")).click()
    expect(two.page.get_by_role("heading", name="夏季牧场")).to_be_visible()
    two.press("door_done")


def the_office_chooses(office) -> None:
    page = office.page
    page.goto("/visits/clashes/")
    card = page.locator("section.card", has_text=HOUSE)
    expect(card.locator("li")).to_have_count(2)
    office.must_be_accessible()
    card.locator("li").nth(1).get_by_role("button", name=said("visits.this_counts")).click()
    expect(page.get_by_text(said("visits.no_clashes"))).to_be_visible()
    page.goto("/visits/")
    page.get_by_role("link", name=village.CAMPAIGN).click()
    expect(page.get_by_text(said("visits.masks_given", n=5))).to_be_visible()
    office.must_be_accessible()
    page.goto("/duties/")
    office.must_be_accessible()
