"""Arrivals with real objects: written down, matched, decided, forgotten."""

from datetime import timedelta

import pytest

from zhegu.arrivals import actions, queries
from zhegu.arrivals.models import Arrival, Leg, Site, Worker
from zhegu.arrivals.retention import KEPT
from zhegu.arrivals.rules import Kind, Why
from zhegu.arrivals.tests.make import BY, Road, again
from zhegu.journal.models import Body
from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import NotFound
from zhegu.lib.upkeep import Due
from zhegu.outbreaks import actions as outbreaks
from zhegu.places.tests.make import B
from zhegu.registers.models import Person
from zhegu.registers.tests.make import id_number, person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def road() -> Road:
    return Road()


def test_everybody_of_a_party_stands_by_themselves_and_knows_the_others(road: Road):
    others = (actions.Traveller("次仁", "m", 1990), actions.Traveller("央金"))
    one = road.came(companions=others, via="那曲", phone="13912345678")
    rows = queries.waiting(road.office, road.community)
    assert sorted(row.name for row in rows) == ["卓玛", "央金", "次仁"] and {row.together for row in rows} == {3}
    assert {other.name for other in queries.party(road.office, one)} == {"次仁", "央金"}
    assert {row.came_from for row in rows} == {"拉萨"} and {row.phone for row in rows} == {"13912345678", ""}


def test_a_repeat_writes_nobody(road: Road):
    ref = new_id()
    said = {"ref": ref, "companions": (actions.Traveller("次仁"),)}
    first, second = road.come(**said), road.come(**said)
    assert first.facts == second.facts and not second.new and Arrival.objects.count() == 2


def test_numbers_are_sealed_in_the_table_and_in_the_journal(road: Road):
    one = road.came(id_number="54052619900101002X", phone="13912345678")
    stored = str(Arrival.objects.extra(select={"i": "id_number", "p": "phone"}).values_list("i", "p"))
    kept = str(list(Body.objects.filter(ref=one.pk).extra(select={"c": "content"}).values_list("c", flat=True)))
    assert "54052619900101002X" not in stored + kept and "13912345678" not in stored + kept


def test_who_may_write_down_whom(road: Road):
    assert road.come(scope=road.worker).accepted
    assert road.come(scope=road.worker, grid=2).reason == "arrivals.unknown_grid"
    assert road.come(scope=road.worker, grid=None).reason == "arrivals.unknown_grid"
    assert road.come(scope=road.keeper, grid=3).accepted and road.come(scope=road.keeper, grid=None).accepted
    assert road.come(grid=9).reason == "arrivals.unknown_grid"
    assert road.come(scope=Road(B).office).reason == "arrivals.unknown_grid"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"name": " "}, "name_needed"),
        ({"companions": (actions.Traveller(""),)}, "name_needed"),
        ({"came_from": " "}, "from_needed"),
        ({"arrived": MORNING + 2 * DAY}, "in_future"),
        ({"left": MORNING.date() + DAY}, "left_after_arrival"),
        ({"companions": tuple(actions.Traveller(str(n)) for n in range(21))}, "too_many"),
    ],
)
def test_entries_that_are_refused(road: Road, said: dict, reason: str):
    assert road.come(**said).reason == f"arrivals.{reason}" and not Arrival.objects.exists()


def test_each_sees_only_their_own_and_a_gate_keeper_none(road: Road):
    road.came("一"), road.came("二", grid=2), road.came("三", grid=None)
    assert {one.name for one in queries.arrivals(road.office, road.community)} == {"一", "二", "三"}
    assert [one.name for one in queries.arrivals(road.worker, road.community)] == ["一"]
    with pytest.raises(NotFound):
        queries.arrivals(road.keeper, road.community)
    with pytest.raises(NotFound):
        queries.arrivals(Road(B).office, road.community)


