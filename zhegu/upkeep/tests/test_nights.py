"""What has had its time is gone everywhere; what is held stays; the chain still stands."""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.server import Server
from zhegu.accounts.actions import record_look
from zhegu.accounts.models import Look, LookSubject, WrongPassword
from zhegu.journal import chain
from zhegu.journal.models import Body, Entry
from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Grant, NotFound, Scope
from zhegu.lib.upkeep import Job
from zhegu.outbreaks import actions as outbreaks
from zhegu.outbreaks import models
from zhegu.outbreaks.rules import Result, StandingKind
from zhegu.places.tests.make import A, B
from zhegu.sampling import queries as sampling
from zhegu.sampling.models import Line, Sample, Tally, Tube
from zhegu.sampling.tests.make import Day
from zhegu.upkeep import actions, nights, queries
from zhegu.upkeep.models import Hold, Night
from zhegu.upkeep.outside import offers

pytestmark = pytest.mark.django_db
ANA = Actor("staff", "ana")
WHOLE = Scope.everything("a test of the night")
CLOSED = MORNING + timedelta(days=10)
LAST = CLOSED + timedelta(days=30)
"""The last day on which everything is kept: closed at nine, and thirty full days after that day."""
NIGHT = LAST + timedelta(days=1)


@pytest.fixture(autouse=True)
def _no_sweeping(monkeypatch):
    """A test stands in a transaction, in which no database can be swept; the sweeping has its own test."""
    monkeypatch.setattr(nights, "sweep", lambda: None)


def over(code: str = A) -> Day:
    """A round with swabs, standings and results, and its outbreak closed."""
    day = Day(code).open().print_cards()
    for person in day.people[:3]:
        day.take(person)
    stood = outbreaks.SetStanding(day.people[0], StandingKind.CONTACT, MORNING, new_id())
    outbreaks.set_standings(by=ANA, outbreak=day.outbreak, acts=[stood])
    tested = outbreaks.RecordTest(day.people[0], Result.NEGATIVE, MORNING, new_id())
    outbreaks.record_tests(by=ANA, outbreak=day.outbreak, acts=[tested])
    outbreaks.close_outbreak(by=ANA, outbreak=day.outbreak, at=CLOSED, ref=new_id())
    return day


def left(day: Day) -> dict[str, int]:
    """What is left of people in the tables."""
    of = {"round__community": day.community}
    return {
        "samples": Sample.objects.filter(**of).count(), "lines": Line.objects.filter(**of).count(),
        "tubes": Tube.objects.filter(**of).count(),
        "standings": models.Standing.objects.filter(outbreak=day.outbreak).count(),
        "tests": models.Tested.objects.filter(outbreak=day.outbreak).count(),
        "words": Body.objects.filter(outbreak=day.outbreak.pk).exclude(purpose__in=["outbreak", "upkeep"]).count(),
    }  # fmt: skip


def night(at: datetime = NIGHT, day: Day | None = None) -> dict:
    return actions.destroy_expired(by=ANA, scope=WHOLE, community=day.community if day else None, at=at, ref=new_id())


def test_thirty_days_after_an_outbreak_its_people_are_gone_and_its_figures_stay():
    day = over()
    before = sampling.coverage(WHOLE, day.round)
    entries = Entry.objects.count()
    assert night(LAST, day) == {}
    assert all(left(day).values())
    gone = night(NIGHT, day)
    assert set(left(day).values()) == {0}
    assert gone["sampling.samples"] == 3 and gone["sampling.lines"] == len(day.people)
    after = sampling.coverage(WHOLE, day.round)
    assert (after.whole.done, after.whole.missing, after.whole.swabs) == (before.whole.done, before.whole.missing, before.whole.swabs)
    assert Tally.objects.exists() and Entry.objects.count() == entries + len(gone)


def test_the_journal_keeps_empty_shells_and_its_chain_stands():
    day = over()
    refs = set(Body.objects.filter(purpose="sampling").values_list("ref", flat=True))
    night(NIGHT, day)
    assert Entry.objects.filter(ref__in=refs).count() == len(refs) > 0
    assert not Body.objects.filter(ref__in=refs).exists()
    while chain.seal():
        pass
    assert {flaw.code for flaw in chain.verify(A).flaws} <= {"anchor_missing"}, "anchors are written at commit"
    told = Body.objects.filter(purpose="upkeep").first()
    assert told and str(day.people[0].id) not in told.content


