"""`zhegu cards root …`, `keys`, `trust-list`: what a person does at the terminal."""

import io
import json
import sys

import pytest
from pypdf import PdfReader

from zhegu.__main__ import parser
from zhegu.cards import queries
from zhegu.cards.models import CardKey
from zhegu.cards.outside import keystore
from zhegu.cards.rules import TrustList
from zhegu.cards.tests.make import WHOLE
from zhegu.places.tests.make import A, community

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_keys(tmp_path, settings):
    settings.DATA = tmp_path / "data"


def run(*words: str) -> int:
    args = parser().parse_args(["cards", *words])
    return args.handler(args)


def test_the_root_from_set_up_to_the_safe_and_back(tmp_path, capsys, monkeypatch):
    sheet = tmp_path / "sheet.pdf"
    assert run("root", "set-up") == 0
    assert run("root", "put-away") == 1
    assert "never printed" in capsys.readouterr().err
    assert run("root", "sheet", "--out", str(sheet)) == 0
    (secret,) = queries.recovery_sheets(WHOLE)
    assert secret in PdfReader(sheet).pages[0].extract_text().replace(" ", "").replace("\n", "")
    assert sheet.stat().st_mode & 0o777 == 0o600
    assert run("root", "put-away") == 0
    assert not keystore.has_root()
    assert run("root", "sheet", "--out", str(sheet)) == 1
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(secret[n : n + 15] for n in range(0, 60, 15))))
    assert run("root", "restore") == 0
    assert keystore.has_root()


def test_shares_are_three_files_and_a_slip_is_named(tmp_path, capsys, monkeypatch):
    run("root", "set-up")
    assert run("root", "sheet", "--shares", "--out", str(tmp_path / "part")) == 0
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == ["part-1.pdf", "part-2.pdf", "part-3.pdf"]
    three = queries.recovery_sheets(WHOLE, slope=bytes(32))
    run("root", "put-away")
    capsys.readouterr()
    wrong = three[0][:31] + ("3" if three[0][31] != "3" else "4") + three[0][32:]
    monkeypatch.setattr(sys, "stdin", io.StringIO(wrong))
    assert run("root", "restore") == 1
    assert "(line 3)" in capsys.readouterr().err
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{three[2]}\n\n{three[0]}\n"))
    assert run("root", "restore") == 0


def test_keys_are_prepared_and_listed(capsys):
    community(A)
    assert run("keys", "--community", A, "--kinds", "1", "3") == 0
    made = json.loads(capsys.readouterr().out)["made"]
    assert len(made) == CardKey.objects.filter(community__code=A).count() == 12
    assert run("trust-list") == 0
    plain = json.loads(capsys.readouterr().out)
    assert {kid.hex() for kid in TrustList.from_plain(plain).keys} == set(made)


def test_a_community_that_is_not_there_is_said(capsys):
    assert run("keys", "--community", "999999999999") == 1
    assert "999999999999" in capsys.readouterr().err