def test_whoever_wrote_it_may_take_it_back_and_so_may_who_keeps_the_grid(road: Road):
    mine, theirs = road.came(scope=road.keeper, grid=1), road.came("次仁")
    assert road.undo(theirs, road.keeper).reason == "arrivals.unknown_arrival"
    assert road.undo(mine, road.keeper).accepted and road.undo(theirs, road.worker).accepted
    assert road.undo(mine).reason == "arrivals.undone_before"
    assert not queries.arrivals(road.office, road.community).exists()


def test_a_whole_entry_is_taken_back_but_for_those_somebody_has_decided_about(road: Road):
    one = road.came(companions=(actions.Traveller("次仁"), actions.Traveller("央金")))
    kept = Arrival.objects.get(name="央金")
    road.decide(kept, measure="")
    item = actions.UndoArrival(ref=new_id(), at=MORNING, arrival=one.pk, whole=True)
    assert actions.undo_arrivals(by=BY, scope=road.office, community=road.community, items=[item])[0].accepted
    assert [row.name for row in queries.arrivals(road.office, road.community)] == ["央金"]


# --- who it is


def test_a_valid_paper_says_who_it_is(road: Road):
    known = person(road.community, "卓玛", road.grid(1), id_number=id_number())
    assert road.came(id_number=id_number()).person == known
    assert road.came(id_number="54052619900101002X").person is None


def test_a_name_alone_is_asked_about(road: Road):
    known = person(road.community, "卓玛", road.grid(1), birth_year=1985)
    one = road.came(birth_year=1985)
    assert one.person is None and queries.candidates(road.office, one) == [known]
    assert road.link(one, known).accepted and again(one).person == known


def test_someone_new_is_added_as_what_they_are(road: Road):
    one = road.came(phone="13912345678", sex="f", birth_year=1985)
    assert road.link(one).accepted
    added = again(one).person
    assert (added.name, added.residence, added.grid, added.birth_year) == ("卓玛", "incomer", road.grid(1), 1985)
    back = road.came("次仁", kind=Kind.RETURNEE)
    assert road.link(back).accepted and again(back).person.residence == "resident"


def test_what_the_register_refuses_is_refused(road: Road):
    one = road.came(phone="x9")
    assert road.link(one).reason == "registers.phone_unreadable" and not Person.objects.exists()
    foreign = person(Road(B).community)
    assert road.link(one, foreign).reason == "registers.other_community"


def test_two_entries_of_one_name_are_noticed(road: Road):
    one, twin = road.came(), road.came(arrived=MORNING + DAY)
    road.came(arrived=MORNING - 9 * DAY, left=None)
    assert queries.alike(road.office, one) == [twin]


# --- what follows


def test_the_profile_proposes_by_where_they_were_and_when(road: Road):
    def proposed(**said) -> tuple[str, Why]:
        found = queries.proposal(road.office, road.came(**said), road.outbreak)
        return found.code, found.why

    assert proposed(risk="high") == ("arrival_high_risk", Why.FROM_AREA)
    assert proposed(risk="low") == ("arrival_low_risk", Why.FROM_AREA)
    assert proposed(risk="high", left=MORNING.date() - 7 * DAY) == ("arrival_high_risk", Why.FROM_AREA)
    assert proposed(risk="high", left=MORNING.date() - 8 * DAY) == ("", Why.TOO_LONG_AGO)
    assert proposed(risk="high", left=None) == ("arrival_high_risk", Why.FROM_AREA)
    assert proposed() == ("", Why.NO_RISK)
    assert queries.proposal(road.office, road.came(risk="high"), None).why == Why.NO_OUTBREAK


