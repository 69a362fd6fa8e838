"""Gates and crossings with real objects."""

from datetime import date, time, timedelta

import pytest

from zhegu.cards.models import IssuedCard
from zhegu.cards.tests.make import blank, issued
from zhegu.checkpoints import actions, queries
from zhegu.checkpoints.models import Crossing, DayCount, Gate
from zhegu.checkpoints.nightly import count_days
from zhegu.checkpoints.retention import KEPT
from zhegu.checkpoints.rules import Ask, Direction, Errand, Outcome, Recheck, Vehicle, Why
from zhegu.checkpoints.tests.make import BY, Roads, row
from zhegu.journal.models import Body
from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Grant, NotFound, Scope
from zhegu.lib.upkeep import Due
from zhegu.outbreaks import actions as outbreaks
from zhegu.outbreaks.rules import LAPSE_AFTER, Phase
from zhegu.outbreaks.tests.make import outbreak
from zhegu.places.tests.make import B

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def roads() -> Roads:
    return Roads()


def test_a_crossing_keeps_the_plate_as_typed_and_one_to_compare(roads: Roads):
    kept = row(roads.cross(plate=" 藏c·1234O "))
    assert (kept.plate, kept.plate_key, kept.people, kept.gate_id) == ("藏c·1234O", "藏C12340", 2, roads.east.pk)


def test_numbers_are_sealed_in_the_table_and_in_the_journal(roads: Roads):
    answer = roads.cross(id_number="54052619900101002X", phone="13912345678")
    assert row(answer).id_number == "54052619900101002X"
    stored = str(Crossing.objects.filter(pk=answer.ref).extra(select={"i": "id_number", "p": "phone"}).values_list("i", "p"))
    kept = Body.objects.filter(ref=answer.ref).extra(select={"c": "content"}).values_list("c", flat=True)
    assert "54052619900101002X" not in stored + str(list(kept)) and "13912345678" not in stored + str(list(kept))


def test_a_repeat_writes_nothing(roads: Roads):
    ref = new_id()
    first, again = roads.cross(ref=ref), roads.cross(ref=ref)
    assert first.facts == again.facts and not again.new and Crossing.objects.count() == 1


def test_a_keeper_writes_only_at_their_own_gate(roads: Roads):
    assert roads.cross(roads.keeper).accepted
    assert roads.cross(roads.keeper, gate=roads.west.pk).reason == "checkpoints.unknown_gate"
    patrol = Scope(BY, frozenset({Grant("sampler", roads.community.code)}))
    assert roads.cross(patrol).reason == "checkpoints.unknown_gate"
    assert roads.cross(gate=Roads(B).east.pk).reason == "checkpoints.unknown_gate"


def test_a_reason_has_to_fit_the_outcome(roads: Roads):
    assert roads.cross(outcome=Outcome.PASS, why=Why.FEVER).reason == "checkpoints.why_does_not_fit"


def test_a_closed_gate_takes_what_was_written_down_before(roads: Roads):
    actions.close_gate(by=BY, gate=roads.east, at=MORNING, ref=new_id())
    assert roads.cross(at=MORNING - HOUR).accepted
    assert roads.cross(at=MORNING + HOUR).reason == "checkpoints.gate_closed"
    assert [gate.name for gate in queries.gates(roads.office, roads.community)] == ["西路口"]


def test_an_undone_crossing_counts_no_more_and_is_undone_once(roads: Roads):
    done = roads.cross()
    assert roads.undo(done.ref, roads.keeper).accepted
    assert roads.undo(done.ref).reason == "checkpoints.undone_before"
    assert queries.day_counts(roads.office, roads.community, MORNING.date(), MORNING.date(), MORNING) == {}
    west = roads.cross(gate=roads.west.pk)
    assert roads.undo(west.ref, roads.keeper).reason == "checkpoints.unknown_crossing"
    assert roads.undo(new_id()).reason == "checkpoints.unknown_crossing"


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (actions.NewGate(" "), "name_needed"),
        (actions.NewGate("东路口"), "name_taken"),
        (actions.NewGate("北", opens=time(8)), "both_hours"),
        (actions.NewGate("北", checks=("blood",)), "unknown_check"),
    ],
)
def test_gates_that_are_refused(roads: Roads, new: actions.NewGate, reason: str):
    answer = actions.add_gate(by=BY, community=roads.community, gate=new, at=MORNING, ref=new_id())
    assert answer.reason == f"checkpoints.{reason}" and Gate.objects.count() == 2


def test_a_gate_of_another_communitys_grid_is_refused(roads: Roads):
    new = actions.NewGate("北", place=Roads(B).grids[0])
    answer = actions.add_gate(by=BY, community=roads.community, gate=new, at=MORNING, ref=new_id())
    assert answer.reason == "checkpoints.unknown_place"


