"""Teams that another unit sent: their unit, their people, their days."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role, StationedTeam
from zhegu.accounts.tests.make import staff
from zhegu.lib import clock
from zhegu.places.tests.make import A, B, community

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    place = community(A)
    office = staff("ana", Role.OFFICE, place)
    client = Client()
    client.force_login(office)
    return client, place, [staff(f"sent{n}", Role.GRID_WORKER, place) for n in range(3)]


def said(members, **changes):
    return {"home_unit": "市委宣传部", "begins": "2022-08-10", "ends": "", "member": [str(m.pk) for m in members], **changes}


def page(client, lang="zh"):
    client.cookies["zhegu_language"] = lang
    return client.get(reverse("accounts:team")).content.decode()


def test_a_team_is_recorded_changed_and_goes(here):
    client, _, sent = here
    client.post(reverse("accounts:keep_team"), said(sent[:2]))
    team = StationedTeam.objects.get()
    assert (team.home_unit, team.begins, team.ends, set(team.members.all())) == ("市委宣传部", date(2022, 8, 10), None, set(sent[:2]))
    for lang in ("zh", "bo", "en"):
        assert "市委宣传部" in page(client, lang)
    client.post(reverse("accounts:keep_team"), said(sent[1:], team=str(team.pk), begins="2022-08-12"))
    team.refresh_from_db()
    assert StationedTeam.objects.count() == 1 and team.begins == date(2022, 8, 12) and set(team.members.all()) == set(sent[1:])
    client.post(reverse("accounts:end_team"), {"team": str(team.pk)})
    team.refresh_from_db()
    assert team.ends == clock.local(clock.now()).date()


def test_a_stay_that_is_over_asks_for_the_roles_back(here):
    client, _, sent = here
    today = clock.local(clock.now()).date()
    client.post(reverse("accounts:keep_team"), said(sent, ends=(today + timedelta(1)).isoformat()))
    assert "请收回不再需要的职责" not in page(client)
    StationedTeam.objects.update(ends=today - timedelta(1))
    assert "请收回不再需要的职责" in page(client)


def test_whoever_holds_no_role_any_more_stays_in_the_team(here):
    client, _, sent = here
    client.post(reverse("accounts:keep_team"), said(sent))
    team = StationedTeam.objects.get()
    client.post(reverse("accounts:leave", args=[sent[0].pk]))
    assert f'value="{sent[0].pk}" checked' in page(client)
    client.post(reverse("accounts:keep_team"), said(sent, team=str(team.pk), ends="2022-09-12"))
    team.refresh_from_db()
    assert team.ends == date(2022, 9, 12) and set(team.members.all()) == set(sent)
    client.post(reverse("accounts:keep_team"), said(sent[:1], home_unit="别处"))
    assert StationedTeam.objects.count() == 1, "whoever left joins no new team"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"home_unit": " "}, "派出单位"), ({"member": []}, "队员"), ({"ends": "2022-08-09"}, "早于"),
        ({"begins": "八月十日"}, "日期看不懂"), ({"begins": ""}, "日期看不懂"), ({"home_unit": "字" * 81}, "太长"),
    ],
)  # fmt: skip
def test_what_cannot_be_recorded_is_refused_in_words(here, change, why):
    client, _, sent = here
    client.cookies["zhegu_language"] = "zh"
    answer = client.post(reverse("accounts:keep_team"), {**said(sent), **change}, follow=True)
    assert why in answer.content.decode() and not StationedTeam.objects.exists()


def test_a_double_click_records_one_team(here):
    client, _, sent = here
    form = said(sent, ref="01900000-0000-7000-8000-000000000007")
    for _ in range(2):
        client.post(reverse("accounts:keep_team"), form)
    assert StationedTeam.objects.count() == 1


def test_another_community_and_other_roles_come_near_none(here):
    client, _, sent = here
    client.post(reverse("accounts:keep_team"), said(sent))
    team = StationedTeam.objects.get()
    stranger, worker = Client(), Client()
    stranger.force_login(staff("eve", Role.OFFICE, community(B)))
    worker.force_login(sent[0])
    for other in (stranger, worker):
        assert other.post(reverse("accounts:end_team"), {"team": str(team.pk)}).status_code == 404
        assert other.post(reverse("accounts:keep_team"), said(sent, team=str(team.pk))).status_code == 404
    team.refresh_from_db()
    assert team.ends is None
    assert client.post(reverse("accounts:end_team"), {"team": "nobody"}).status_code == 404