def test_somebody_decides_and_says_why_where_they_decide_otherwise(road: Road):
    one = road.came(risk="high")
    assert road.decide(one).reason == "arrivals.link_first"
    road.link(one)
    assert road.decide(one, measure="").reason == "arrivals.say_why"
    assert road.decide(one, measure="arrival_low_risk").reason == "arrivals.say_why"
    assert road.decide(one, measure="exile", why="x").reason == "monitoring.unknown_code"
    assert road.decide(one).accepted
    kept = again(one)
    assert (kept.measure, kept.decided_by) == ("arrival_high_risk", BY.key)
    assert (kept.laid.person, kept.laid.day0, kept.laid.holds) == (kept.person, MORNING.date(), True)
    assert road.decide(one).reason == "arrivals.decided_before"
    assert road.undo(one).reason == "arrivals.decided_before"
    assert not queries.waiting(road.office, road.community).exists()


def test_what_the_profile_does_not_propose_waits_for_a_second_person(road: Road):
    one = road.came()
    road.link(one)
    answer = road.decide(one, why="同车有病例")
    assert answer.facts["waits"] and again(one).laid.waits and "同车有病例" in again(one).laid.evidence


def test_whoever_comes_twice_stays_under_the_measure_they_are_under(road: Road):
    first, second = road.came(risk="high"), road.came(risk="high")
    road.link(first), road.link(second, again(first).person)
    assert road.decide(first).facts["measure"] == road.decide(second).facts["measure"]


def test_nobody_is_put_under_a_measure_before_they_have_come(road: Road):
    one = road.came(risk="high", arrived=MORNING + DAY)
    road.link(one)
    assert road.decide(one).reason == "monitoring.in_future" and again(one).decided is None


def test_nothing_begins_without_an_outbreak(road: Road):
    other = Road(B, rules=None)
    one = other.came()
    other.link(one)
    assert other.decide(one, why="x").reason == "arrivals.no_outbreak"
    assert other.decide(one, measure="").accepted


def test_no_measure_can_be_thought_over(road: Road):
    one = road.came()
    reopen = {"by": BY, "at": MORNING}
    assert actions.reopen(**reopen, arrival=one, ref=new_id()).reason == "arrivals.not_decided"
    road.decide(one, measure="")
    assert actions.reopen(**reopen, arrival=again(one), ref=new_id()).accepted
    road.link(one)
    road.decide(one, why="来自疫区")
    assert actions.reopen(**reopen, arrival=again(one), ref=new_id()).reason == "arrivals.measure_begun"


def test_where_they_were_is_kept_only_under_a_measure(road: Road):
    one = road.came(risk="high")

    def leg(place: str = "市场", later: int = 0):
        day = MORNING.date() + later * DAY
        return actions.record_leg(by=BY, arrival=one, leg=actions.NewLeg(day, place), at=MORNING, ref=new_id())

    assert leg().reason == "arrivals.only_under_a_measure"
    road.link(one), road.decide(one)
    assert leg(" ").reason == "arrivals.place_needed" and leg(later=1).reason == "arrivals.in_future"
    kept = leg()
    assert kept.accepted and Leg.objects.get().place == "市场"
    assert "市场" not in str(list(Body.objects.values_list("content", flat=True)))
    gone = {"by": BY, "arrival": one, "leg": kept.ref, "at": MORNING}
    assert actions.remove_leg(**gone, ref=new_id()).accepted and not Leg.objects.exists()
    assert actions.remove_leg(**gone, ref=new_id()).reason == "arrivals.unknown_leg"


# --- how long


def expired(road: Road, name: str, before) -> int:
    return next(one for one in KEPT if one.name == name).expired(Due(road.community, before)).count()


def test_arrivals_end_with_their_outbreak_and_whereabouts_sooner(road: Road):
    one = road.came(risk="high")
    road.link(one), road.decide(one)
    actions.record_leg(by=BY, arrival=one, leg=actions.NewLeg(MORNING.date(), "市场"), at=MORNING, ref=new_id())
    assert expired(road, "arrivals.legs", MORNING) == 0 and expired(road, "arrivals.legs", MORNING + DAY) == 1
    assert expired(road, "arrivals.arrivals", MORNING + 99 * DAY) == 0
    road.outbreak.closed = MORNING
    road.outbreak.save()
    assert expired(road, "arrivals.arrivals", MORNING + DAY) == 1 and expired(road, "arrivals.words", MORNING + DAY) == 4