def test_a_swab_sent_again_after_its_words_are_gone_gets_its_answer_again():
    day = over()
    open_again = Day(B).open()
    swab = open_again.swab(open_again.people[0])
    from zhegu.sampling import actions as acts

    first = acts.take_samples(by=ANA, scope=WHOLE, samples=[swab])[0]
    outbreaks.close_outbreak(by=ANA, outbreak=open_again.outbreak, at=CLOSED, ref=new_id())
    night(NIGHT, open_again)
    again = acts.take_samples(by=ANA, scope=WHOLE, samples=[swab])[0]
    assert (again.status, again.facts, again.new) == (first.status, first.facts, False)
    assert left(day)["samples"] == 3, "another community's night has not come"


def test_a_dry_run_says_what_goes_and_touches_nothing():
    day = over()
    rows = Entry.objects.count()
    said = {e.kept.name: e.rows.count() for e in queries.expired(WHOLE, day.community, NIGHT) if e.rows.count()}
    assert Entry.objects.count() == rows and all(left(day).values())
    assert night(NIGHT, day) == said


def hold(day: Day, **changes):
    facts = {"purpose": "", "outbreak": None, "until": date(2023, 6, 1), "at": CLOSED}
    facts["weighed"] = {"legality": "court asks", "necessity": "only copy", "security": "two people hold the key"}
    return actions.place_hold(by=ANA, community=day.community, ref=new_id(), **{**facts, **changes})


def test_what_is_held_stays_until_the_hold_is_lifted():
    day = over()
    held = Hold.objects.get(pk=hold(day, outbreak=day.outbreak.pk).facts["hold"])
    assert night(NIGHT, day) == {} and all(left(day).values())
    assert actions.lift_hold(by=ANA, hold=held, at=NIGHT, ref=new_id()).accepted
    assert actions.lift_hold(by=ANA, hold=held, at=NIGHT, ref=new_id()).reason == "upkeep.already_lifted"
    night(NIGHT, day)
    assert set(left(day).values()) == {0}


def test_a_hold_of_one_purpose_lets_the_others_go():
    day = over()
    hold(day, purpose="standing")
    night(NIGHT, day)
    found = left(day)
    assert found["standings"] and found["tests"] and not found["samples"] and not found["lines"]


def test_a_hold_of_another_outbreak_holds_nothing_here():
    day = over()
    other = models.Outbreak.objects.create(community=day.community, profile_id="other", profile=day.outbreak.profile, opened=MORNING)
    hold(day, outbreak=other.pk)
    night(NIGHT, day)
    assert set(left(day).values()) == {0}


def test_a_hold_ends_by_itself_on_its_day():
    day = over()
    hold(day, until=NIGHT.date())
    assert night(NIGHT, day) == {}
    assert night(NIGHT + timedelta(days=1), day)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"weighed": {"legality": "x", "necessity": " ", "security": "y"}}, "upkeep.not_weighed"),
        ({"purpose": "curiosity"}, "upkeep.no_such_purpose"),
        ({"until": CLOSED.date() - timedelta(days=1)}, "upkeep.hold_too_long"),
        ({"until": CLOSED.date() + timedelta(days=366)}, "upkeep.hold_too_long"),
    ],
)
def test_a_hold_wants_three_points_and_an_end(changes, reason):
    assert hold(over(), **changes).reason == reason
    assert not Hold.objects.exists()


def test_a_community_may_keep_things_longer_with_a_reason():
    day = over()
    for kept in ("sampling.samples", "sampling.lines", "sampling.tubes"):
        assert actions.set_period(by=ANA, community=day.community, kept=kept, days=60, reason="county asks", at=CLOSED, ref=new_id()).accepted
    night(NIGHT, day)
    assert left(day)["samples"] == 3 and not left(day)["standings"]
    night(NIGHT + timedelta(days=30), day)
    assert set(left(day).values()) == {0}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"kept": "nothing"}, "upkeep.no_such_thing"), ({"kept": "accounts.wrong_passwords"}, "upkeep.no_such_thing"),
     ({"days": -1}, "upkeep.days_out_of_range"), ({"days": 3651}, "upkeep.days_out_of_range"), ({"reason": " "}, "upkeep.reason_needed")],
)  # fmt: skip
def test_a_period_wants_a_thing_a_number_and_a_reason(changes, reason):
    facts = {"kept": "sampling.samples", "days": 60, "reason": "county asks", **changes}
    assert actions.set_period(by=ANA, community=over().community, at=CLOSED, ref=new_id(), **facts).reason == reason


