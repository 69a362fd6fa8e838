"""Closing a round: phones report, the sums are compared, late facts still come in."""

import pytest

from zhegu.accounts import actions as accounts
from zhegu.accounts.models import Device
from zhegu.cards import queries as cards
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Scope
from zhegu.outbreaks import queries as outbreaks
from zhegu.sampling import actions, queries
from zhegu.sampling.actions import TableReport, TubeRef
from zhegu.sampling.models import Report, Sample, Tube
from zhegu.sampling.rules import TubeResult
from zhegu.sampling.tests.make import EVERYTHING, Day, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> Day:
    return Day().open().print_cards()


def phone(day: Day, no: int = 1, **changes) -> Device:
    facts = {
        "community": day.community, "name": f"phone {no}", "table_no": no, "token_hash": bytes([no]) * 32,
        "token_prefix": str(no), "enrolled_by": "x", "enrolled_at": at(-90), "expires": at(99999), "last_seen": at(0),
    }  # fmt: skip
    return Device.objects.create(**{**facts, **changes})


def on(day: Day, device: Device, *grids: int) -> Scope:
    """Someone at work on that phone."""
    scope = day.sampler(*grids)
    return Scope(Actor("staff", scope.actor.id, str(device.pk)), scope.grants, "phone")


def close(day: Day, minute: int = 100, **facts):
    return actions.close_round(
        by=day.scope.actor, scope=day.scope, round_=day.round, at=at(minute), ref=new_id(), **facts
    )


def report(day: Day, scope: Scope, minute: int = 90):
    item = TableReport(ref=new_id(), at=at(minute), community=day.community.code, round=day.round.pk)
    return actions.report_tables(by=scope.actor, scope=scope, items=[item])[0]


def state(day: Day, answer) -> str:
    sample = Sample.objects.get(pk=answer.ref)
    name = (bytes(sample.kid), sample.serial)
    return str(cards.states(EVERYTHING, day.community, [name])[name])


def test_a_round_waits_for_every_phone_that_knows_it(day: Day):
    device = phone(day)
    scope = on(day, device, 1)
    day.take(day.people[0], scope, card=day.card(day.people[0]))
    refused = close(day)
    assert (refused.reason, refused.facts["devices"]) == ("sampling.phones_to_report", [str(device.pk)])
    assert report(day, scope).accepted
    assert close(day).accepted


def test_a_swab_after_the_report_asks_for_another_report(day: Day):
    scope = on(day, phone(day), 1)
    report(day, scope, minute=10)
    day.take(day.people[0], scope, at=at(20), card=day.card(day.people[0]))
    assert close(day).reason == "sampling.phones_to_report"


def test_a_phone_written_off_by_name_is_waited_for_no_more(day: Day):
    device = phone(day)
    accounts.write_off_phone(by=day.scope.actor, device=device, reason="fell into the river", at=at(99), ref=new_id())
    assert close(day).accepted


def test_a_phone_that_said_just_now_that_nothing_waits_is_not_waited_for(day: Day):
    device = phone(day, emptied=at(80))
    assert close(day).reason == "sampling.phones_to_report"
    Device.objects.filter(pk=device.pk).update(emptied=at(95))
    assert close(day).accepted


def test_a_phone_that_never_heard_of_the_round_is_not_waited_for(day: Day):
    phone(day, 1, last_seen=None)
    phone(day, 2, last_seen=at(-40))
    assert close(day).accepted


def test_a_report_needs_a_phone_and_a_place_in_the_community(day: Day):
    assert report(day, day.scope).reason == "sampling.not_found"
    stranger = Day("540526101002")
    scope = Scope(Actor("staff", "x", "phone-x"), stranger.sampler(1).grants, "phone")
    item = TableReport(ref=new_id(), at=at(9), community=stranger.community.code, round=day.round.pk)
    assert actions.report_tables(by=scope.actor, scope=scope, items=[item])[0].reason == "sampling.not_found"
    assert not Report.objects.exists()


def test_cards_nobody_got_lapse_and_those_handed_out_stay(day: Day):
    taken = day.take(day.people[0], card=day.card(day.people[0]))
    assert close(day).facts["lapsed"] == 8
    assert state(day, taken) == "active"


def test_a_swab_taken_before_and_arriving_after_is_a_late_fact_and_its_card_counts(day: Day):
    close(day)
    late = day.take(day.people[0], at=at(50), card=day.card(day.people[0]))
    assert late.accepted and late.facts["card"] == "active" and state(day, late) == "active"
    assert queries.coverage(day.scope, day.round).whole.done == 1


def test_a_swab_taken_after_the_closing_is_refused_and_kept_aside(day: Day):
    close(day)
    answer = day.take(day.people[0], at=at(150), card=day.card(day.people[0]))
    assert (answer.reason, answer.facts["kept"]) == ("sampling.round_closed", "after_closing")
    whole = queries.coverage(day.scope, day.round).whole
    assert (whole.done, whole.swabs, whole.cards) == (0, 1, 0)
    assert [d.kind for d in queries.reconciliation(day.scope, day.round).differences] == ["swab_after_closing"]


