"""One vector: a text, the trust list it is held against, and the answer by the contract."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Case:
    """`list` names one of the trust lists in `trust_cases.LISTS`."""

    name: str
    text: Any
    expect: dict[str, Any]
    list: str = "one"


def no(reason: str) -> dict[str, Any]:
    return {"valid": False, "reason": reason}


def yes(answer: dict[str, Any]) -> dict[str, Any]:
    return answer
