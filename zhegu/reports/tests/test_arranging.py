"""A community's own columns of a form: their order and names on the page and in every file, and the way back."""

import pytest
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.lib.tables import Column, Kind, Plain
from zhegu.lib.texts import text
from zhegu.places.tests.make import B, community
from zhegu.reports.models import Submission
from zhegu.reports.rules.arranging import OwnColumn, arranged, in_order, ordered
from zhegu.reports.tests.test_views import file_of, rows, visitor
from zhegu.sampling.tests.make import Day

COLUMNS = (Column("grid", "a"), Column("due", "b", Kind.COUNT, group="g"), Column("done", "c", Kind.COUNT))


def test_columns_stand_in_the_own_order_under_their_own_names():
    found = arranged(COLUMNS, [OwnColumn("due", "应到"), OwnColumn("gone"), OwnColumn("grid", shown=False)])
    assert [(one.field, one.label, one.group) for one in found] == [("due", Plain("应到"), None), ("done", "c", None)]
    assert arranged(COLUMNS, []) == COLUMNS


def test_every_column_keeps_a_place_whether_it_is_shown_or_not():
    own = [OwnColumn("due", "应到"), OwnColumn("gone"), OwnColumn("grid", shown=False)]
    assert [(column.field, one) for column, one in ordered(COLUMNS, own)] == [
        ("due", own[0]), ("grid", own[2]), ("done", OwnColumn("done")),
    ]  # fmt: skip


def test_numbers_put_columns_in_order_and_equal_ones_stay_as_they_stood():
    places = [(2, OwnColumn("a")), (1, OwnColumn("b")), (2, OwnColumn("c"))]
    assert [one.field for one in in_order(places)] == ["b", "a", "c"]


@pytest.fixture
def day(db) -> Day:
    made = Day().open()
    made.take(made.people[0])
    return made


def save(client, form: str, **own: tuple[int, str]):
    """Only these columns of the form are shown, at these places under these names."""
    said = {"form": form, "field": list(own)}
    for field, (no, name) in own.items():
        said |= {f"no_{field}": str(no), f"name_{field}": name, f"shown_{field}": "on"}
    page = client.get(reverse("reports:columns"), {"form": form})
    for row in page.context["rows"]:
        if row["field"] not in own:
            said["field"].append(row["field"])
            said[f"no_{row['field']}"] = "90"
    return client.post(reverse("reports:arrange_columns"), said)


def test_page_and_files_follow_and_the_last_change_can_be_undone(day):
    ana = visitor(day.office)
    assert save(ana, "F1", sampled=(1, "已做"), grid=(2, "组别")).status_code == 302
    save(ana, "F1", grid=(1, "组"), sampled=(2, "已做"))
    read = rows(file_of(day, ana, "F1").content)
    heads = next(at for at, row in enumerate(read) if row[0] == "组")
    assert read[heads][:2] == ["组", "已做"] and read[heads + 1][1] == 1
    assert Submission.objects.first().fields == ["grid", "sampled"]
    assert "已做" in file_of(day, ana, "F1", format="csv").content.decode()
    assert ">组<" in ana.get(reverse("reports:form", args=[day.round.no, "F1"])).content.decode()
    undo, form = reverse("reports:undo_columns"), {"form": "F1"}
    ana.post(undo, form)
    assert rows(file_of(day, ana, "F1").content)[heads][:2] == ["已做", "组别"]
    ana.post(undo, form)
    assert text("reports.due") in [cell for row in rows(file_of(day, ana, "F1").content) for cell in row]
    assert ana.post(undo, form).status_code == ana.post(undo).status_code == 409


def test_a_form_without_columns_or_with_foreign_ones_is_refused(day):
    ana = visitor(day.office)
    address, shown = reverse("reports:arrange_columns"), {"form": "F1", "field": ["grid"], "no_grid": "1", "shown_grid": "on"}
    assert ana.post(address, {"form": "F1", "field": ["grid"], "no_grid": "1"}).status_code == 409
    assert ana.post(address, {"form": "F1", "field": ["luck"], "no_luck": "1", "shown_luck": "on"}).status_code == 409
    for wrong in ({"no_grid": "x"}, {"name_grid": "长" * 41}, {"form": ""}):
        assert ana.post(address, shown | wrong).status_code == 409
    assert ana.post(address, shown).status_code == 302


def test_what_is_hidden_stays_hidden_under_another_name(day):
    day.people[1].phone = "13912345678"
    day.people[1].save()
    ana = visitor(day.office)
    save(ana, "F3", phone=(1, "手机"), name=(2, "谁"))
    cells = [cell for row in rows(file_of(day, ana, "F3").content) for cell in row]
    assert "手机" in cells and "13912345678" not in cells


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_the_page_opens_for_the_office_alone_and_for_its_own_community(day, lang):
    assert visitor(day.office, lang).get(reverse("reports:columns"), {"form": "F20"}).status_code == 200
    lead = visitor(staff("lead", Role.LEADER, day.community))
    assert lead.get(reverse("reports:columns"), {"form": "F20"}).status_code == 404
    save(visitor(day.office), "F1", grid=(1, "组"))
    other = visitor(staff("chen", Role.OFFICE, community(B)), lang)
    assert not other.get(reverse("reports:columns"), {"form": "F1"}).context["kept"]
