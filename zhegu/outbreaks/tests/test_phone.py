"""Directives on the phones of those they are given to."""

from datetime import timedelta

import pytest

from zhegu.accounts.models import Role
from zhegu.accounts.queries import scope_of
from zhegu.accounts.tests.make import staff
from zhegu.journal.tests.make import MORNING
from zhegu.lib.duties import due
from zhegu.outbreaks import queries
from zhegu.outbreaks.duties import DUTIES
from zhegu.outbreaks.models import Directive, DirectiveFor
from zhegu.outbreaks.tests.make import directive_for, outbreak
from zhegu.places.tests.make import community
from zhegu.sync.tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def clock(monkeypatch):
    from zhegu.lib import clock

    monkeypatch.setattr(clock, "now", lambda: MORNING)


@pytest.fixture
def here():
    place = community()
    people = {name: staff(name, Role.SAMPLER, place) for name in ("bo", "dawa", "ana")}
    phone = make.phone(place, MORNING)
    on_it = {name: make.signed_on(phone, place, people[name], MORNING) for name in ("bo", "dawa")}
    return place, phone, people, on_it


def told(phone) -> list[dict]:
    return phone.pull(tables=["directive"])["tables"].get("directive", {}).get("put", [])


def test_whoever_signed_on_finds_what_is_asked_of_them_and_nobody_elses(here):
    place, phone, people, _ = here
    of = outbreak(place)
    directive_for(of, people["bo"], title="for bo", due=MORNING.date())
    directive_for(of, people["ana"], title="for ana, who has no phone")
    assert [(row["name"], row["staff"]) for row in told(phone)] == [("for bo", str(people["bo"].pk))]


def test_it_is_due_until_it_is_done_and_done_is_read_too(here):
    place, phone, people, on_it = here
    wanted = directive_for(outbreak(place), people["bo"], due=MORNING.date())
    (rule,), (row,) = DUTIES, told(phone)
    assert due(rule, row, MORNING) and due(rule, row, MORNING + timedelta(days=2)).late
    body = {"directive": wanted, "how": "done", "said": "twice a day"}
    (answer,) = phone.push(phone.item(on_it["bo"], "outbreaks.mark_directive", body, MORNING))
    assert answer["status"] == "accepted"
    (row,) = told(phone)
    assert row["read_at"] and row["done"] and row["said"] == "twice a day"
    assert due(rule, row, MORNING) is None


def test_who_is_not_asked_cannot_say_it_is_done(here):
    place, phone, people, on_it = here
    wanted = directive_for(outbreak(place), people["bo"])
    body = {"directive": wanted, "how": "done"}
    (answer,) = phone.push(phone.item(on_it["dawa"], "outbreaks.mark_directive", body, MORNING))
    assert answer["status"] == "refused"
    assert not DirectiveFor.objects.exclude(done=None).exists()


def test_withdrawn_or_over_it_is_on_no_phone(here):
    place, phone, people, _ = here
    of = outbreak(place)
    directive_for(of, people["bo"])
    Directive.objects.update(withdrawn=MORNING)
    assert told(phone) == []
    directive_for(of, people["bo"])
    of.closed = MORNING
    of.save()
    assert told(phone) == []


def test_the_office_sees_the_same(here):
    place, phone, people, on_it = here
    wanted = directive_for(outbreak(place), people["bo"])
    phone.push(phone.item(on_it["bo"], "outbreaks.mark_directive", {"directive": wanted, "how": "read"}, MORNING))
    assert queries.my_directive(scope_of(people["bo"]), wanted).read == MORNING
