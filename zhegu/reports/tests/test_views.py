"""The office's pages and the command line: look, hand on, and what is on record afterwards."""

import hashlib
import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from zhegu.__main__ import main
from zhegu.accounts.models import Look, Role
from zhegu.accounts.tests.make import staff
from zhegu.journal.models import Entry
from zhegu.lib.texts import text
from zhegu.places.tests.make import A, B, community
from zhegu.reports.models import Submission
from zhegu.sampling.tests.make import Day

pytestmark = pytest.mark.django_db

ID = "540526199001011234"
PHONE = "13912345678"


@pytest.fixture
def day() -> Day:
    made = Day().open()
    for person in made.people:
        person.id_number, person.phone = ID, PHONE
        person.save()
    made.take(made.people[0])
    return made


def visitor(who, lang: str = "zh-hans") -> Client:
    client = Client()
    client.force_login(who)
    client.cookies["zhegu_language"] = lang
    return client


def rows(workbook: bytes) -> list[list]:
    return CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python()


def file_of(day: Day, client: Client, form: str, **posted):
    return client.post(reverse("reports:form_file", args=[day.round.no, form]), {"format": "xlsx", **posted})


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_every_page_opens_in_every_language(day, lang):
    ana = visitor(day.office, lang)
    no = day.round.no
    pages = [reverse("reports:reports"), reverse("reports:round", args=[no]), reverse("reports:history", args=[no])]
    pages += [reverse("reports:form", args=[no, form]) for form in ("F1", "F2", "F3")]
    for page in pages:
        answer = ana.get(page)
        assert answer.status_code == 200
        assert not re.search(r"[a-z]+\.[a-z]+_[a-z_]+</t", answer.content.decode())


def test_a_community_without_rounds_is_told_what_to_do():
    ana = visitor(staff("ana", Role.OFFICE, community(A)))
    assert text("reports.no_round_do") in ana.get(reverse("reports:reports")).content.decode()


@pytest.mark.parametrize("form", ["F2", "F3"])
def test_a_page_never_shows_a_name_a_phone_or_an_id_in_full(day, form):
    page = visitor(day.office).get(reverse("reports:form", args=[day.round.no, form])).content.decode()
    assert PHONE not in page and ID not in page
    assert "139****5678" in page
    assert not any(f">{person.name}<" in page for person in day.people)


def test_a_form_is_handed_on_as_excel_and_stands_on_record(day):
    answer = file_of(day, visitor(day.office), "F1")
    made = Submission.objects.get()
    assert answer["Content-Disposition"].endswith(".xlsx\"")
    assert made.sha256 == hashlib.sha256(answer.content).hexdigest()
    assert (made.form, made.round_no, made.rows, made.revealed) == ("F1", day.round.no, 3, False)
    assert Entry.objects.filter(kind="reports.form_made", actor=day.office.actor.key).count() == 1
    read = rows(answer.content)
    assert read[0][0] == text("reports.f1_title")
    total = next(row for row in read if row[0] == text("tables.total"))
    assert total[4:6] == [6, 1]


@pytest.mark.parametrize("kind", ["xlsx", "pdf", "csv"])
@pytest.mark.parametrize("form", ["F1", "F2", "F3"])
def test_each_form_can_be_had_in_each_format(day, form, kind):
    answer = file_of(day, visitor(day.office), form, format=kind)
    assert answer.status_code == 200 and len(answer.content) > 100
    assert answer.content.startswith({"xlsx": b"PK", "pdf": b"%PDF", "csv": b"\xef\xbb\xbf"}[kind])


def test_a_page_stays_after_a_download_and_every_file_had_from_it_is_on_record(day):
    ana = visitor(day.office)
    assert [file_of(day, ana, "F1", format=kind).status_code for kind in ("xlsx", "xlsx", "csv")] == [200] * 3
    assert sorted(made.format for made in Submission.objects.all()) == ["csv", "xlsx", "xlsx"]


def test_full_numbers_need_a_reason_and_leave_a_trace_for_everyone_on_the_form(day):
    ana = visitor(day.office)
    assert file_of(day, ana, "F3", reveal="1").status_code == 409
    assert Submission.objects.count() == 0
    answer = file_of(day, ana, "F3", reveal="1", reason="上级核对")
    assert PHONE in [cell for row in rows(answer.content) for cell in row]
    look = Look.objects.get()
    assert look.reason == "上级核对"
    assert {subject.person for subject in look.subjects.all()} == {person.pk for person in day.people[1:]}
    assert Submission.objects.get().revealed


def test_without_a_reason_the_file_is_masked(day):
    cells = [cell for row in rows(file_of(day, visitor(day.office), "F2").content) for cell in row]
    assert "540***********1234" in cells and "139****5678" in cells
    assert ID not in cells and PHONE not in cells


def test_a_leader_may_look_but_not_have_full_numbers(day):
    lead = visitor(staff("lead", Role.LEADER, day.community))
    assert file_of(day, lead, "F2").status_code == 200
    assert file_of(day, lead, "F2", reveal="1", reason="x").status_code == 404
    assert Look.objects.count() == 0


def test_samplers_and_strangers_find_nothing(day):
    no = day.round.no
    addresses = [reverse("reports:reports"), reverse("reports:form", args=[no, "F2"]), reverse("reports:history", args=[no])]
    sampler = visitor(staff("bo", Role.SAMPLER, day.grid(1)))
    chen = visitor(staff("chen", Role.OFFICE, community(B)))
    assert {sampler.get(address).status_code for address in addresses} == {404}
    assert {chen.get(address).status_code for address in addresses[1:]} == {404}
    assert {Client().get(address).status_code for address in addresses} == {302}


def test_a_form_or_format_that_is_not_there_is_not_found(day):
    ana = visitor(day.office)
    assert file_of(day, ana, "F99").status_code == 404
    assert file_of(day, ana, "F1", format="docx").status_code == 404
    assert Submission.objects.count() == 0


@pytest.mark.parametrize("kind", ["xlsx", "pdf", "html"])
def test_the_time_line_goes_out_as_a_file_on_record(day, kind):
    answer = visitor(day.office).post(reverse("reports:history_file", args=[day.round.no]), {"format": kind})
    assert answer.status_code == 200
    assert Submission.objects.get().sha256 == hashlib.sha256(answer.content).hexdigest()


# --- the command line


def command(*words: str) -> int:
    return main(["reports", *words])


def test_the_command_line_writes_the_same_form(day, tmp_path):
    out = tmp_path / "f1.xlsx"
    assert command("form", "F1", "--round", str(day.round.no), "--community", day.community.code, "--out", str(out)) == 0
    total = next(row for row in rows(out.read_bytes()) if row[0] == text("tables.total"))
    assert total[4:6] == [6, 1]
    assert Submission.objects.get().made_by.startswith("system:")


def test_the_command_line_prints_the_chat_text(day, capsys):
    assert command("text", "--round", str(day.round.no), "--community", day.community.code) == 0
    assert "还差 5 人未采样" in capsys.readouterr().out


def test_the_command_line_writes_the_time_line(day, tmp_path):
    out = tmp_path / "round.pdf"
    asked = ["--round", str(day.round.no), "--community", day.community.code, "--out", str(out)]
    assert command("history", *asked) == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_the_command_line_says_what_is_not_there(day, tmp_path, capsys):
    out = tmp_path / "f1.xlsx"
    assert command("form", "F1", "--round", "999", "--community", day.community.code, "--out", str(out)) == 1
    assert not out.exists()
    assert "999" in capsys.readouterr().err