def test_a_gate_asks_its_own_list_else_the_outbreaks_else_the_houses(roads: Roads):
    house = queries.asks(roads.office, roads.east, None)
    assert [ask.code for ask in house][:2] == ["id_document", "health_code"] and house[3].limit == 373
    checks = [{"code": "temperature", "refuse_ge": 37.5}, {"code": "vaccination", "optional": True}]
    told = outbreak(roads.community, checkpoint={"checks": checks})
    assert queries.asks(roads.office, roads.east, told) == (Ask("temperature", False, 375), Ask("vaccination", True))
    own = actions.NewGate("东路口", checks=("mask", "temperature"), place=roads.grids[0])
    actions.change_gate(by=BY, gate=roads.east, to=own, at=MORNING, ref=new_id())
    changed = Gate.objects.get(pk=roads.east.pk)
    assert [ask.code for ask in queries.asks(roads.office, changed, told)] == ["mask", "temperature"]


def test_gates_hold_nobody_without_an_outbreak_in_routine_or_once_nobody_looks(roads: Roads):
    def until(at):
        return queries.restricted_until(roads.office, told, at)

    assert queries.restricted_until(roads.office, None, MORNING) is None
    told = outbreak(roads.community)
    assert until(MORNING) == MORNING + LAPSE_AFTER
    later = MORNING + timedelta(days=10)
    outbreaks.review(by=BY, outbreak=told, phase=Phase.CLOSED, why="有新病例", at=later, ref=new_id())
    assert until(later) == later + LAPSE_AFTER and until(later + LAPSE_AFTER) is None
    outbreaks.review(by=BY, outbreak=told, phase=Phase.ROUTINE, why="没有病例", at=later + timedelta(days=1), ref=new_id())
    assert until(later + timedelta(days=1)) is None


# --- decided offline


def test_a_truck_that_was_no_longer_on_the_list_is_found_out(roads: Roads):
    roads.allow(hours=2)
    allowed = {"plate": "藏A 77777", "why": Why.ALLOWED, "offline": True}
    assert roads.cross(**allowed, at=MORNING + HOUR).facts["recheck"] == Recheck.AGREES
    assert roads.cross(**allowed, at=MORNING + 2 * HOUR).facts["recheck"] == Recheck.NOT_ALLOWED
    assert roads.cross(**allowed | {"plate": "藏A66666"}).facts["recheck"] == Recheck.NOT_ALLOWED


def test_a_list_of_one_gate_does_not_count_at_another(roads: Roads):
    roads.allow(gate=roads.west.pk)
    allowed = {"plate": "藏A77777", "why": Why.ALLOWED}
    assert roads.cross(**allowed).facts["recheck"] == Recheck.NOT_ALLOWED
    assert roads.cross(**allowed, gate=roads.west.pk).facts["recheck"] == Recheck.AGREES


def test_a_withdrawn_card_is_found_out_from_the_moment_it_was_withdrawn(roads: Roads):
    serial = issued(roads.community, blank())[0]
    IssuedCard.objects.filter(serial=serial).update(revoked=MORNING)
    kid = bytes(IssuedCard.objects.select_related("key").get(serial=serial).key.kid).hex()
    card = {"card": "green", "card_serial": serial, "card_kid": kid, "offline": True}
    assert roads.cross(**card, at=MORNING - HOUR).facts["recheck"] == Recheck.AGREES
    assert roads.cross(**card, at=MORNING).facts["recheck"] == Recheck.CARD_WITHDRAWN
    assert roads.cross(**card | {"card_kid": "00"}).facts["recheck"] == Recheck.AGREES


def test_what_was_decided_offline_waits_until_somebody_looked(roads: Roads):
    agrees, differs = roads.cross(offline=True), roads.cross(why=Why.ALLOWED, offline=True)
    roads.cross()
    waiting = queries.to_reconcile(roads.office, roads.community)
    assert [one.pk for one in waiting] == [differs.ref, agrees.ref]

    def look(crossing, note=""):
        item = actions.Reconciled(crossing.ref, new_id(), note)
        return actions.reconcile(by=BY, community=roads.community, items=[item], at=MORNING)[0]

    assert look(agrees).accepted
    assert look(differs).reason == "checkpoints.say_what_follows"
    assert look(differs, "called the driver").accepted
    assert look(agrees).reason == "checkpoints.nothing_to_reconcile"
    assert not waiting.all().exists() and row(differs).note == "called the driver"


# --- who sees what, and how long


