"""Vectors of the verifier contract, made from fixed keys: `python -m zhegu.cards.tests.vectors`.

They are written to contracts/cases/card-verify.json, which pytest and vitest both run. Expectations
are stated by hand beside each case, never taken from a verifier.
"""

from pathlib import Path
from typing import Any

from zhegu.cards.tests.vectors import cbor_cases, claim_cases, cose_cases, text_cases, trust_cases

FOLDER = Path(__file__).resolve().parents[4] / "contracts" / "cases"


def verify_cases() -> dict[str, Any]:
    """Trust lists by name, and cases: name, text, list, expect."""
    groups = (text_cases, cbor_cases, cose_cases, claim_cases, trust_cases)
    cases = [case for group in groups for case in group.cases()]
    names = [case.name for case in cases]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"case named twice: {sorted(twice)}")
    rows = [{"name": c.name, "list": c.list, "text": c.text, "expect": c.expect} for c in cases]
    return {
        "about": "Is a text a genuine card? One answer for server and phone.",
        "lists": trust_cases.LISTS,
        "cases": rows,
    }
