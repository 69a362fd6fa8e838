"""The office imports a roster: read, corrected, checked, confirmed."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.places.tests.make import A, B, community
from zhegu.registers import importing
from zhegu.registers.actions import drafts as acts
from zhegu.registers.models import Household, ImportDraft, ImportFile, Person
from zhegu.registers.tests.make import id_number
from zhegu.registers.tests.make import person as someone

pytestmark = pytest.mark.django_db
PHONE, NUMBER = "13900001234", id_number()
HEADER = ["网格", "户号", "户主", "姓名", "与户主关系", "身份证号", "联系电话"]
ROWS = [
    ["1组", "001", "扎西", "扎西", "户主", NUMBER, PHONE],
    ["1组", "001", "扎西", "卓玛", "妻", "", "123"],
    ["2组", "002", "达瓦", "达瓦", "户主", "5.4E+17", ""],
]


def workbook(*rows, header=HEADER, title="常住人口"):
    book = Workbook()
    book.active.title = title
    for row in [header, *(rows or ROWS)]:
        book.active.append(row)
    book.create_sheet("封面").append(["哲古社区"])
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("花名册.xlsx", out.getvalue())


@pytest.fixture
def ana():
    client = Client()
    client.force_login(staff("ana", Role.OFFICE, community(A)))
    return client


@pytest.fixture
def chen():
    client = Client()
    client.force_login(staff("chen", Role.OFFICE, community(B)))
    return client


def upload(client, *files):
    return client.post(reverse("registers:import"), {"files": list(files or [workbook()])})


def only() -> ImportDraft:
    return ImportDraft.objects.get()


def page(client, name, draft=None):
    return client.get(reverse(f"registers:{name}", args=[(draft or only()).pk])).content.decode()


def press(client, name, data=None):
    return client.post(reverse(f"registers:{name}", args=[only().pk]), data or {}, follow=True)


def as_shown(draft, **changes):
    """The columns form as it is drawn, with these fields changed."""
    from zhegu.lib.scope import Scope
    from zhegu.registers.queries.drafts import found_in

    form = {"onward": "1"}
    for number, sheet in enumerate(found_in(Scope.everything("test of the form"), draft)["sheets"]):
        if sheet["used"]:
            form[f"read-{number}"] = "1"
        form[f"residence-{number}"] = sheet["residence"]
        for column in sheet["columns"]:
            form[f"role-{number}-{column['index']}"] = column["role"]
    return {k: v for k, v in (form | changes).items() if v is not None}


def test_an_upload_shows_how_the_columns_were_understood(ana):
    answer = upload(ana)
    assert answer.status_code == 302
    shown = page(ana, "import_draft")
    assert "身份证号" in shown and "常住人口" in shown and "封面" in shown
    assert Person.objects.count() == 0


def test_numbers_are_masked_on_every_page_of_an_import(ana):
    upload(ana)
    for name in ("import_draft", "import_check"):
        shown = page(ana, name)
        assert PHONE not in shown and NUMBER not in shown
    assert "139****1234" in page(ana, "import_draft")


def test_the_check_lists_every_problem_with_its_place(ana):
    upload(ana)
    shown = page(ana, "import_check")
    for words in ("电话号码不对", "没有证件号", "后几位已丢失", "没有电话"):
        assert words in shown
    rows = list(load_workbook(io.BytesIO(
        ana.get(reverse("registers:import_problems", args=[only().pk])).content)).active.values)
    assert ("花名册.xlsx", "常住人口", 3, "联系电话", "123", "电话号码不对") in rows


def test_nothing_stands_in_the_register_before_it_is_confirmed(ana):
    upload(ana)
    page(ana, "import_check")
    assert not Person.objects.exists() and not Household.objects.exists()
    shown = press(ana, "import_confirm").content.decode()
    assert Person.objects.count() == 3 and Household.objects.count() == 2
    assert "已导入" in shown


def test_the_files_are_sealed_while_they_wait_and_gone_once_written(ana):
    upload(ana)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM registers_importfile")
        assert cursor.fetchone()[0].startswith("v1.")
        cursor.execute("SELECT found FROM registers_importdraft")
        assert cursor.fetchone()[0].startswith("v1.")
    press(ana, "import_confirm")
    assert not ImportFile.objects.exists()


def test_confirming_twice_writes_once(ana):
    upload(ana)
    press(ana, "import_confirm")
    press(ana, "import_confirm")
    assert Person.objects.count() == 3


def test_a_corrected_column_is_read_anew(ana):
    upload(ana)
    page(ana, "import_draft")
    press(ana, "import_columns", as_shown(only(), **{"role-0-6": "other"}))
    press(ana, "import_confirm")
    assert not Person.objects.exclude(phone="").exists()


def test_a_correction_stays_when_another_follows(ana):
    upload(ana)
    press(ana, "import_columns", as_shown(only(), **{"residence-0": "incomer"}))
    press(ana, "import_columns", as_shown(only(), **{"role-0-6": "other"}))
    press(ana, "import_confirm")
    assert set(Person.objects.values_list("residence", "phone")) == {("incomer", "")}


def test_a_sheet_may_be_left_out_and_taken_back(ana):
    upload(ana)
    press(ana, "import_columns", as_shown(only(), **{"read-0": None}))
    assert "您选择不读" in page(ana, "import_draft")
    press(ana, "import_columns", as_shown(only(), **{"read-0": "1"}))
    press(ana, "import_confirm")
    assert Person.objects.count() == 3


def test_a_doubt_is_decided_by_a_person(ana):
    here = community_of(ana)
    known = someone(here, "卓玛", grid=None, birth_date="1982-03-04", phone="13911112222")
    upload(ana, workbook(["", "", "", "卓玛", "", "", "13911112222"], ["1组", "001", "扎西", "扎西", "户主", NUMBER, PHONE]))
    assert "是名册里的人吗" not in page(ana, "import_check")  # the phone says who it is
    acts.drop(only())
    upload(ana, workbook(["1组", "001", "扎西", "卓玛", "户主", "", "13911112222"]))
    shown = page(ana, "import_check")
    assert "是名册里的人吗" in shown and str(known.pk) in shown
    key = shown.split('name="same-')[1].split('"')[0]
    press(ana, "import_decide", {f"same-{key}": str(known.pk)})
    press(ana, "import_confirm")
    assert Person.objects.get().pk == known.pk and Person.objects.get().household.no == "001"


def community_of(client):
    from zhegu.places.models import Place

    return Place.objects.get(code=A)


def test_rows_of_one_number_may_be_said_to_be_two_people(ana):
    upload(ana, workbook(ROWS[0], ["2组", "002", "尼玛", "尼玛", "户主", NUMBER, ""]))
    shown = page(ana, "import_check")
    assert "姓名不一样" in shown
    press(ana, "import_decide", {"apart-0|常住人口!3": "1"})
    assert "已说明是两个人" in page(ana, "import_check")
    press(ana, "import_confirm")
    assert set(Person.objects.values_list("name", "id_valid")) == {("扎西", True), ("尼玛", False)}


@pytest.mark.parametrize("content", [b"hello", b"PK\x03\x04junk", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1junk"])
def test_what_is_no_workbook_is_refused_in_words(ana, content):
    answer = upload(ana, SimpleUploadedFile("x.xlsx", content))
    assert answer.status_code == 422 and "没有写入任何内容" in answer.content.decode()
    assert not ImportDraft.objects.exists()


def test_a_workbook_without_people_says_so(ana):
    upload(ana, workbook([1, 2], header=["网格", "户数"]))
    assert "没有找到人员名单" in page(ana, "import_draft")


def test_a_dropped_draft_leaves_nothing(ana):
    upload(ana)
    press(ana, "import_drop")
    assert not ImportDraft.objects.exists() and not ImportFile.objects.exists()


def test_a_large_workbook_is_read_beside_the_request(ana, monkeypatch, transactional_db):
    begun = []
    monkeypatch.setattr(importing, "SHORT_BYTES", 10)
    monkeypatch.setattr(importing.threading, "Thread", lambda **kw: type("T", (), {"start": lambda self: begun.append(kw)})())
    upload(ana)
    shown = page(ana, "import_draft")
    assert begun and "正在读取" in shown and "hx-trigger" in shown
    waiting = ana.get(reverse("registers:import_wait", args=[only().pk]))
    assert "HX-Refresh" not in waiting.headers
    importing._work(*begun[0]["args"])
    assert ana.get(reverse("registers:import_wait", args=[only().pk]))["HX-Refresh"] == "true"
    assert "扎西" in page(ana, "import_draft")


def test_work_that_died_can_be_begun_again(ana, monkeypatch):
    upload(ana)
    ImportDraft.objects.update(step="reading")
    assert "处理中断了" in page(ana, "import_draft")
    press(ana, "import_again")
    assert "身份证号" in page(ana, "import_draft")


def test_an_interrupted_write_begins_again_and_writes_once(ana):
    upload(ana)
    ImportDraft.objects.update(step="writing")
    press(ana, "import_again")
    assert Person.objects.count() == 3


def test_another_office_finds_nothing(ana, chen):
    upload(ana)
    draft = only()
    for name in ("import_draft", "import_wait", "import_check", "import_problems"):
        assert chen.get(reverse(f"registers:{name}", args=[draft.pk])).status_code == 404
    for name in ("import_columns", "import_decide", "import_confirm", "import_again", "import_drop"):
        assert chen.post(reverse(f"registers:{name}", args=[draft.pk])).status_code == 404


def test_a_grid_worker_may_not_import(ana):
    from zhegu.places.tests.make import grid

    client = Client()
    client.force_login(staff("bo", Role.GRID_WORKER, grid(community_of(ana), 1)))
    assert client.get(reverse("registers:import")).status_code == 404