# --- sites


def site(road: Road, name: str = "水电站", **more) -> Site:
    new = actions.NewSite(name, **more)
    answer = actions.add_site(by=BY, community=road.community, site=new, at=MORNING, ref=new_id())
    assert answer.accepted, answer
    return Site.objects.select_related("community").get(pk=answer.facts["site"])


def test_people_work_at_a_site_until_they_leave(road: Road):
    where, who = site(road, grid=road.grid(1)), person(road.community)
    new = actions.NewWorker(who, MORNING.date(), "四川", "3栋")

    def add():
        return actions.add_worker(by=BY, site=where, worker=new, at=MORNING, ref=new_id())

    assert add().accepted and add().reason == "arrivals.works_there"
    row = Worker.objects.select_related("site__community").get()
    left = {"by": BY, "worker": row, "at": MORNING}
    assert actions.worker_left(**left, day=MORNING.date() - DAY, ref=new_id()).reason == "arrivals.left_before_coming"
    assert actions.worker_left(**left, day=MORNING.date(), ref=new_id()).accepted
    assert actions.worker_left(**left, day=MORNING.date(), ref=new_id()).reason == "arrivals.left_before"
    assert add().accepted
    assert expired(road, "arrivals.workers", MORNING + DAY) == 1
    actions.close_site(by=BY, site=where, day=MORNING.date(), at=MORNING, ref=new_id())
    assert add().reason == "arrivals.site_closed" and not Worker.objects.filter(left=None).exists()


def test_sites_of_one_name_and_of_foreign_grids_are_refused(road: Road):
    known = site(road)
    for new, reason in (
        (actions.NewSite("水电站"), "site_name_taken"), (actions.NewSite(" "), "site_name_needed"),
        (actions.NewSite("x", grid=Road(B).grid(1)), "unknown_grid"),
    ):  # fmt: skip
        answer = actions.add_site(by=BY, community=road.community, site=new, at=MORNING, ref=new_id())
        assert answer.reason == f"arrivals.{reason}"
    to = actions.NewSite("水电站", leave_ban=True)
    assert actions.change_site(by=BY, site=known, to=to, at=MORNING, ref=new_id()).accepted
    assert Site.objects.get().leave_ban and queries.sites(road.worker, road.community).count() == 0


def test_risk_areas_of_the_day_count_beside_what_was_said(road: Road):
    def risk(name: str, level: str, since: int) -> None:
        new = outbreaks.NewRisk(name, level, MORNING.date() + since * DAY, "通报", MORNING, new_id())
        assert outbreaks.set_risks(by=BY, outbreak=road.outbreak, risks=[new])[0].accepted

    risk("拉萨市", "high", -3), risk("那曲市", "low", -9)
    assert queries.proposal(road.office, road.came(), road.outbreak).code == "arrival_high_risk"
    early = road.came(left=MORNING.date() - 4 * DAY)
    assert queries.proposal(road.office, early, road.outbreak).why == Why.NO_RISK
    by_way = queries.proposal(road.office, road.came(came_from="青海", via="那曲市、当雄"), road.outbreak)
    assert (by_way.code, by_way.been.place, by_way.been.left) == ("arrival_low_risk", "那曲市", MORNING.date())
    assert queries.proposal(road.office, road.came(risk="low"), road.outbreak).been.risk == "high"


def test_part_of_a_place_is_asked_about(road: Road):
    new = outbreaks.NewRisk("拉萨市城关区", "high", MORNING.date() - 3 * DAY, "通报", MORNING, new_id())
    outbreaks.set_risks(by=BY, outbreak=road.outbreak, risks=[new])
    found = queries.proposal(road.office, road.came(), road.outbreak)
    assert found.measure is None and found.ask == ("拉萨市城关区",)
