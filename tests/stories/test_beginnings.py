"""`zhegu init` and `zhegu demo`: how a system gets its first community, from the command line."""

import json
from collections import Counter

import pytest
from django.contrib.auth import authenticate

from zhegu.__main__ import main
from zhegu.lib.scope import Scope
from zhegu.office import first_hour
from zhegu.places.models import Kind, Place
from zhegu.places.tests.make import A, community
from zhegu.registers import queries as registers

pytestmark = pytest.mark.django_db


def test_init_shows_the_password_once_and_refuses_a_system_that_has_begun(capsys):
    words = ["init", "--community", A, "--name", "试验社区", "--staff", "试一", "--grids", "3"]
    assert main(words) == 0
    said = capsys.readouterr().out
    password = next(word for word in said.replace("（", " ").split() if word.startswith("密码："))[3:]
    assert authenticate(username="office", password=password)
    assert main(words) == 1 and "没有改动" in capsys.readouterr().err


def test_init_says_what_it_needs_where_nobody_can_be_asked(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert main(["init", "--community", A, "--lang", "en"]) == 2
    assert "nothing was made" in capsys.readouterr().err and not first_hour.is_begun()


def test_the_demo_is_made_once_and_never_into_other_data(capsys):
    assert main(["demo", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["community"], figures["residents"], figures["incomers"]) == (A, 1559, 312)
    assert Place.objects.filter(kind=Kind.GRID, within__code=A).count() == 15
    place, everything = Place.objects.get(code=A), Scope.everything("a test")
    kept = registers.people(everything, place)
    assert Counter(kept.values_list("residence", flat=True)) == {"resident": 1559, "incomer": 312}
    homes = registers.households(everything, place)
    assert homes.count() == 480 and not homes.filter(unit=None).exists()
    assert registers.without_grid(everything, place).count() == 7
    assert main(["demo"]) == 0 and "zhegu-demo" in capsys.readouterr().out
    assert registers.people(everything, place).count() == 1559 + 312


def test_the_demo_refuses_politely_where_other_data_stands(capsys):
    community(A)
    assert main(["demo"]) == 1
    said = capsys.readouterr()
    assert said.out == "" and "没有改动" in said.err
