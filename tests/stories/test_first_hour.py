"""The first hour as its people live it: an empty system, steps, a phone that knows its grids."""

import pytest

from tests.support import people
from tests.support.people import said
from tests.support.server import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def empty(new_server, tmp_path, request):
    """A system that has just begun, served, and its office's password; once without any tables, as on a first day."""
    server = Server(tmp_path / "data", bare=getattr(request, "param", False))
    words = ["--community", "540526101009", "--name", "试验社区", "--staff", "办公室一", "--grids", "2"]
    told = server.zhegu("init", *words).stdout
    return new_server(), told.split("密码：")[1].split("（")[0].strip()


@pytest.mark.parametrize("empty", [True], indirect=True, ids=["bare"])
def test_a_committee_begins_with_nothing_and_ends_with_a_phone(chromium, empty):
    server, password = empty
    office = chromium.open(server.url)
    people.log_in(office, "office", password)
    assert office.page.get_by_role("heading", name=said("setup.title"), level=1).is_visible()

    page = office.page
    page.goto("/team/")
    page.fill("[name=name]", "采样一")
    page.fill("main details [name=username]", "table")
    page.select_option("main details [name=role] >> nth=0", "sampler")
    page.locator("details").first.locator("button.main").click()
    assert page.locator("dd.code").last.inner_text()

    page.goto("/outbreaks/open/")
    page.get_by_role("button", name=said("outbreaks.open_with", name="新冠肺炎（第九版）")).click()
    assert page.get_by_role("heading", name="新冠肺炎（第九版）").is_visible()

    phone = people.new_phone(chromium, server)
    people.join(phone, people.invitation(office))
    people.sign_on(phone, people.personal_code(office, "采样一"))
    page.goto("/first/")
    assert page.locator("li .signal-yes").count() == 4
    office.must_be_clean()
    phone.must_be_clean()


def test_the_pages_of_the_first_hour_are_clean_and_accessible(chromium, empty):
    server, password = empty
    office = chromium.open(server.url)
    people.log_in(office, "office", password)
    for lang in ("zh", "bo", "en"):
        people.speak(office, lang)
        for address in ("/first/", "/places/", "/team/", "/outbreaks/", "/outbreaks/open/"):
            office.page.goto(address)
            office.must_be_accessible()
    office.must_be_clean()
