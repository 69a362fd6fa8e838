"""What reports are given: the same numbers as the board, rows that say nothing twice."""

import pytest

from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.tables import Kind
from zhegu.lib.tables.table import shown
from zhegu.lib.texts import has_text
from zhegu.registers.tests.make import person as registered
from zhegu.sampling import actions, queries
from zhegu.sampling.actions import TubeRef
from zhegu.sampling.ledgers import FIGURES, LEDGERS, people_table, walk_list
from zhegu.sampling.rules import Excuse, TubeResult
from zhegu.sampling.tests.make import Day, at, staff

pytestmark = pytest.mark.django_db
OFFERS = {offer.name: offer for offer in LEDGERS}


@pytest.fixture
def day() -> Day:
    day = Day().open().print_cards()
    day.take(day.people[0], card=day.card(day.people[0]))
    word = {"at": at(5), "community": day.community.code, "round": day.round.pk}
    items = [actions.Excused(**word, ref=new_id(), person=day.people[1].pk, reason=Excuse.AWAY)]
    actions.excuse(by=day.scope.actor, scope=day.scope, items=items)
    return day


def ledger(day: Day, name: str, scope=None):
    return OFFERS[name].at(scope or day.scope, clock.now(), round=day.round.pk, community=day.community)


def test_board_and_coverage_ledger_are_one(day: Day):
    whole = queries.coverage(day.scope, day.round).whole
    totals = ledger(day, "sampling.coverage").totals
    assert (totals["due"], totals["sampled"], totals["missing"], totals["tubes"], totals["cards_issued"]) == (
        whole.due, whole.done, whole.missing, whole.tubes, whole.cards,
    )  # fmt: skip
    assert (totals["away"], totals["not_sampled"], totals["rate"]) == (1, 5, pytest.approx(1 / 5))


def test_one_more_swab_moves_board_and_ledger_alike(day: Day):
    day.take(day.people[2])
    assert ledger(day, "sampling.coverage").totals["sampled"] == 2 == queries.coverage(day.scope, day.round).whole.done


@pytest.mark.parametrize("name", sorted(OFFERS))
def test_every_column_has_a_value_and_words(day: Day, name: str):
    found = ledger(day, name)
    assert found.rows
    for column in found.columns:
        assert has_text(column.label), column.label
        for row in found.rows:
            assert column.field in row
            if column.kind is not Kind.CHOICE or has_text(f"{column.words}{row[column.field]}"):
                shown(column, row[column.field], "zh")


def test_the_tube_register_lists_every_swab_in_its_tube(day: Day):
    tube = TubeRef(new_id(), "Z-2", 10)
    for position, who in enumerate(day.people[2:5], 1):
        day.take(who, tube=tube, position=position)
    rows = [row for row in ledger(day, "sampling.tube_register").rows if row["tube"] == "Z-2"]
    assert [(row["position"], row["name"]) for row in rows] == [(n, p.name) for n, p in enumerate(day.people[2:5], 1)]


def test_the_register_names_card_sampler_and_hand_over(day: Day):
    swab = queries.samples(day.scope, day.round)[0]
    actions.hand_over_tubes(
        by=day.scope.actor, scope=day.scope, round_=day.round, tubes=[swab.tube_id], to="laboratory",
        courier="driver", at=at(90), ref=new_id(),
    )  # fmt: skip
    row = ledger(day, "sampling.tube_register").rows[0]
    assert (row["sampler"], row["receiver"], row["courier"]) == (day.office.name, "laboratory", "driver")
    assert row["card"].startswith("1-001-000001-")


def test_results_stand_in_the_register_only_for_those_who_must_act(day: Day):
    swab = queries.samples(day.scope, day.round)[0]
    actions.record_results(
        by=day.scope.actor, scope=day.scope, round_=day.round, results={swab.tube_id: TubeResult.NEGATIVE},
        at=at(90), ref=new_id(),
    )  # fmt: skip
    assert ledger(day, "sampling.tube_register").rows[0]["result"] == "negative"
    from zhegu.accounts.queries import scope_of

    leader = scope_of(staff("head", "leader", day.community))
    assert ledger(day, "sampling.tube_register", leader).rows[0]["result"] == ""


