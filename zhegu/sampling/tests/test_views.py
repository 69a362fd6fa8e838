"""The office's pages, as those who may and those who may not see them."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import LookSubject, Role, Staff
from zhegu.journal.models import Entry
from zhegu.lib.ids import new_id
from zhegu.sampling import actions
from zhegu.sampling.actions import TablePlan, TubeRef
from zhegu.sampling.models import Line, Round, Seat, Slot, Tube
from zhegu.sampling.rules import SiteDuty
from zhegu.sampling.tests.make import Day, at, person, staff

pytestmark = pytest.mark.django_db


def client(member: Staff, lang: str = "en") -> Client:
    made = Client()
    made.force_login(member)
    made.cookies["zhegu_language"] = lang
    return made


@pytest.fixture
def day() -> Day:
    return Day().open().print_cards()


@pytest.fixture
def office(day: Day) -> Client:
    return client(day.office)


def page(visitor: Client, name: str, *args, **query) -> str:
    answer = visitor.get(reverse(f"sampling:{name}", args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


PAGES = ["round", "figures", "people", "missing", "add", "schedule", "cards", "tubes", "recheck", "closing", "conflicts"]


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_every_page_opens_in_every_language(day: Day, lang: str):
    day.take(day.people[0], card=day.card(day.people[0]))
    visitor = client(day.office, lang)
    for name in PAGES:
        page(visitor, name, day.round.pk)
    for name in ("rounds", "today", "open"):
        page(visitor, name)
    page(visitor, "line", day.round.pk, day.line(day.people[0]).pk)


@pytest.mark.parametrize("name", PAGES)
def test_another_community_is_not_found(day: Day, name: str):
    stranger = client(Day("540526101002").office)
    assert stranger.get(reverse(f"sampling:{name}", args=[day.round.pk])).status_code == 404


@pytest.mark.parametrize("name", [*PAGES, "hand_over", "results", "close"])
def test_whoever_is_not_logged_in_is_sent_to_the_log_in(day: Day, name: str):
    answer = Client().get(reverse(f"sampling:{name}", args=[day.round.pk]))
    assert answer.status_code in (302, 405)


@pytest.mark.parametrize("name", ["tubes", "recheck", "closing"])
def test_a_sampler_sees_no_tubes_results_or_closing(day: Day, name: str):
    sampler = client(staff("cho", Role.SAMPLER, day.grid(1)))
    assert sampler.get(reverse(f"sampling:{name}", args=[day.round.pk])).status_code == 404


def test_an_observer_sees_numbers_and_no_names(day: Day):
    observer = client(staff("watch", Role.OBSERVER, day.community))
    board = page(observer, "round", day.round.pk)
    assert "6" in board and day.people[0].name not in board and f"{day.round.pk}/people/" not in board
    for name in ("people", "missing"):
        assert observer.get(reverse(f"sampling:{name}", args=[day.round.pk])).status_code == 404


def test_a_grid_worker_sees_their_own_grid_only(day: Day):
    worker = client(staff("mina", Role.GRID_WORKER, day.grid(2)))
    listed = page(worker, "missing", day.round.pk)
    assert day.people[2].name in listed and day.people[0].name not in listed
    other = day.line(day.people[0])
    assert worker.get(reverse("sampling:line", args=[day.round.pk, other.pk])).status_code == 404


def test_the_board_says_who_is_still_missing_as_a_person_would(day: Day):
    day.take(day.people[0])
    assert "还差 5 人未采样" in page(client(day.office, "zh-hans"), "today")


def test_a_number_of_a_grid_leads_to_the_people_behind_it_where_they_may_be_named(day: Day, office: Client):
    day.take(day.people[0])
    shown = page(office, "round", day.round.pk)
    rows = dict(re.findall(r'<a href="([^"]+grid=[^"]+)">(\d+)</a>', shown))
    assert rows and all(int(n) for n in rows.values()), "a nought leads nowhere"
    for where, n in rows.items():
        behind = office.get(where.replace("&amp;", "&")).content.decode()
        assert len(behind.split('<tbody>')[1].split('</tbody>')[0].split('<tr>')) - 1 == int(n), where
    assert "grid=" not in page(client(staff("numbers", Role.OBSERVER, day.community)), "round", day.round.pk)


def test_an_unchanged_board_is_not_drawn_again(day: Day, office: Client):
    first = page(office, "round", day.round.pk)
    seen = re.search(r"seen=([0-9a-f]{16})", first).group(1)
    address = reverse("sampling:figures", args=[day.round.pk])
    assert office.get(address, {"seen": seen}).status_code == 204
    day.take(day.people[0])
    assert office.get(address, {"seen": seen}).status_code == 200


def test_a_shown_phone_number_is_on_record(day: Day, office: Client):
    who = person(day.community, day.grid(1), name="shown", phone="13989001234")
    day.add(who)
    listed = page(office, "missing", day.round.pk)
    assert "13989001234" not in listed and "139****1234" in listed
    shown = office.post(reverse("sampling:reveal", args=[day.round.pk, day.line(who).pk]), headers={"hx-request": "true"})
    assert "13989001234" in shown.content.decode()
    assert LookSubject.objects.filter(person=who.pk, look__screen="sampling.missing").count() == 1


def test_a_sampler_sees_no_whole_number(day: Day):
    sampler = client(staff("cho", Role.SAMPLER, day.grid(1)))
    address = reverse("sampling:reveal", args=[day.round.pk, day.line(day.people[0]).pk])
    assert sampler.post(address).status_code == 404


def test_called_and_comes_at_is_noted_in_the_row(day: Day, office: Client):
    line = day.line(day.people[0])
    form = {"say": "missing", "reason": "will_come", "called": "1", "comes_at": "14:30", "ref": str(new_id())}
    answer = office.post(reverse("sampling:say", args=[day.round.pk, line.pk]), form, headers={"hx-request": "true"})
    assert "14:30" in answer.content.decode()
    line.refresh_from_db()
    assert (line.reason, line.called, line.comes_at is not None) == ("will_come", True, True)


@pytest.mark.parametrize(
    ("form", "standing"),
    [
        ({"say": "excuse", "reason": "ill"}, "excused"),
        ({"say": "gone", "reason": "moved"}, "moved"),
        ({"say": "gone", "reason": "not_found"}, "not_found"),
        ({"say": "missing", "reason": "refused"}, "missing"),
    ],
)
def test_words_about_a_person_change_their_standing_and_can_be_taken_back(day: Day, office: Client, form, standing):
    line = day.line(day.people[0])
    address = reverse("sampling:say", args=[day.round.pk, line.pk])
    office.post(address, {**form, "ref": str(new_id())})
    assert day.line(day.people[0]).standing == standing
    office.post(address, {"say": "back", "ref": str(new_id())})
    assert day.line(day.people[0]).standing == "missing"


def test_the_office_takes_a_swab_back(day: Day, office: Client):
    answer = day.take(day.people[0])
    line = day.line(day.people[0])
    form = {"say": "undo", "sample": answer.facts["sample"], "ref": str(new_id())}
    office.post(reverse("sampling:say", args=[day.round.pk, line.pk]), form)
    assert day.line(day.people[0]).standing == "missing"


def opening(of: Day, **changes) -> dict:
    form = {
        "outbreak": str(of.outbreak.pk), "day": "2030-01-02", "from": "09:00", "to": "12:00", "ratio": "10",
        "tables": "2", "minutes_each": "1.5", "slot_minutes": "15", "table_1": "1", "table_2": "1", "table_3": "2",
        f"duty_1_{of.office.pk}": "registrar", "step": "open", "ref": str(new_id()),
    }  # fmt: skip
    return {**form, **changes}


def test_a_round_opens_after_a_look_at_its_roster():
    day = Day()
    office = client(day.office)
    look = office.post(reverse("sampling:open"), opening(day, step="look"))
    assert look.status_code == 200 and not Round.objects.exists()
    assert office.post(reverse("sampling:open"), opening(day)).status_code == 302
    made = Round.objects.get()
    assert made.lines.count() == 6 and [t.grids.count() for t in made.tables.all()] == [2, 1]
    assert sum(slot.people for slot in Slot.objects.all()) == 6
    assert [(seat.staff, seat.duty) for seat in made.tables.get(no=1).seats.all()] == [(day.office, "registrar")]


def test_a_round_does_not_open_while_someone_has_no_grid_unless_it_is_stated():
    day = Day()
    person(day.community, None, name="nowhere")
    office = client(day.office)
    refused = office.post(reverse("sampling:open"), opening(day))
    assert refused.status_code == 409 and "nowhere" in refused.content.decode()
    assert not Round.objects.exists()
    office.post(reverse("sampling:open"), opening(day, without_grid_reason="herders"))
    assert Round.objects.get().without_grid_reason == "herders"


@pytest.mark.parametrize(
    "changes", [{"ratio": "7"}, {"to": "08:00"}, {"day": "x"}, {"minutes_each": "0"}, {"infant_months": "-3"}]
)
def test_what_cannot_be_opened_is_said_and_nothing_opens(changes):
    day = Day()
    answer = client(day.office).post(reverse("sampling:open"), opening(day, **changes))
    assert 'role="alert"' in answer.content.decode() and not Round.objects.exists()


def test_a_double_click_opens_one_round():
    day, form = Day(), None
    office, form = client(day.office), opening(day)
    for _ in range(2):
        office.post(reverse("sampling:open"), form)
    assert Round.objects.count() == 1


def test_tubes_are_handed_over_and_come_back_as_results(day: Day, office: Client):
    day.take(day.people[0], tube=TubeRef(new_id(), "T-9", 10))
    tube = Tube.objects.get()
    form = {"tube": str(tube.pk), "to": "county laboratory", "courier": "a driver", "ref": str(new_id())}
    office.post(reverse("sampling:hand_over", args=[day.round.pk]), form)
    assert "county laboratory" in page(office, "tubes", day.round.pk)
    answer = office.post(
        reverse("sampling:results", args=[day.round.pk]), {f"result_{tube.pk}": "positive", "ref": str(new_id())}
    )
    assert answer.url == reverse("sampling:recheck", args=[day.round.pk])
    assert day.people[0].name in page(office, "recheck", day.round.pk)
    assert LookSubject.objects.filter(person=day.people[0].pk, look__screen="sampling.recheck").exists()


def test_results_are_not_shown_to_a_leader(day: Day, office: Client):
    day.take(day.people[0])
    office.post(
        reverse("sampling:results", args=[day.round.pk]),
        {f"result_{Tube.objects.get().pk}": "positive", "ref": str(new_id())},
    )
    leader = client(staff("head", Role.LEADER, day.community))
    assert "Positive" not in page(leader, "tubes", day.round.pk)
    assert leader.get(reverse("sampling:recheck", args=[day.round.pk])).status_code == 404


def test_a_recheck_round_opens_for_those_who_must_be_sampled_again(day: Day, office: Client):
    day.take(day.people[0])
    office.post(
        reverse("sampling:results", args=[day.round.pk]), {f"result_{Tube.objects.get().pk}": "grey", "ref": str(new_id())}
    )
    form = opening(day, ratio="1", tables="1", recheck_of=str(day.round.pk))
    assert office.post(reverse("sampling:open"), form).status_code == 302
    again = Round.objects.get(recheck_of=day.round)
    assert [line.person_id for line in again.lines.all()] == [day.people[0].pk]


def test_a_round_closes_when_the_sums_agree(day: Day, office: Client):
    day.take(day.people[0], card=day.card(day.people[0]))
    office.post(reverse("sampling:close", args=[day.round.pk]), {"ref": str(new_id())})
    day.round.refresh_from_db()
    assert day.round.closed_at
    assert "Closed" in page(office, "closing", day.round.pk)


def test_a_round_whose_sums_differ_closes_only_with_a_word_of_explanation(day: Day, office: Client):
    day.take(day.people[0])
    refused = office.post(reverse("sampling:close", args=[day.round.pk]), {"ref": str(new_id())})
    assert refused.status_code == 409 and day.people[0].name in refused.content.decode()
    office.post(reverse("sampling:close", args=[day.round.pk]), {"ref": str(new_id()), "note": "card torn"})
    day.round.refresh_from_db()
    assert day.round.difference_note == "card torn"


def test_someone_of_the_register_is_added_with_a_reason(day: Day, office: Client):
    from zhegu.registers.tests.make import person as registered

    newcomer = registered(day.community, "卓玛拉姆", day.grid(2))
    assert "卓玛拉姆" in page(office, "add", day.round.pk, q="卓玛")
    form = {"person": str(newcomer.pk), "reason": "came_back", "ref": str(new_id())}
    office.post(reverse("sampling:add", args=[day.round.pk]), form)
    assert Line.objects.get(person=newcomer).added_reason == "came_back"


def test_who_works_at_a_table_changes_while_the_round_is_open():
    day = Day()
    day.open(tables=[TablePlan(1, [day.grid(1)], [(day.office, SiteDuty.SAMPLER)])])
    cho = staff("cho", Role.SAMPLER, day.grid(1))
    office, page = client(day.office), reverse("sampling:schedule", args=[day.round.pk])
    address = reverse("sampling:seat_table", args=[day.round.pk, 1])
    assert f"duty_1_{cho.pk}" in office.get(page).content.decode()
    crew = {f"duty_1_{cho.pk}": "disinfector", f"duty_1_{day.office.pk}": "", "ref": str(new_id())}
    assert [office.post(address, crew).status_code for _ in range(2)] == [302, 302]
    assert [(seat.staff, seat.duty) for seat in Seat.objects.all()] == [(cho, "disinfector")]
    assert Entry.objects.filter(kind="sampling.table_seated").count() == 1
    shown = client(cho).get(page).content.decode()
    assert cho.name in shown and "duty_1_" not in shown
    assert client(cho).post(address, crew).status_code == 404
    assert office.post(address, {f"duty_1_{cho.pk}": "cook"}).status_code == 404
    actions.close_round(by=day.scope.actor, scope=day.scope, round_=day.round, at=at(600), ref=new_id(), note="")
    assert office.post(address, {**crew, "ref": str(new_id())}).status_code == 409
    assert "duty_1_" not in office.get(page).content.decode()


def test_a_grid_is_called_to_its_slot(office: Client, day: Day):
    other = Round.objects.get()
    day.open(tables=[TablePlan(1, [day.grid(1)], [], None)])
    slot = Slot.objects.exclude(round=other).get()
    office.post(reverse("sampling:call", args=[day.round.pk, slot.pk]), {"ref": str(new_id())})
    slot.refresh_from_db()
    assert slot.called_at is not None


@pytest.mark.parametrize("name", ["people", "missing", "schedule"])
@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_lists_are_printed_and_taken_as_workbooks(office: Client, day: Day, name: str, kind: str):
    if (name, kind) == ("schedule", "xlsx"):
        kind = "pdf"
    answer = office.get(reverse(f"sampling:{name}", args=[day.round.pk]), {"as": kind})
    assert answer.status_code == 200
    assert answer.content[:4] == (b"%PDF" if kind == "pdf" else b"PK\x03\x04")
