"""What server and phone both obey: every command's body and every table's row, as JSON Schema.

`python -m tests.architecture.phone_contract` writes contracts/phone.schema.json anew.
"""

import json
from importlib import import_module
from importlib.util import find_spec

from pydantic import TypeAdapter

from tests.architecture.source import APPS, ROOT

FILE = ROOT / "contracts" / "phone.schema.json"


def offered(what: str) -> dict:
    """`COMMANDS` or `ROWS` of every app's `phone`, by name."""
    found: dict = {}
    for app in sorted(APPS):
        if app != "lib" and find_spec(f"zhegu.{app}") and find_spec(f"zhegu.{app}.phone"):
            found |= getattr(import_module(f"zhegu.{app}.phone"), what, {})
    return dict(sorted(found.items()))


def contract() -> str:
    """The text of the file as the code stands now."""
    bodies = {kind: command.schema.model_json_schema() for kind, command in offered("COMMANDS").items()}
    rows = {name: TypeAdapter(row).json_schema() for name, row in offered("ROWS").items()}
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "commands": bodies, "tables": rows}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def write() -> None:
    """The file agrees with the code."""
    FILE.write_text(contract(), encoding="utf-8")


if __name__ == "__main__":
    from zhegu.config import start

    start.begin()
    write()
