"""The frame: log-in, languages, and nothing for strangers."""

import re

import pytest
from django.test import Client

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import PASSWORD, staff
from zhegu.lib.texts import text
from zhegu.office import shell
from zhegu.places.tests.make import B, above, community, grid

pytestmark = pytest.mark.django_db


def log_in(username: str = "ana", password: str = PASSWORD, client: Client | None = None):
    return (client or Client()).post("/login/", {"username": username, "password": password})


def test_ana_logs_in():
    staff("ana", Role.OFFICE, community())
    answer = log_in()
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_wrong_password_is_told_in_the_readers_language():
    staff("ana", Role.OFFICE, community())
    client = Client()
    client.post("/language/", {"language": "bo", "next": "/login/"})
    answer = log_in(password="no", client=client)
    assert text("office.log_in_wrong", "bo") in answer.content.decode()


def test_ten_wrong_passwords_lock_the_name_even_for_the_right_one():
    staff("ana", Role.OFFICE, community())
    for _ in range(10):
        assert log_in(password="no").status_code == 200
    answer = log_in()
    assert answer.status_code == 429 and text("office.log_in_locked", "zh") in answer.content.decode()


def test_strangers_are_sent_to_the_log_in():
    answer = Client().get("/")
    assert answer.status_code == 302 and answer["Location"].startswith("/login/")


def test_someone_without_a_role_finds_nothing():
    community()
    client = Client()
    client.force_login(staff("nobody"))
    assert client.get("/").status_code == 404


def test_one_cannot_turn_to_another_community():
    chen = staff("chen", Role.OFFICE, community(B))
    here = community()
    client = Client()
    client.force_login(chen)
    assert client.post("/community/", {"community": here.code}).status_code == 404


@pytest.mark.parametrize(("language", "html"), [("zh", "zh-CN"), ("bo", "bo"), ("en", "en")])
def test_pages_say_their_language(language: str, html: str):
    client = Client()
    client.post("/language/", {"language": language, "next": "/login/"})
    answer = client.get("/login/")
    assert f'<html lang="{html}">' in answer.content.decode()


def test_the_way_back_stays_in_the_house():
    answer = Client().post("/language/", {"language": "bo", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_pages_carry_a_strict_policy():
    policy = Client().get("/login/")["Content-Security-Policy"]
    assert "unsafe-inline" not in policy and "'unsafe-eval'" not in policy and "default-src 'self'" in policy


def test_every_room_stands_under_a_heading():
    homeless = [name for name, _, _ in shell.ROOMS if not shell._group_of(name)]
    assert homeless == ["office:home"], "give the room's app a heading in zhegu/office/shell.py GROUPS"


def rooms(answer) -> dict[str, bool]:
    """The rooms the page offers, and whether one stands in each."""
    frame = re.search(r'<nav class="rooms.*?</nav>', answer.content.decode(), re.S)
    assert frame
    return {url: bool(here) for url, here in re.findall(r'<a href="([^"]+)"( aria-current="page")?', frame[0])}


@pytest.mark.parametrize("where", ["county", "community", "grid"])
@pytest.mark.parametrize("role", Role.values)
def test_whatever_room_is_offered_opens(role: str, where: str):
    """And where one stands, that room alone is marked."""
    here = community()
    place = {"county": above, "community": lambda: here, "grid": lambda: grid(here, 1)}[where]()
    client = Client()
    client.force_login(staff("ana", role, place))
    offered = list(rooms(client.get("/", follow=True)))
    assert offered
    for url in offered:
        answer = client.get(url, follow=True)
        assert answer.status_code == 200, url
        assert url == "/" or [room for room, here in rooms(answer).items() if here] == [url]


def test_whoever_works_above_reads_the_name_of_their_own_place():
    community()
    county, client = above(), Client()
    client.force_login(staff("ana", Role.OBSERVER, county))
    said = re.search(r'<span class="where">(.*?)</span>', client.get("/", follow=True).content.decode())
    assert said and said[1] == county.name


def test_a_browser_that_shows_a_print_finds_the_icon(client):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302 and answer["Location"].endswith(".svg")
