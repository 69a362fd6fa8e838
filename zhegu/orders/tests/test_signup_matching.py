"""Entries meet households of the register: what speaks for one, and when nobody may decide."""

import json

import pytest

from zhegu.__main__ import main
from zhegu.orders.homes import match_entries
from zhegu.orders.rules.matching import NAME, PHONE, Home, match, register_door
from zhegu.orders.rules.signup import Doubt, Entry
from zhegu.places.tests.make import A, community, grid
from zhegu.registers.tests.make import household, person

HERE = Home("h1", "3", "5-201")


def home(pk="h1", hits=(), **more):
    return Home(pk, more.get("grid", "3"), more.get("door", "5-201"), set(hits))


@pytest.mark.parametrize(
    ("entry", "homes", "found", "why"),
    [
        (Entry(name="王", door="5-201"), [home(hits=[NAME])], "h1", "name+door"),
        (Entry(name="王", door="5-201", grid="3"), [home(hits=[NAME]), home("h2", [NAME], door="6-201", grid="3")], "h1", "name+door+grid"),
        (Entry(name="王", door="201"), [home(hits=[NAME]), home("h2", door="6-201")], "h1", "name+door"),
        (Entry(name="王", door="5-201"), [home(hits=[PHONE])], "h1", "door+phone"),
        (Entry(door="5-201"), [home()], "h1", "door"),
        (Entry(name="王"), [home(hits=[NAME]), home("h2", [NAME], door="6-201")], None, "several"),
        (Entry(name="王", grid="4"), [home(hits=[NAME]), home("h2", [NAME], grid="4")], "h2", "name+grid"),
        (Entry(door="201"), [home(), home("h2", door="6-201")], None, "several"),
        (Entry(name="李", door="5-201"), [home()], None, "contradicts"),
        (Entry(name="王", door="6-201"), [home(hits=[NAME])], None, "contradicts"),
        (Entry(name="王", door="5-201", grid="4"), [home(hits=[NAME])], None, "contradicts"),
        (Entry(name="王"), [], None, "none"),
    ],
)
def test_a_home_is_found_by_what_speaks_for_it_and_nothing_against(entry, homes, found, why):
    assert (match(entry, homes).household, match(entry, homes).why) == (found, why)


def test_those_that_fit_equally_well_are_named():
    assert match(Entry(door="201"), [home(), home("h2", door="6-201"), home("h3", door="6-202")]).among == ("h1", "h2")


def test_doors_of_the_register_are_read_like_those_of_entries():
    assert [register_door(*said) for said in (("", "幸福小区38号楼1501室"), ("38-1501", ""), ("902", ""), ("", "老街"))] == ["38-1501", "38-1501", "902", "老街"]


@pytest.mark.django_db
def test_names_meet_in_any_spelling():
    here = community(A)
    known = household(here, grid(here, 3), door="5-201")
    person(here, "扎西次仁", grid(here, 3), known, phone="13900001234")
    other = household(here, grid(here, 3), door="6-201")
    person(here, "卓玛", grid(here, 3), other)
    entries = [Entry(name="扎西泽仁", door="5-201"), Entry(phone="13900001234"), Entry(name="卓玛", grid="3"), Entry(name="无名", door="9-909")]
    match_entries(here, entries)
    assert [entry.household for entry in entries] == [str(known.pk), str(known.pk), str(other.pk), None]
    assert [entry.match for entry in entries] == ["name+door", "phone", "name+grid", "none"]
    assert [Doubt.NO_HOUSEHOLD in entry.doubts for entry in entries] == [False, False, False, True]


@pytest.mark.django_db
def test_the_command_matches_with_a_community(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("zhegu.config.start.begin", lambda: None)
    monkeypatch.setattr("zhegu.config.start.ready", lambda: None)
    here = community(A)
    known = household(here, grid(here, 3), door="5-201")
    person(here, "王建国", grid(here, 3), known)
    file = tmp_path / "gas.txt"
    file.write_text("#接龙\n换液化气\n1. 3组 王建国 5-201 1瓶", encoding="utf-8")
    assert main(["orders", "parse", str(file), "--community", A, "--json"]) == 0
    entry = json.loads(capsys.readouterr().out)["entries"][0]
    assert (entry["household"], entry["match"], entry["needs_check"]) == (str(known.pk), "name+door+grid", False)
    assert main(["orders", "parse", str(file), "--community", "999999999999", "--json"]) == 2