def test_looks_go_after_a_year_with_whom_they_saw():
    day = over()
    record_look(day.scope, community=A, screen="person", fields=["phone"], people=[day.people[0].id], at=MORNING)
    night(MORNING + timedelta(days=365), day)
    assert Look.objects.count() == 1
    night(MORNING + timedelta(days=366), day)
    assert not Look.objects.exists() and not LookSubject.objects.exists()


def test_wrong_passwords_go_for_the_whole_house():
    WrongPassword.objects.create(username="x", address="1", at=MORNING)
    assert night(MORNING + timedelta(days=2)) == {"accounts.wrong_passwords": 1}
    assert Entry.objects.get().community == actions.EVERYWHERE


# --- the whole night


def test_a_night_is_worked_once_a_day_and_tells_how_it_went():
    day = over()
    done = nights.tonight(NIGHT)
    assert done and done["trouble"] == [] and done["destroyed"]["sampling.samples"] == 3
    assert nights.tonight(NIGHT + timedelta(hours=1)) is None
    assert Night.objects.get().destroyed == sum(done["destroyed"].values())
    assert set(left(day).values()) == {0}
    assert nights.tonight(NIGHT.replace(hour=2) + timedelta(days=1)) is None


def test_one_rooms_trouble_stops_no_other(monkeypatch, capsys):
    day = over()

    def breaks(at):
        raise RuntimeError("no")

    monkeypatch.setattr(offers, "jobs", lambda: (Job("broken.room", breaks),))
    done = nights.tonight(NIGHT)
    assert done and done["trouble"] == ["broken.room: RuntimeError"]
    assert set(left(day).values()) == {0}
    assert Night.objects.get().trouble == done["trouble"]


# --- who may know


def test_another_community_learns_nothing():
    day = over()
    chen = Scope(Actor("staff", "chen"), frozenset({Grant("office", B)}))
    placed = Hold.objects.get(pk=hold(day).facts["hold"])
    for ask in (
        lambda: queries.expired(chen, day.community, NIGHT),
        lambda: queries.expired(chen, None, NIGHT),
        lambda: queries.holds(chen, day.community, NIGHT),
        lambda: queries.hold(chen, placed.pk),
    ):
        with pytest.raises(NotFound):
            ask()


# --- bytes


@pytest.mark.sqlite
def test_no_byte_of_what_was_destroyed_stays_in_the_file(tmp_path: Path, demo_data: Path):
    folder = tmp_path / "data"
    shutil.copytree(demo_data, folder)
    server = Server(folder)
    server.zhegu("demo", "--day")
    canary = "CANARY-WORDS-ABOUT-SOMEONE"
    with closing(sqlite3.connect(folder / "zhegu.sqlite3", isolation_level=None)) as base:
        base.execute("UPDATE sampling_line SET reason_note = ?", (canary,))
        base.execute("UPDATE outbreaks_outbreak SET closed = '2020-01-01 00:00:00', opened = '2019-01-01 00:00:00'")
        lines = base.execute("SELECT count(*) FROM sampling_line").fetchone()[0]
    files = [folder / "zhegu.sqlite3", folder / "zhegu.sqlite3-wal"]
    held = b"".join(f.read_bytes() for f in files if f.exists())
    assert held.count(canary.encode()) >= lines > 1000, "looked into the wrong file"
    would = {line["kept"]: line["rows"] for line in map(json.loads, server.zhegu("nightly", "--dry-run").stdout.splitlines())}
    done = json.loads(server.zhegu("nightly").stdout)
    assert done["trouble"] == [] and done["destroyed"]["sampling.lines"] == would["sampling.lines"] == lines
    assert canary.encode() not in b"".join(f.read_bytes() for f in files if f.exists())
    verified = server.zhegu("journal", "verify").stdout.splitlines()
    assert all(json.loads(line)["flaws"] == [] for line in verified)
    assert json.loads(server.zhegu("nightly", "--if-due").stdout)["destroyed"] == {}