def test_undo_and_late_sync_agree_in_both_orders(day: Day):
    """Undo before the swab, closing in between, or everything in its order: one result."""
    first, second = day.swab(day.people[0]), day.swab(day.people[1])
    day.undo(first.ref)
    actions.take_samples(by=day.scope.actor, scope=day.scope, samples=[second])
    close(day, note="one without a card")
    actions.take_samples(by=day.scope.actor, scope=day.scope, samples=[first])
    day.undo(second.ref, at=at(60))
    whole = queries.coverage(day.scope, day.round).whole
    assert (whole.done, whole.missing, whole.swabs, whole.tubes) == (0, 6, 0, 0)


def test_a_round_closes_once(day: Day):
    close(day)
    assert close(day).reason == "sampling.round_closed"


def test_only_the_office_closes(day: Day):
    scope = day.sampler(1, 2, 3)
    answer = actions.close_round(by=scope.actor, scope=scope, round_=day.round, at=at(9), ref=new_id())
    assert answer.reason == "sampling.not_found"


def test_the_sums_agree_or_each_difference_has_a_name(day: Day):
    tube = TubeRef(new_id(), "T", 10)
    day.take(day.people[0], tube=tube, card=day.card(day.people[0]))
    assert queries.reconciliation(day.scope, day.round).agrees
    day.take(day.people[1], tube=tube)
    day.take(day.people[0], tube=tube)
    books = queries.reconciliation(day.scope, day.round)
    assert (books.people, books.cards, books.swabs) == (2, 1, 3)
    assert {(d.kind, d.person) for d in books.differences} == {
        ("no_card", str(day.people[1].pk)),
        ("second_swab", str(day.people[0].pk)),
    }


def test_two_tubes_with_one_label_are_named(day: Day):
    for who in day.people[:2]:
        day.take(who, tube=TubeRef(new_id(), "same", 10))
    assert queries.reconciliation(day.scope, day.round).labels_twice == ("same",)


# --- tubes and results


def results(day: Day, wanted: dict, scope: Scope | None = None):
    scope = scope or day.scope
    return actions.record_results(
        by=scope.actor, scope=scope, round_=day.round, results=wanted, at=at(200), ref=new_id()
    )


def test_a_positive_mixed_tube_names_everyone_in_it_for_a_recheck(day: Day):
    tube = TubeRef(new_id(), "M", 10)
    for who in day.people[:3]:
        day.take(who, tube=tube)
    day.take(day.people[3], tube=TubeRef(new_id(), "N", 10))
    answer = results(day, {tube.id: TubeResult.POSITIVE})
    assert answer.facts == {"tubes": 1, "to_recheck": 3}
    assert {s.person_id for s in queries.to_recheck(day.scope, day.round)} == {p.pk for p in day.people[:3]}
    tests = outbreaks.last_tests(EVERYTHING, day.outbreak)
    assert {tests[p.pk].result for p in day.people[:3]} == {"grey"}


@pytest.mark.parametrize(("result", "person"), [("negative", "negative"), ("positive", "positive"), ("grey", "grey")])
def test_a_single_tube_speaks_of_one_person(day: Day, result: str, person: str):
    tube = TubeRef(new_id(), "S", 1)
    day.take(day.people[0], tube=tube)
    results(day, {tube.id: TubeResult(result)})
    assert outbreaks.last_tests(EVERYTHING, day.outbreak)[day.people[0].pk].result == person


def test_a_negative_tube_frees_everyone_in_it_and_a_later_word_corrects(day: Day):
    tube = TubeRef(new_id(), "M", 10)
    for who in day.people[:2]:
        day.take(who, tube=tube)
    results(day, {tube.id: TubeResult.GREY})
    assert results(day, {tube.id: TubeResult.NEGATIVE}).facts["to_recheck"] == 0
    assert not queries.to_recheck(day.scope, day.round)
    assert {t.result for t in outbreaks.last_tests(EVERYTHING, day.outbreak).values()} == {"negative"}


def test_results_are_for_laboratory_and_office(day: Day):
    day.take(day.people[0])
    tube = Tube.objects.get()
    assert results(day, {tube.pk: TubeResult.NEGATIVE}, day.sampler(1)).reason == "sampling.not_found"
    with pytest.raises(LookupError):
        queries.to_recheck(day.sampler(1), day.round)
    assert not queries.coverage(day.sampler(1), day.round).whole.results


def test_a_tube_is_handed_over_once(day: Day):
    day.take(day.people[0])
    tube = Tube.objects.get()

    def hand_over():
        return actions.hand_over_tubes(
            by=day.scope.actor, scope=day.scope, round_=day.round, tubes=[tube.pk], to="laboratory",
            courier="driver", at=at(90), ref=new_id(),
        )  # fmt: skip

    assert hand_over().facts["tubes"] == 1
    assert hand_over().reason == "sampling.handed_over_before"
    assert queries.coverage(day.scope, day.round).whole.sent_at == at(90)


def test_another_communitys_tube_is_not_found(day: Day):
    other = Day("540526101002").open()
    other.take(other.people[0])
    tube = Tube.objects.get(round=other.round)
    assert results(day, {tube.pk: TubeResult.NEGATIVE}).reason == "sampling.not_found"
