"""What leaves the room: the sheet of one person (F6), the grids' numbers (F7), notice and certificate."""

import io
from collections.abc import Iterator

import openpyxl
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Look, Role
from zhegu.accounts.tests.make import staff
from zhegu.lib.ids import new_id
from zhegu.lib.scope import NotFound
from zhegu.lib.texts import text
from zhegu.monitoring import actions, ledgers, queries
from zhegu.monitoring.models import Check
from zhegu.monitoring.rules import Ended, Ground
from zhegu.monitoring.tests.make import Home, at, day
from zhegu.places.tests.make import B

pytestmark = pytest.mark.django_db
SINCE, UNTIL, NOW = day("2022-09-13"), day("2022-09-15"), at("2022-09-15 21:00")


@pytest.fixture(autouse=True)
def evening() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def home() -> Home:
    return Home()


@pytest.fixture
def ana(home: Home) -> Client:
    made = Client()
    made.force_login(staff("ana-paper", Role.OFFICE, home.community))
    return made


def sheet(home: Home, scope=None, who: int = 0):
    return ledgers.person(
        scope or home.ana, as_of=NOW, community=home.community, person=home.people[who].pk, since=SINCE, until=UNTIL
    )


def test_a_row_a_day_with_the_last_word_of_each_half(home: Home):
    home.measure()
    home.check(home.people[0], "2022-09-13 08:00", temperature=390, symptoms=("dry_cough",), note="要药")
    handled = actions.Handle(Check.objects.get(), "去看过", new_id(), at("2022-09-13 10:00"))
    actions.handle_checks(by=home.clinic.actor, scope=home.clinic, acts=[handled])
    home.check(home.people[0], "2022-09-13 20:00", temperature=371)
    home.test(home.people[0], "2022-09-14 09:00")
    first, second = sheet(home).rows
    assert (first["am_temp"], first["pm_temp"], first["symptoms"], first["action"]) == ("39.0", "37.1", "干咳", "去看过")
    assert (second["day"], second["test"], second["am_temp"]) == (day("2022-09-14"), "negative", "")


def test_nobody_sees_the_sheet_of_another_grid(home: Home):
    home.measure(people=home.people[3:4])
    with pytest.raises(NotFound):
        sheet(home, home.tashi, 3)
    with pytest.raises(NotFound):
        sheet(home, Home(B).ana, 3)


def numbers(home: Home, scope=None) -> dict:
    found = queries.grid_days(scope or home.ana, home.community, SINCE, UNTIL, NOW)
    return {(key[0].day, key[1]): tuple(row.values()) for key, row in found.items()}


def test_the_grids_numbers_of_each_day(home: Home):
    row = home.measure()
    home.measure(people=home.people[3:4], when=at("2022-09-14 09:00"))
    home.measure(people=home.people[1:2], ground=Ground.OTHER, exposed=None, exposure_place="")  # waits: never held
    home.check(home.people[0], "2022-09-13 08:00", temperature=390)
    end = actions.End(row, Ended.TRANSFERRED, "县医院", new_id(), at("2022-09-14 12:00"))
    actions.end_measures(by=home.ana.actor, scope=home.ana, acts=[end])
    # new, total, current, released, transferred, abnormal, missing
    assert numbers(home) == {
        (13, 1): (1, 1, 1, 0, 0, 1, 0),
        (14, 1): (0, 1, 0, 0, 1, 0, 0), (14, 2): (1, 1, 1, 0, 0, 0, 1),
        (15, 1): (0, 1, 0, 0, 0, 0, 0), (15, 2): (0, 1, 1, 0, 0, 0, 1),
    }  # fmt: skip
    assert {key[1] for key in numbers(home, home.tashi)} == {1}


def test_both_forms_stand_on_the_screen_and_as_files_and_the_persons_leaves_a_look(home: Home, ana: Client):
    home.measure()
    home.check(home.people[0], "2022-09-13 08:00")
    asked = {"form": "F6", "person": str(home.people[0].pk), "since": "2022-09-13", "until": "2022-09-15"}
    assert "36.6" in ana.get(reverse("reports:period_form"), asked).content.decode()
    assert [one.person for one in Look.objects.latest("at").subjects.all()] == [home.people[0].pk]
    for kind in ("xlsx", "pdf"):
        before = Look.objects.count()
        answer = ana.post(reverse("reports:period_form_file"), {**asked, "format": kind})
        assert answer.status_code == 200 and Look.objects.count() == before + 1
        assert str(home.people[0].pk) not in answer["Content-Disposition"]
    assert ana.get(reverse("reports:period_form"), {"form": "F6"}).status_code == 404
    assert ana.get(reverse("reports:period_form"), {"form": "F7", "since": "2022-09-13"}).status_code == 200


@pytest.mark.parametrize("lang", ["zh", "bo", "en"])
def test_the_notice_is_printed_while_it_holds(home: Home, ana: Client, lang: str):
    row = home.measure()
    ana.cookies["zhegu_language"] = lang
    answer = ana.get(reverse("monitoring:notice", args=[row.pk]))
    assert answer.content.startswith(b"%PDF") and Look.objects.latest("at").screen == "monitoring.paper"
    assert ana.get(reverse("monitoring:certificate", args=[row.pk])).status_code == 409
    waiting = home.measure(people=home.people[1:2], ground=Ground.OTHER, exposed=None, exposure_place="")
    assert ana.get(reverse("monitoring:notice", args=[waiting.pk])).status_code == 409


def test_a_place_has_its_notice_too(home: Home, ana: Client):
    facts = home.everybody(day("2022-09-14")).facts
    row = queries.measure(home.ana, facts["measures"][0])
    home.approve(row)
    assert ana.get(reverse("monitoring:notice", args=[row.pk])).content.startswith(b"%PDF")


def test_the_certificate_is_for_whoever_was_released(home: Home, ana: Client):
    row = home.measure(code="secondary_contact", day0=day("2022-09-06"), exposed=at("2022-09-06 12:00"))
    home.test(home.people[0], "2022-09-13 09:00", "2022-09-14 09:00", "2022-09-14 20:00")
    home.check(home.people[0], "2022-09-14 20:00")
    assert home.release(row, NOW).accepted
    assert ana.get(reverse("monitoring:certificate", args=[row.pk])).content.startswith(b"%PDF")
    words = cells_of(ana.get(reverse("monitoring:certificate", args=[row.pk]), {"format": "xlsx"}))
    address = " ".join(filter(None, (home.house.address, home.house.door, home.house.no)))
    assert {home.people[0].name, "2022-09-15", address} <= words, "who, when, and where they live"
    assert text("monitoring.until") not in words, "what was planned is over"


def cells_of(answer) -> set:
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    return {cell.value for row in sheet.iter_rows() for cell in row if cell.value}


def test_the_notice_as_a_workbook_says_what_the_print_says_and_is_a_look(home: Home, ana: Client):
    row = home.measure()
    words = cells_of(ana.get(reverse("monitoring:notice", args=[row.pk]), {"format": "xlsx"}))
    assert {home.people[0].name, row.evidence, text("monitoring.right_contest"), text("monitoring.f23_title")} <= words
    assert Look.objects.latest("at").screen == "monitoring.paper"


def test_of_one_day_every_grid_has_its_line_and_all_together_theirs(home: Home):
    home.measure()
    when = day("2022-09-13")
    told = ledgers.grids(home.ana, as_of=NOW, community=home.community, since=when, until=when)
    assert len(told.rows) == home.community.inside.filter(kind="grid").count()
    assert (told.totals["current"], sum(row["current"] for row in told.rows)) == (1, 1)