def test_the_missing_are_listed_with_who_looks_after_them(day: Day):
    staff("mina", "grid_worker", day.grid(2))
    rows = ledger(day, "sampling.missing").rows
    assert [row["name"] for row in rows] == [p.name for p in day.people[2:]]
    assert [row["handled_by"] for row in rows] == ["Mina", "Mina", "", ""]


def test_an_observer_gets_no_rows_with_names(day: Day):
    from zhegu.accounts.queries import scope_of

    observer = scope_of(staff("watch", "observer", day.community))
    assert ledger(day, "sampling.missing", observer).rows == ()
    assert ledger(day, "sampling.tube_register", observer).rows == ()
    assert ledger(day, "sampling.coverage", observer).totals["sampled"] == 1


def test_figures_say_what_they_mean(day: Day):
    found = FIGURES[0].read(day.scope, as_of=clock.now(), round=day.round)
    assert {f.name.removeprefix("sampling."): f.value for f in found}["missing"] == 4
    assert all(has_text(f.unit) and has_text(f.definition) for f in found)


def test_lists_on_paper_mask_phones(day: Day):
    who = registered(day.community, "格桑", day.grid(1), phone="13989001234")
    day.add(who)
    found = queries.missing(day.scope, day.round)
    for table in (people_table(day.round, found), walk_list(day.round, found)):
        column = next(c for c in table.columns if c.field == "phone")
        said = {shown(column, row["phone"], "zh") for row in table.rows}
        assert "139****1234" in said and "13989001234" not in said


def test_the_register_takes_few_queries_for_many_swabs(django_assert_max_num_queries):
    day = Day(each=10).open()
    for who in day.people:
        day.take(who)
    with django_assert_max_num_queries(12):
        ledger(day, "sampling.tube_register")
        ledger(day, "sampling.missing")


def test_register_and_list_of_the_missing_reach_back_to_what_was_known(day: Day):
    """What arrives later, a swab, its taking back, a hand-over, a result, a word, changes no earlier answer."""

    def seen(as_of):
        names = ("sampling.tube_register", "sampling.missing")
        about = {"round": day.round.pk, "community": day.community}
        return [[dict(row) for row in OFFERS[name].at(day.scope, as_of, **about).rows] for name in names]

    swab = queries.samples(day.scope, day.round)[0]
    word = {"community": day.community.code, "round": day.round.pk, "at": at(20)}
    actions.note_missing(
        by=day.scope.actor, scope=day.scope,
        items=[actions.Noted(**word, ref=new_id(), person=day.people[3].pk, reason="not_home", comes_at=at(60))],
    )  # fmt: skip
    before, was = clock.now(), seen(clock.now())
    later = {"by": day.scope.actor, "scope": day.scope}
    day.take(day.people[2])
    actions.note_missing(
        **later, items=[actions.Noted(**word, ref=new_id(), person=day.people[3].pk, reason="refused")]
    )
    actions.excuse(
        **later, items=[actions.Excused(**word, ref=new_id(), person=day.people[4].pk, reason=Excuse.ILL)]
    )
    actions.hand_over_tubes(
        **later, round_=day.round, tubes=[swab.tube_id], to="laboratory", courier="driver", at=at(90), ref=new_id()
    )
    actions.record_results(
        **later, round_=day.round, results={swab.tube_id: TubeResult.NEGATIVE}, at=at(95), ref=new_id()
    )
    actions.undo_samples(
        **later, undos=[actions.UndoSample(ref=new_id(), at=at(96), community=day.community.code, said=b"", words={}, sample=swab.pk)]
    )
    now = seen(clock.now())
    assert seen(before) == was
    assert now != was and [row["name"] for row in now[0]] == [day.people[2].name]
    assert was[0][0]["result"] == "" and was[1][1]["reason"] == "not_home"
