"""Merging and undoing: both rows come back exactly, whatever was said in between."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhegu.journal.tests.make import BO, MORNING
from zhegu.lib.ids import new_id
from zhegu.places.tests.make import B, community, grid
from zhegu.registers import actions, queries
from zhegu.registers.models import Merge, NameKey, Person
from zhegu.registers.tests.make import EVERYTHING, household, id_number, person

pytestmark = pytest.mark.django_db
SHOWN = (
    "name", "name_bo", "nickname", "sex", "birth_date", "birth_year", "id_number", "id_kind", "id_valid", "phone",
    "note", "relation", "residence", "household_id", "grid_id", "presence", "merged_into_id", "code", "filled",
)  # fmt: skip
INDEXES = ("id_index", "id_tail_index", "phone_index", "phone_tail_index")


def state(*people: Person) -> list[dict]:
    """Everything that is shown of these rows, with the keys under which they are found."""
    found = []
    for one in people:
        row = Person.objects.get(pk=one.pk)
        shown = {name: getattr(row, name) for name in SHOWN} | {name: bytes(getattr(row, name)) for name in INDEXES}
        shown["keys"] = sorted(NameKey.objects.filter(person=row).values_list("kind", "key"))
        found.append(shown)
    return found


def merge(kept: Person, dropped: Person, minutes: int = 0):
    answer = actions.merge_people(
        by=BO, kept=kept, dropped=dropped, at=MORNING + timedelta(minutes=minutes), ref=new_id()
    )
    return answer, Merge.objects.filter(pk=answer.facts.get("merge")).first()


def undo(done: Merge):
    return actions.undo_merge(by=BO, merge=done, at=MORNING + timedelta(hours=1), ref=new_id())


def change(one: Person, **changes):
    answer = actions.change_person(by=BO, person=one, changes=changes, at=MORNING, ref=new_id())
    assert answer.accepted, answer
    return answer


def test_the_kept_row_shows_what_only_the_other_had():
    here = community()
    kept = person(here, "次仁卓玛", birth_date=date(1960, 5, 1))
    dropped = person(here, "泽仁卓玛", grid=grid(here, 2), phone="13989000001", id_number=id_number(date(1960, 5, 1), 12))
    merge(kept, dropped)
    kept.refresh_from_db()
    assert (kept.name, kept.phone, kept.grid, kept.id_valid) == ("次仁卓玛", "13989000001", grid(here, 2), True)


def test_undo_brings_both_back_exactly():
    here = community()
    kept, dropped = person(here, "次仁卓玛"), person(here, "泽仁卓玛", grid=grid(here, 2), phone="13989000001", note="独居")
    before = state(kept, dropped)
    _, done = merge(kept, dropped)
    assert state(kept, dropped) != before
    assert undo(done).accepted
    assert state(kept, dropped) == before


def test_an_edit_of_what_was_filled_stays_with_the_kept_row():
    here = community()
    kept, dropped = person(here, "次仁卓玛"), person(here, "泽仁卓玛", phone="13989000001")
    _, done = merge(kept, dropped)
    change(kept, phone="13989000002")
    undo(done)
    assert [row["phone"] for row in state(kept, dropped)] == ["13989000002", "13989000001"]


def test_a_late_edit_of_the_dropped_row_shows_on_the_kept_one():
    here = community()
    kept, dropped = person(here, "次仁卓玛"), person(here, "泽仁卓玛", phone="13989000001")
    _, done = merge(kept, dropped)
    change(dropped, phone="13989000003")
    assert [row["phone"] for row in state(kept, dropped)] == ["13989000003", "13989000003"]
    undo(done)
    assert [row["phone"] for row in state(kept, dropped)] == ["", "13989000003"]


def test_a_phone_emptied_while_merged_is_not_filled_again():
    here = community()
    kept, dropped = person(here, "次仁卓玛"), person(here, "泽仁卓玛", phone="13989000001")
    _, done = merge(kept, dropped)
    change(kept, phone="")
    assert state(kept)[0]["phone"] == ""
    undo(done)
    assert [row["phone"] for row in state(kept, dropped)] == ["", "13989000001"]


def test_moving_the_kept_row_is_its_own_move():
    here = community()
    home = household(here, grid(here, 2))
    kept, dropped = person(here, "次仁卓玛"), person(here, "泽仁卓玛", household=home)
    _, done = merge(kept, dropped)
    move = actions.Move((Person.objects.get(pk=kept.pk),), MORNING, new_id(), grid=grid(here, 3))
    assert actions.move_people(by=BO, community=here, items=[move])[0].accepted
    undo(done)
    rows = state(kept, dropped)
    assert [row["grid_id"] for row in rows] == [grid(here, 3).pk, grid(here, 2).pk]


def test_three_rows_of_one_person_come_apart_in_any_order():
    here = community()
    rows = [person(here, "扎西", phone="13989000001"), person(here, "札西", note="独居"), person(here, "扎喜")]
    before = state(*rows)
    _, first = merge(rows[1], rows[0])
    _, second = merge(rows[2], rows[1], 1)
    assert state(rows[2])[0]["phone"] == "13989000001" and state(rows[2])[0]["note"] == "独居"
    undo(first)
    assert state(rows[2])[0]["phone"] == "" and state(rows[2])[0]["note"] == "独居"
    undo(second)
    assert state(*rows) == before


EDITS = st.lists(
    st.tuples(
        st.sampled_from([0, 1]),
        st.sampled_from([
            {"phone": "13989000004"}, {"phone": ""}, {"note": "慢性病"}, {"nickname": "老村长"}, {"nickname": ""},
            {"birth_date": date(1970, 1, 1)}, {"birth_date": None, "birth_year": 1971}, {"name": "达瓦"}, {"sex": "f"},
        ]),
    ),
    max_size=4,
)  # fmt: skip


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=EDITS, between=EDITS, after=EDITS)
def test_merging_and_undoing_leaves_only_the_edits(before, between, after):
    """Whatever was said before, while merged and after: the same as if nobody had merged."""
    here = community(f"5405261{new_id().int % 100000:05d}", grids=2)
    pairs = [
        (person(here, "次仁卓玛", grid=grid(here, 1)), person(here, "泽仁卓玛", phone="13989000001", sex="m", note="独居"))
        for _ in range(2)
    ]
    for merged, (kept, dropped) in zip((True, False), pairs, strict=True):
        for who, edit in before:
            change((kept, dropped)[who], **edit)
        _, done = merge(kept, dropped) if merged else (None, None)
        for who, edit in between:
            change((kept, dropped)[who], **edit)
        if merged:
            undo(done)
        for who, edit in after:
            change((kept, dropped)[who], **edit)
    one, other = ([{k: v for k, v in row.items() if k != "code"} for row in state(*pair)] for pair in pairs)
    assert one == other


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edit=EDITS.filter(bool))
def test_an_edit_that_arrives_before_or_after_the_merge_ends_the_same(edit):
    here = community(f"5405262{new_id().int % 100000:05d}", grids=1)
    ends = []
    for edit_first in (True, False):
        kept, dropped = person(here, "次仁卓玛"), person(here, "泽仁卓玛", phone="13989000001", note="独居")
        if edit_first:
            for who, said in edit:
                change((kept, dropped)[who], **said)
        _, done = merge(kept, dropped)
        if not edit_first:
            for who, said in edit:
                change((kept, dropped)[who], **said)
        undo(done)
        ends.append([{k: v for k, v in row.items() if k != "code"} for row in state(kept, dropped)])
    assert ends[0] == ends[1]


def test_both_codes_lead_to_the_kept_person_until_it_is_undone():
    here = community()
    kept, dropped = person(here, "次仁卓玛"), person(here, "泽仁卓玛")
    _, done = merge(kept, dropped)
    assert queries.person_by_code(EVERYTHING, here, dropped.code).pk == kept.pk
    assert {one.pk for one in queries.people(EVERYTHING, here)} == {kept.pk}
    assert [hit.person.pk for hit in queries.search(EVERYTHING, here, "泽仁卓玛")] == [kept.pk]
    undo(done)
    assert queries.person_by_code(EVERYTHING, here, dropped.code).pk == dropped.pk


def test_what_cannot_be_merged_is_refused():
    here = community()
    one, other = person(here, "扎西"), person(here, "札西")
    stranger = person(community(B), "扎西")
    assert merge(one, one)[0].reason == "registers.same_person"
    assert merge(one, stranger)[0].reason == "registers.other_community"
    _, done = merge(one, other)
    assert merge(one, other)[0].reason == "registers.already_merged"
    assert undo(done).accepted and undo(done).reason == "registers.already_undone"


def test_a_repeated_ref_merges_once():
    here = community()
    one, other = person(here, "扎西"), person(here, "札西")
    ref = new_id()
    answers = [actions.merge_people(by=BO, kept=one, dropped=other, at=MORNING, ref=ref) for _ in range(2)]
    assert answers[0].facts == answers[1].facts and not answers[1].new and Merge.objects.count() == 1
