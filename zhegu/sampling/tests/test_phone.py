"""What phones pull and send: only their own grids, rows in the published form, commands as actions."""

import base64
import json
from hashlib import sha256

import pytest
from pydantic import TypeAdapter, ValidationError

from zhegu.lib.codes import new_resident_code
from zhegu.lib.ids import new_id
from zhegu.lib.phone import ParsedCommand
from zhegu.lib.scope import Actor, Scope
from zhegu.lib.texts import has_text
from zhegu.registers.models import Person
from zhegu.registers.tests.make import person as registered
from zhegu.sampling import actions
from zhegu.sampling.models import Line, Report, Sample
from zhegu.sampling.phone import COMMANDS, ROWS, TABLES
from zhegu.sampling.rules import StandingFacts, partition
from zhegu.sampling.tests.make import Day, at, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> Day:
    return Day().open().print_cards()


def rows(day: Day, table: str, scope: Scope | None = None) -> list[dict]:
    found = list(TABLES[table](scope or day.scope, day.community))
    assert len({row["id"] for row in found}) == len(found)
    json.dumps(found)
    return found


def on_phone(scope: Scope, device: str = "phone-1") -> Scope:
    return Scope(Actor("staff", scope.actor.id, device), scope.grants, "phone")


def send(day: Day, scope: Scope, kind: str, body: dict, minute: int = 5, ref=None):
    command = COMMANDS[kind]
    parsed = ParsedCommand(
        ref or new_id(), kind, day.community.code, scope.actor, at(minute), 1,
        command.schema.model_validate_json(json.dumps(body)), body, json.dumps(body).encode(),
    )  # fmt: skip
    return command.run(scope, [parsed])[0]


def test_rows_have_the_published_form(day: Day):
    day.take(day.people[0], card=day.card(day.people[0]))
    registered(day.community, "格桑", day.grid(1), phone="13989001234")
    for name, form in ROWS.items():
        TypeAdapter(list[form]).validate_json(json.dumps(rows(day, name)), strict=True)
        assert rows(day, name), name


def test_a_phone_gets_the_lines_of_its_own_grids_only(day: Day):
    lines = rows(day, "line", on_phone(day.sampler(2)))
    assert {row["grid"] for row in lines} == {2} and len(lines) == 2


@pytest.mark.parametrize("role", ["observer", "lab", "leader"])
def test_roles_that_do_not_sample_pull_no_names(day: Day, role: str):
    from zhegu.accounts.queries import scope_of

    assert rows(day, "line", on_phone(scope_of(staff("other", role, day.community)))) == []


def test_a_closed_round_is_told_without_its_roster(day: Day):
    actions.close_round(by=day.scope.actor, scope=day.scope, round_=day.round, at=at(50), ref=new_id())
    assert [row["state"] for row in rows(day, "round")] == ["closed"]
    assert rows(day, "line") == []


def test_no_row_holds_a_whole_phone_or_id_number(day: Day):
    who = registered(day.community, "格桑", day.grid(1), phone="13989001234", id_number="540526198503020115")
    day.add(who)
    told = json.dumps([rows(day, name) for name in TABLES], ensure_ascii=False)
    assert "13989001234" not in told and "540526198503020115" not in told
    assert next(row for row in rows(day, "line") if row["name"] == "格桑")["phone_tail"] == "1234"


def test_the_standing_of_a_row_follows_from_its_facts(day: Day):
    from zhegu.sampling.rules import Excuse, Gone

    day.take(day.people[0])
    word = {"at": at(5), "community": day.community.code, "round": day.round.pk}
    actions.excuse(
        by=day.scope.actor, scope=day.scope,
        items=[actions.Excused(**word, ref=new_id(), person=day.people[1].pk, reason=Excuse.ILL)],
    )
    actions.mark_gone(
        by=day.scope.actor, scope=day.scope,
        items=[actions.MarkedGone(**word, ref=new_id(), person=day.people[2].pk, how=Gone.MOVED)],
    )
    lines = rows(day, "line")
    assert {row["status"] for row in lines} == {"done", "excused", "moved", "missing"}
    for row in lines:
        assert row["status"] == partition(StandingFacts(bool(row["sample_ref"]), row["gone"], row["excuse"]))


def test_every_phone_can_tell_which_grid_a_code_belongs_to(day: Day):
    told = {row["grid"]: base64.b64decode(row["prefixes"]) for row in rows(day, "prefix", on_phone(day.sampler(1)))}
    assert set(told) == {1, 2, 3}
    for who in day.people:
        wanted = sha256(who.code.encode()).digest()[:6]
        packed = told[who.grid.no]
        assert wanted in {packed[n : n + 6] for n in range(0, len(packed), 6)}
    assert all(len(packed) == 12 for packed in told.values())


def test_the_prefixes_of_the_community_fit_in_twelve_kilobytes():
    day = Day(grids=15, each=0)
    Person.objects.bulk_create(
        Person(community=day.community, grid=day.grid(n % 15 + 1), name="x", code=new_resident_code(), added=at(0))
        for n in range(1871)
    )
    assert sum(len(base64.b64decode(row["prefixes"])) for row in rows(day, "prefix")) == 1871 * 6


def test_every_reason_has_words(day: Day):
    assert {row["key"]: has_text(row["key"]) for row in rows(day, "reason")} == {r["key"]: True for r in rows(day, "reason")}


