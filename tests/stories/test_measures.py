"""Measures as people live them: a list is no reason, somebody contests from their own page and is heard, the whole
community stays at home and gets out again."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.support import people, village
from tests.support.browser import PHONE, Window
from tests.support.people import said
from tests.support.server import Server
from tests.support.table import OFFLINE, Table
from zhegu.lib import clock

pytestmark = pytest.mark.browser
ONE, OTHER = "扎西顿珠", "拉巴次仁"
STAYS_HOME = "area_home_monitoring"


@pytest.fixture
def here(new_server, tmp_path) -> Server:
    server = Server(tmp_path / "data")
    village.made(server, round_open=True)
    village.seconded(server)
    return new_server()


@pytest.fixture
def office(chromium, here) -> Window:
    return _at_work(chromium, here, "office")


@pytest.fixture
def second(chromium, here) -> Window:
    return _at_work(chromium, here, village.SECOND[0])


def _at_work(chromium, here, username: str) -> Window:
    window = chromium.open(here.url)
    people.log_in(window, username)
    return window


def press(window: Window, key: str) -> None:
    window.page.get_by_role("button", name=said(key), exact=True).first.click()


def reads(window: Window, words: str) -> None:
    expect(window.page.get_by_text(words).first).to_be_visible()


def chosen(window: Window, *names: str) -> None:
    """The page on which a measure begins, with these people ticked one search after the other."""
    window.page.goto("/measures/begin/")
    picked: list[str] = []
    for name in names:
        window.page.goto("/measures/begin/?" + "&".join([f"q={name}", *(f"person={one}" for one in picked)]))
        box = window.page.get_by_role("checkbox", name=name)
        box.check()
        picked.append(box.get_attribute("value") or "")


def laid(window: Window, why: str, **fields: str) -> None:
    form = window.page.locator("form", has=window.page.locator("[name=ground]"))
    for name, value in fields.items():
        field = form.locator(f"[name={name}]")
        field.select_option(value) if name in ("code", "ground") else field.fill(value)
    form.locator("[name=evidence]").fill(why)
    press(window, "monitoring.lay_on")


def test_a_list_is_no_reason_and_somebody_is_heard(chromium, here, office, second):
    today = clock.local_day(clock.now())
    chosen(office, ONE, OTHER)
    office.must_be_accessible()
    laid(office, "县里的名单", code="close_contact", ground="other", day0=str(today))
    reads(office, said("monitoring.list_without_exposure"))
    office.forgive("409")  # the refusal that was asked for
    office.page.goto("/measures/")
    reads(office, said("monitoring.nobody_under"))

    chosen(office, ONE)
    when = f"{today - timedelta(days=1)}T14:00"
    laid(office, "流调 12 号", code="close_contact", ground="exposure", exposure_place="东街商店", exposed=when)
    reads(office, said("monitoring.holds"))
    measure = office.page.url
    resident = own_page(chromium, here, office)
    contested(resident)
    answered(office, second, measure)
    resident.page.reload()
    reads(resident, said("residents.upheld"))
    reads(resident, "店主作证")
    expect(resident.page.locator("#measures").get_by_text(said("residents.over"))).to_be_visible()
    people.speak(resident, "bo")
    resident.page.reload()
    resident.must_be_accessible()
    for window in (office, second, resident):
        window.must_be_clean()


def own_page(chromium, here: Server, office: Window) -> Window:
    """The office makes a link; the person opens it on their own phone, without any log-in."""
    office.page.goto(f"/links/?q={ONE}")
    office.page.locator("form[action='/links/new/'] button", has_text=ONE).click()
    link = office.page.get_by_role("textbox", name=said("residents.address_of_link")).input_value()
    resident = chromium.open(here.url, size=PHONE)
    resident.page.goto(link[link.index("/r/me/") :])
    reads(resident, "流调 12 号")
    resident.must_be_accessible()
    return resident


def contested(resident: Window) -> None:
    card = resident.page.locator("#measures")
    card.get_by_text(said("residents.contest"), exact=True).click()
    card.get_by_label(said("residents.contest_words")).fill("那天我在牧场")
    card.get_by_role("button", name=said("residents.send_words")).click()
    reads(resident, said("residents.contest_kept"))
    reads(resident, said("residents.waits_for_answer"))


def answered(office: Window, second: Window, measure: str) -> None:
    """Whoever laid it on may not judge it; somebody else does."""
    office.page.goto(measure)
    reads(office, said("monitoring.answer_other"))
    second.page.goto("/measures/?show=contested")
    second.page.get_by_role("link", name=ONE).click()
    reads(second, "那天我在牧场")
    second.must_be_accessible()
    second.page.get_by_label(said("monitoring.answer_words")).fill("店主作证")
    press(second, "monitoring.uphold")
    reads(second, said("monitoring.done_answered"))


def test_what_is_due_is_decided_on_a_phone_while_the_link_is_down(chromium, here, office):
    today = clock.local_day(clock.now())
    chosen(office, ONE)
    when = f"{today - timedelta(days=1)}T14:00"
    laid(office, "流调 12 号", code="close_contact", ground="exposure", exposure_place="东街商店", exposed=when)
    reads(office, said("monitoring.holds"))
    measure = office.page.url
    phone = Table(people.new_phone(chromium, here))
    people.join(phone.window, people.invitation(office))
    people.noticed(office)
    people.sign_on(phone.window, people.personal_code(office, "办公室甲"))
    phone.fetch()
    there = f"measure/{measure.rstrip('/').rsplit('/', 1)[1]}"
    phone.go(there)
    expect(phone.page.get_by_role("heading", name=ONE)).to_be_visible()
    here.kill()
    phone.press("measure_still_needed")
    phone.page.get_by_label(phone.words("measure_why_needed")).fill("家里又有人发热")
    phone.window.must_be_accessible()
    phone.press("measure_yes")
    phone.unsent(1)
    expect(phone.page.get_by_role("heading", name=ONE)).to_have_count(0)  # it goes on to the next thing by itself
    phone.go(there)
    expect(phone.page.get_by_text(phone.words("measure_said_review"))).to_be_visible()
    here.start()
    phone.fetch()
    office.page.goto(measure)
    reads(office, said("monitoring.did_reviewed"))
    reads(office, "家里又有人发热")
    phone.window.forgive(*OFFLINE)
    for window in (office, phone.window):
        window.must_be_clean()


def test_the_whole_community_stays_at_home_and_gets_out_again(office, second):
    page = office.page
    page.goto("/measures/begin/")
    form = page.locator("form[action='/measures/begin/place/']")
    form.locator("[name=code]").select_option(STAYS_HOME)
    form.locator("[name=evidence]").fill("7 号通告")
    press(office, "monitoring.lay_on_everyone")
    reads(office, said("monitoring.approve_other"))
    measure = page.url
    second.page.goto("/measures/checks/")
    expect(second.page.locator("[name=slot]")).to_have_count(0)  # what waits restricts nobody
    second.page.goto(measure)
    press(second, "monitoring.approve")
    reads(second, said("monitoring.done_approve"))
    page.goto("/measures/checks/")
    expect(page.locator("[name=slot]").first).to_be_attached()
    office.must_be_accessible()
    page.goto(measure)
    page.get_by_label(said("monitoring.who_ended")).fill("9 号通告")
    press(office, "monitoring.end_place")
    reads(office, said("monitoring.done_release"))
    page.goto("/measures/")
    reads(office, said("monitoring.nobody_under"))
    for window in (office, second):
        window.must_be_clean()
