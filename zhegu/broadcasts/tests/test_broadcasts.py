"""Announcements: written without anybody's name, approved by a leader, written down when they went out, F19, the day's figure."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.accounts.queries import scope_of
from zhegu.accounts.tests.make import staff
from zhegu.broadcasts import actions, ledgers, queries
from zhegu.broadcasts.models import Announcement, Play
from zhegu.broadcasts.rules import Channel, Spoken, lacks
from zhegu.broadcasts.tests.make import BY, WHOLE, announced, approved_in, written
from zhegu.journal.tests.make import MORNING
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import NotFound
from zhegu.lib.texts import has_text, text
from zhegu.places.models import Place
from zhegu.places.tests.make import B, community
from zhegu.registers.models import Person
from zhegu.reports import queries as reports
from zhegu.reports.outside.catalogue import catalogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Place:
    made = community()
    Person.objects.create(community=made, name="次仁多吉", added=MORNING)
    return made


def client(who) -> Client:
    made = Client()
    made.force_login(who)
    return made


@pytest.mark.parametrize(
    ("spoken", "zh", "bo", "missing"),
    [(Spoken.ZH, "x", "", False), (Spoken.BO, "x", "", True), (Spoken.BOTH, "x", "", True), (Spoken.BOTH, "x", "y", False)],
)
def test_nothing_is_said_in_a_language_it_is_not_written_in(spoken, zh, bo, missing):
    assert lacks(spoken, zh, bo) == missing


def test_everybody_hears_it_so_it_names_nobody(here):
    reasons = [written(here, **said).reason for said in (
        {"title": " "}, {"zh": " ", "bo": ""}, {"zh": "长" * 1001}, {"zh": "次仁·多吉确诊"}, {"zh": "电话 139 1234 5678"}, {"title": "次仁多吉"}, {},
    )]  # fmt: skip
    assert reasons == [f"broadcasts.{one}" for one in (
        "title_needed", "words_needed", "too_long", "names_somebody", "long_number", "names_somebody",
    )] + [""]  # fmt: skip


def test_it_goes_out_only_after_a_leader_approved_it(here):
    one = Announcement.objects.get(pk=written(here).facts["announcement"])
    assert announced(one).reason == "broadcasts.not_approved"
    office, leader = (staff(name, role, here) for name, role in (("ana", Role.OFFICE), ("lead", Role.LEADER)))

    def approve(who) -> str:
        return actions.approve(by=who.actor, scope=scope_of(who), announcement=one, at=clock.now(), ref=new_id()).reason

    assert [approve(office), approve(leader), approve(leader)] == ["broadcasts.unknown", "", "broadcasts.unknown"]
    assert announced(one).accepted
    assert announced(one, MORNING).reason == "broadcasts.not_approved", "it had not been approved by then"


def test_what_cannot_be_right_is_refused_and_what_is_over_goes_out_no_more(here):
    one = approved_in(here, bo="")
    wrong = [{"spoken": Spoken.BO}, {"spoken": Spoken.ZH, "place": " "}, {"spoken": Spoken.ZH, "minutes": 601}]
    assert [announced(one, **said).reason for said in wrong] == [
        f"broadcasts.{one}" for one in ("no_such_words", "place_needed", "wrong_number")
    ]
    assert announced(one, scope=scope_of(staff("dawa", Role.SAMPLER, here)), spoken=Spoken.ZH).reason == "broadcasts.unknown"
    assert actions.end(by=BY, scope=WHOLE, announcement=one, at=clock.now(), ref=new_id()).accepted
    assert announced(one, spoken=Spoken.ZH).reason == "broadcasts.unknown"


def test_f19_and_the_day_count_what_was_heard_and_not_taken_back(here):
    one, before = approved_in(here), clock.now()
    for said in ({}, {"channel": Channel.MOBILE}, {"channel": Channel.LEAFLET, "minutes": 0, "leaflets": 40}):
        announced(one, before, **said)
    today, now = clock.local_day(before), clock.now()
    table = reports.form_table(WHOLE, catalogue()["F19"], as_of=now, about={"community": here, "since": today, "until": today})
    assert table.totals == {"minutes": 10, "leaflets": 40} and {row["content"] for row in table.rows} == {"防疫提醒"}
    assert [figure.value for figure in ledgers.today(WHOLE, as_of=now, community=here)] == [2]
    play = queries.play(WHOLE, Play.objects.filter(channel=Channel.MOBILE).get().pk)
    answers = [actions.undo(by=BY, scope=WHOLE, play=play, at=clock.now(), ref=new_id()).reason for _ in range(2)]
    assert answers == ["", "broadcasts.unknown"]
    assert queries.heard(WHOLE, here, today, today, clock.now()) == 1 and queries.heard(WHOLE, here, today, today, now) == 2


def test_others_see_nothing_of_it(here):
    approved_in(here)
    for stranger in (staff("dawa", Role.SAMPLER, here), staff("chen", Role.OFFICE, community(B))):
        with pytest.raises(NotFound):
            queries.announcements(scope_of(stranger), here)


def test_from_writing_to_the_log_on_one_page(here):
    ana, lead, tashi = (client(staff(f"one-{role}", role, here)) for role in (Role.OFFICE, Role.LEADER, Role.PATROL))
    page = reverse("broadcasts:today")
    assert text("broadcasts.none", "zh") in tashi.get(page).content.decode()
    said = {"title": "通风", "zh": "多通风"}
    assert tashi.post(reverse("broadcasts:write"), said).status_code == 404
    assert text("broadcasts.waits", "zh") in ana.post(reverse("broadcasts:write"), said, follow=True).content.decode()
    one = Announcement.objects.get()
    assert ana.post(reverse("broadcasts:approve", args=[one.pk])).status_code == 404
    lead.post(reverse("broadcasts:approve", args=[one.pk]))
    went = {"channel": "loudspeaker", "place": "广场", "spoken": "zh", "minutes": "5"}
    address = reverse("broadcasts:announced", args=[one.pk])
    ahead = (clock.now() + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    assert [tashi.post(address, went | wrong).status_code for wrong in ({"channel": "owl"}, {"minutes": "x"}, {"at": ahead})] == [409] * 3
    assert text("broadcasts.heard_today", "zh", n=1) in tashi.post(address, went, follow=True).content.decode()
    form = ana.get(reverse("reports:period_form"), {"form": "F19"}).content.decode()
    assert text("broadcasts.channel_loudspeaker", "zh") in form and "One-Leader" in form
    tashi.post(reverse("broadcasts:undo", args=[Play.objects.get().pk]))
    ana.post(reverse("broadcasts:end", args=[one.pk]))
    assert text("broadcasts.heard_today", "zh", n=0) in ana.get(page).content.decode()


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_the_page_opens_in_every_language(here, lang):
    announced(approved_in(here))
    ana = client(staff("ana", Role.OFFICE, here))
    ana.cookies["zhegu_language"] = lang
    assert text("broadcasts.last_days", lang[:2]) in ana.get(reverse("broadcasts:today")).content.decode()


def test_every_word_has_its_text():
    assert all(has_text(f"broadcasts.channel_{one}") for one in Channel) and all(has_text(f"broadcasts.spoken_{one}") for one in Spoken)