def test_the_same_facts_give_the_same_rows(day: Day):
    assert [rows(day, name) for name in TABLES] == [rows(day, name) for name in TABLES]


def test_lines_take_the_same_few_queries_for_many_people(django_assert_max_num_queries):
    day = Day(each=30).open()
    with django_assert_max_num_queries(5):
        rows(day, "line")


# --- commands


def take(day: Day, who: Person, **changes) -> dict:
    card = day.card(who)
    body = {
        "round": str(day.round.pk), "person": str(who.pk), "position": 1, "at_home": False,
        "tube": {"id": str(new_id()), "label": "1-001", "ratio": 10},
        "card": {"serial": card.serial, "kid": card.kid},
    }  # fmt: skip
    return {**body, **changes}


def test_a_swab_from_a_phone_is_a_swab(day: Day):
    scope = on_phone(day.sampler(1))
    ref = new_id()
    answer = send(day, scope, "sampling.take_samples", take(day, day.people[0], at_home=True), ref=ref)
    assert answer.status == "accepted"
    sample = Sample.objects.get(pk=ref)
    assert (sample.taken_at, sample.taken_by, sample.device) == (at(5), scope.actor.key, "phone-1")
    row = next(row for row in rows(day, "line", scope) if row["person"] == str(day.people[0].pk))
    assert (row["status"], row["sample_ref"], row["at_home"]) == ("done", str(ref), True)
    assert row["serial"] == sample.serial


def test_every_command_runs(day: Day):
    scope = on_phone(day.sampler(1))
    who = {"round": str(day.round.pk), "person": str(day.people[0].pk), "seen": ""}
    sample = send(day, scope, "sampling.take_samples", take(day, day.people[0]))
    new = {"id": str(new_id()), "name": "某人", "birth_year": 1990, "sex": "f", "grid": 1, "phone": ""}
    for kind, body in [
        ("sampling.undo_sample", {"sample": str(sample.ref)}),
        ("sampling.note_missing", {**who, "reason": "will_come", "called": True, "comes_at": "2022-09-13T15:00:00+08:00"}),
        ("sampling.excuse", {**who, "reason": "ill"}),
        ("sampling.mark_gone", {**who, "how": "not_found"}),
        ("sampling.add_to_roster", {"round": str(day.round.pk), "reason": "not_registered", "new": new}),
        ("sampling.close_table", {"round": str(day.round.pk)}),
    ]:
        assert send(day, scope, kind, body).status == "accepted", kind
    assert Report.objects.get().device == "phone-1"
    assert Line.objects.filter(person=new["id"]).exists()


@pytest.mark.parametrize("kind", ["sampling.note_missing", "sampling.excuse", "sampling.mark_gone", "sampling.take_samples"])
def test_another_grid_is_refused_by_every_command(day: Day, kind: str):
    scope = on_phone(day.sampler(2))
    who = {"round": str(day.round.pk), "person": str(day.people[0].pk)}
    body = {
        "sampling.note_missing": {**who, "reason": "refused"}, "sampling.excuse": {**who, "reason": "ill"},
        "sampling.mark_gone": {**who, "how": "moved"}, "sampling.take_samples": take(day, day.people[0]),
    }[kind]  # fmt: skip
    assert (send(day, scope, kind, body).status, day.line(day.people[0]).standing) == ("refused", "missing")


def test_another_communitys_phone_finds_nothing(day: Day):
    other = Day("540526101002").open()
    answer = send(other, on_phone(other.sampler(1)), "sampling.take_samples", take(day, day.people[0]))
    assert (answer.status, answer.reason) == ("refused", "sampling.not_found")
    assert not Sample.objects.exists()


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("sampling.take_samples", {"extra": 1}),
        ("sampling.take_samples", {"tube": {"id": str(new_id()), "label": "x", "ratio": 7}}),
        ("sampling.take_samples", {"position": 0}),
        ("sampling.take_samples", {"card": {"serial": 1, "kid": "xyz"}}),
        ("sampling.take_samples", {"round": "not an id"}),
    ],
)
def test_a_body_of_another_form_is_refused(day: Day, kind: str, changes: dict):
    with pytest.raises(ValidationError):
        COMMANDS[kind].schema.model_validate_json(json.dumps(take(day, day.people[0], **changes)))


def test_other_needs_a_note_and_an_addition_names_one_person():
    who = {"round": str(new_id()), "person": str(new_id())}
    for kind, body in [
        ("sampling.excuse", {**who, "reason": "other"}),
        ("sampling.add_to_roster", {"round": who["round"], "reason": "visiting"}),
        ("sampling.note_missing", {**who, "reason": "will_come", "comes_at": "2022-09-13T15:00:00"}),
    ]:
        with pytest.raises(ValidationError):
            COMMANDS[kind].schema.model_validate_json(json.dumps(body))


def test_commands_on_one_person_or_tube_keep_their_order():
    body = COMMANDS["sampling.take_samples"].schema.model_validate(
        {"round": new_id(), "person": new_id(), "tube": {"id": new_id(), "label": "x", "ratio": 1}, "position": 1,
         "card": None, "at_home": False}
    )  # fmt: skip
    assert set(COMMANDS["sampling.take_samples"].records(body)) == {str(body.person), str(body.tube.id)}
    assert COMMANDS["sampling.undo_sample"].records is None
