"""The contract with the phone, as a file both sides can read: `contracts/phone.openapi.json`."""

import json
from pathlib import Path

from zhegu.sync.api import api

PATH = Path(__file__).resolve().parents[2] / "contracts" / "phone.openapi.json"


def contract() -> str:
    """The OpenAPI document of the phone's door as it is now; equal programs give equal bytes."""
    schema = api.get_openapi_schema(path_prefix="/api/")
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
