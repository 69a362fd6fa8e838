"""The contract between server and phone is written from the server's code."""

import json
import re

from tests.architecture.phone_contract import FILE, contract, offered
from tests.architecture.source import ROOT
from zhegu.lib.phone import ClosedBody


def test_the_contract_agrees_with_the_code():
    assert FILE.read_text(encoding="utf-8") == contract(), "python -m tests.architecture.phone_contract"


def test_every_command_and_every_table_is_in_it():
    whole = json.loads(contract())
    assert set(whole["commands"]) == set(offered("COMMANDS"))
    assert set(whole["tables"]) >= {"round", "line", "prefix", "reason"}


def test_phones_ask_for_every_table_that_is_offered():
    asks = re.search(r"TABLES = \[(.*?)\]", (ROOT / "phone" / "src" / "sync" / "pull.ts").read_text(encoding="utf-8"), re.DOTALL)
    assert asks and set(re.findall(r"'(\w+)'", asks[1])) == set(json.loads(contract())["tables"])


def test_bodies_are_closed():
    assert {
        kind: body.get("additionalProperties") for kind, body in json.loads(contract())["commands"].items()
        if body.get("additionalProperties") is not False
    } == {}  # fmt: skip


def test_every_body_is_the_one_closed_body():
    assert [kind for kind, command in offered("COMMANDS").items() if not issubclass(command.schema, ClosedBody)] == []
