"""The office's pages for upper offices' blanks: bring one in, settle its headers once, fill it, note where it went."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.lib.texts import text
from zhegu.places.tests.make import B, community
from zhegu.reports.models import Blank, Meaning, Submission
from zhegu.reports.tests.blanks.drawing import drawn, forms
from zhegu.reports.tests.test_views import visitor
from zhegu.sampling.tests.make import Day

pytestmark = pytest.mark.django_db

FORM = {
    "name": "weekly", "title": "核酸采样周报", "head": ["填报单位=unit"], "rows": 6, "total": "below",
    "columns": ["序号=no", "网格=grid", "应采人数=due", "参加的人=", "未采=not_sampled", "备注=note"],
}  # fmt: skip


@pytest.fixture
def day() -> Day:
    made = Day().open()
    made.take(made.people[0])
    return made


@pytest.fixture
def ana(day):
    return visitor(day.office)


def brought_in(client, form=FORM, **changes) -> str:
    """The address of a blank that was just put in."""
    file = SimpleUploadedFile("周报.xlsx", drawn({**form, **changes}, 3).content)
    answer = client.post(reverse("reports:blanks"), {"file": file, "asked_by": "县卫健委"})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def chosen(page: str) -> dict[str, str]:
    """What the page's own boxes would post as they stand."""
    found = {}
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        picked = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = picked.group(1) if picked else "-"
    return found


def settle(client, address: str, header: str, means: str) -> None:
    """Says what one header means and leaves the rest as proposed."""
    page = client.get(address).content.decode()
    name = re.search(rf'<select name="([^"]+)" aria-label="{header}"', page).group(1)
    client.post(address, {**chosen(page), name: means})


def test_a_blank_is_kept_as_it_came_and_once(ana):
    first = brought_in(ana)
    assert brought_in(ana) == first
    kept = Blank.objects.get()
    assert bytes(kept.content) == drawn(FORM, 3).content
    assert (kept.name, kept.asked_by) == ("周报.xlsx", "县卫健委")


def test_what_is_no_workbook_is_refused_in_words(ana):
    answer = ana.post(reverse("reports:blanks"), {"file": SimpleUploadedFile("a.xlsx", b"hello")})
    assert answer.status_code == 422 and text("reports.blank_not_a_workbook", "zh") in answer.content.decode()
    assert not Blank.objects.exists()


def test_a_header_is_asked_once_and_never_again_on_the_next_blank(ana):
    settle(ana, brought_in(ana), "参加的人", "F1.sampled")
    again = brought_in(ana, title="核酸采样周报第二期", rows=9)
    page = ana.get(again).content.decode()
    assert text("reports.headers_known", "zh") in page
    assert re.search(r'aria-label="参加的人".*?<option value="F1.sampled" selected', page, re.S)


def test_a_changed_blank_asks_only_about_the_change(ana):
    settle(ana, brought_in(ana), "参加的人", "F1.sampled")
    changed = brought_in(ana, columns=[*FORM["columns"][:-1], "体感=", "备注=note"])
    page = ana.get(changed).content.decode()
    assert text("reports.headers_open", "zh", n=1) in page, re.findall(r"<tr aria-selected.*?</td>.*?</td>", page)


def test_the_filled_file_holds_what_the_person_said(ana, day):
    address = brought_in(ana)
    settle(ana, address, "参加的人", "F1.sampled")
    answer = ana.post(address + "fill/")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content), data_only=True).worksheets[0]
    column = next(cell.column for row in sheet.iter_rows() for cell in row if str(cell.value or "").replace("\n", "") == "参加的人")
    assert sum(row[0].value or 0 for row in sheet.iter_rows(min_col=column, max_col=column) if isinstance(row[0].value, int)) >= 1
    made = Submission.objects.get()
    assert made.blank_id == Blank.objects.get().pk and made.cells


def test_a_table_too_short_is_not_handed_out_and_says_so(ana):
    address = brought_in(ana, rows=2)
    answer = ana.post(address + "fill/", follow=True)
    assert "text/html" in answer["Content-Type"] and "2 行" in answer.content.decode()
    assert not Submission.objects.exists()


def test_what_changed_since_last_time_and_to_whom_it_went(ana, day):
    address = brought_in(ana)
    settle(ana, address, "参加的人", "F1.sampled")
    ana.post(address + "fill/")
    first = Submission.objects.get()
    ana.post(reverse("reports:sent", args=[first.pk]), {"to": "县卫健委"})
    day.take(day.people[2])
    ana.post(address + "fill/")
    second = Submission.objects.exclude(pk=first.pk).get()
    page = ana.get(reverse("reports:made", args=[second.pk])).content.decode()
    assert text("reports.changed_since", "zh") in page and text("reports.nothing_changed", "zh") not in page
    first.refresh_from_db()
    assert (first.sent_to, first.sent_at is not None) == ("县卫健委", True)
    assert ana.post(reverse("reports:sent", args=[first.pk]), {"to": "别人"}).status_code == 409


def test_a_figure_leads_to_the_rows_behind_it(ana, day):
    address = brought_in(ana)
    settle(ana, address, "参加的人", "F1.sampled")
    ana.post(address + "fill/")
    made = Submission.objects.get()
    cell = next(name for name, said in made.cells.items() if said["field"] == "sampled" and said["value"] == 1)
    page = ana.get(reverse("reports:rows_behind", args=[made.pk]), {"cell": cell}).content.decode()
    assert day.people[0].name in page and day.people[2].name not in page


def test_a_blank_nobody_needs_goes_from_the_list_and_comes_back(ana):
    address = brought_in(ana)
    ana.post(address + "drop/")
    assert address not in ana.get(reverse("reports:blanks")).content.decode()
    ana.post(address + "back/")
    assert address in ana.get(reverse("reports:blanks")).content.decode()


@pytest.mark.parametrize("lang", ["bo", "en"])
def test_the_pages_open_in_every_language(day, lang):
    ana = visitor(day.office, lang)
    assert ana.get(brought_in(ana, forms()[1])).status_code == 200
    assert ana.get(reverse("reports:blanks")).status_code == 200


def test_another_community_finds_none_of_it(ana, day):
    address = brought_in(ana)
    settle(ana, address, "参加的人", "F1.sampled")
    there = community(B)
    chen = visitor(staff("chen", Role.OFFICE, there))
    assert chen.get(address).status_code == 404
    other = brought_in(chen)
    assert Meaning.objects.filter(community=there).count() == 0
    assert text("reports.headers_known", "zh") not in chen.get(other).content.decode()