def test_keepers_see_24_hours_of_their_own_gate_and_leaders_no_names(roads: Roads):
    now = MORNING + 24 * HOUR
    roads.cross(at=MORNING), roads.cross(at=MORNING + HOUR, plate="藏C11111"), roads.cross(gate=roads.west.pk)
    assert [c.plate for c in queries.crossings(roads.keeper, roads.community, now)] == ["藏C11111"]
    assert queries.crossings(roads.office, roads.community, now).count() == 3
    leader = Scope(BY, frozenset({Grant("leader", roads.community.code)}))
    with pytest.raises(NotFound):
        queries.crossings(leader, roads.community, now)
    assert len(queries.day_counts(leader, roads.community, MORNING.date(), MORNING.date(), now)) == 2
    for stranger in (Scope(Actor("staff", "x")), Scope(BY, frozenset({Grant("office", B)})), Scope(BY, frozenset({Grant("sampler", roads.community.code)}))):
        with pytest.raises(NotFound):
            queries.gates(stranger, roads.community)
    outsider = Scope(BY, frozenset({Grant("office", B)}))
    assert not queries.crossings(outsider, roads.community, now).exists()


def test_inside_is_who_came_in_and_has_not_gone_out(roads: Roads):
    roads.cross(plate="青A00001", at=MORNING)
    roads.cross(plate="青A00002", at=MORNING)
    roads.cross(plate="青a·00002", direction=Direction.OUT, at=MORNING + HOUR, gate=roads.west.pk)
    roads.cross(plate="藏C00003", errand=Errand.HOME)
    roads.cross(plate="青A00004", outcome=Outcome.TURNED_BACK, why=Why.NO_PERMIT)
    roads.cross(plate="青A00005", at=MORNING - timedelta(days=15))
    roads.cross(plate="", vehicle=Vehicle.NONE)
    now = MORNING + 2 * HOUR
    assert [c.plate for c in queries.inside(roads.office, roads.community, now)] == ["青A00001"]
    assert queries.inside_count(roads.keeper, roads.community, now) == 1


def test_numbers_of_a_day_add_up(roads: Roads):
    roads.cross(people=4), roads.cross(direction=Direction.OUT, people=1), roads.cross(vehicle=Vehicle.NONE, people=3)
    roads.cross(outcome=Outcome.TURNED_BACK, why=Why.NO_PERMIT, people=2)
    roads.cross(outcome=Outcome.REFERRED_CLINIC, why=Why.FEVER, people=1)
    roads.cross(at=MORNING + timedelta(days=1))
    day = MORNING.date()
    found = queries.day_counts(roads.office, roads.community, day, day, MORNING + 30 * HOUR)
    assert found == {(day, roads.east.pk): queries.DayNumbers(1, 1, 7, 1, 2, 1, 1)}


def kept(name: str):
    return next(one for one in KEPT if one.name == f"checkpoints.{name}")


def test_who_was_turned_back_goes_after_3_days_and_still_counts(roads: Roads):
    done = roads.cross(outcome=Outcome.TURNED_BACK, why=Why.NO_PERMIT, phone="13912345678")
    roads.cross()
    one = kept("turned_back")
    rows = one.expired(Due(roads.community, MORNING + HOUR))
    assert list(one.refs(rows)) == [done.ref]
    one.destroy(rows)
    emptied = row(done)
    assert (emptied.name, emptied.plate, emptied.plate_key, emptied.phone, emptied.emptied) == ("", "", "", "", True)
    assert not rows.exists()
    assert queries.day_counts(roads.office, roads.community, MORNING.date(), MORNING.date(), MORNING)[MORNING.date(), roads.east.pk].turned_back == 2


def test_a_days_numbers_outlive_its_entries(roads: Roads):
    roads.cross(), roads.cross(at=MORNING + 2 * HOUR)
    before = queries.day_counts(roads.office, roads.community, MORNING.date(), MORNING.date(), MORNING + 30 * HOUR)
    night = MORNING + 24 * HOUR
    assert count_days(night) == {"days": 1} and DayCount.objects.get().vehicles_in == 2
    kept("crossings").expired(Due(roads.community, MORNING + HOUR)).delete()
    assert Crossing.objects.count() == 1
    count_days(night)
    assert queries.day_counts(roads.office, roads.community, MORNING.date(), MORNING.date(), night) == before
    Crossing.objects.all().delete()
    assert queries.day_counts(roads.office, roads.community, MORNING.date(), MORNING.date(), night) == before


def test_late_crossings_are_counted_the_next_night(roads: Roads):
    roads.cross(at=MORNING - 24 * HOUR), roads.cross()
    count_days(MORNING + 24 * HOUR)
    roads.cross(at=MORNING)
    count_days(MORNING + 25 * HOUR)
    assert {c.day: c.vehicles_in for c in DayCount.objects.all()} == {MORNING.date(): 2, date.fromordinal(MORNING.date().toordinal() - 1): 1}
