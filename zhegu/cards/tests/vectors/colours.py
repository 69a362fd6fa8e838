"""The colour rule as a table: what the phone knows, what the gate asks, what it shows."""

from collections.abc import Iterator
from typing import Any

HOUR = 3600
CARD = {
    "genuine": True,
    "reason": "",
    "kind": 1,
    "sampled_ago": HOUR,
    "list_age": HOUR,
    "clock_behind": False,
    "activation": "unknown",
    "holder": "not_asked",
}
GATE = {"kinds": [1], "freshest_hours": None, "holder_needed": False}
PLAIN = {"holder": "none", "activation": "active"}  # a pre-printed card that was handed out
FORGED = {"genuine": False, "reason": "signature", "kind": 0}
OUT_OF_ROW: dict[str, Any] = {"freshest_hours": 48}

# name, what differs in the card, what differs at the gate, colour, reason
ROWS: list[tuple[str, dict[str, Any], dict[str, Any], str, str]] = [
    ("a named card", {}, {}, "green", "ok"),
    ("a named card, the code fits", {"holder": "matches"}, {"holder_needed": True}, "green", "ok"),
    ("a named card, another person's code", {"holder": "differs"}, {}, "red", "holder"),
    ("a named card, the gate wants the code", {}, {"holder_needed": True}, "yellow", "holder_not_asked"),
    ("a named card needs no activation", {"activation": "not_active"}, {}, "green", "ok"),
    ("a pre-printed card, handed out", PLAIN, {}, "green", "ok"),
    ("genuine, not handed out", PLAIN | {"activation": "not_active"}, {}, "yellow", "not_handed_out"),
    ("nothing known of its handing out", PLAIN | {"activation": "unknown"}, {}, "yellow", "activation_unknown"),
    ("handed out, but the gate wants the code", PLAIN, {"holder_needed": True}, "yellow", "no_holder_tag"),
    ("forged", FORGED, {}, "red", "signature"),
    ("revoked", {"genuine": False, "reason": "revoked"}, {}, "red", "revoked"),
    ("expired", {"genuine": False, "reason": "expired"}, {}, "red", "expired"),
    ("forged, old list", FORGED | {"list_age": 99 * HOUR}, {}, "red", "signature"),
    ("no list yet, key unknown", FORGED | {"list_age": None, "reason": "unknown_key"}, {}, "yellow", "no_list"),
    ("genuine, no list of withdrawals", {"list_age": None}, {}, "yellow", "no_list"),
    ("sampled card, list of 73 hours", {"list_age": 73 * HOUR}, {}, "green", "ok"),
    ("pass, fresh list", {"kind": 2}, {"kinds": [2]}, "green", "ok"),
    ("pass, list of 72 hours", {"kind": 2, "list_age": 72 * HOUR}, {"kinds": [2]}, "green", "ok"),
    ("pass, a second more", {"kind": 2, "list_age": 72 * HOUR + 1}, {"kinds": [2]}, "yellow", "list_stale"),
    ("supply card, old list", {"kind": 3, "list_age": 80 * HOUR}, {"kinds": [3]}, "yellow", "list_stale"),
    ("supply card, fresh list", {"kind": 3}, {"kinds": [3, 1]}, "green", "ok"),
    ("a sampled card at the stores", {}, {"kinds": [3]}, "red", "other_kind"),
    ("a gate that takes nothing", {}, {"kinds": []}, "red", "other_kind"),
    ("sampled 48 hours ago", {"sampled_ago": 48 * HOUR}, OUT_OF_ROW, "green", "ok"),
    ("sampled longer ago", {"sampled_ago": 48 * HOUR + 1}, OUT_OF_ROW, "red", "too_old"),
    ("longer ago, the gate does not mind", {"sampled_ago": 300 * HOUR}, {}, "green", "ok"),
    ("the clock was turned back", {"clock_behind": True}, {}, "yellow", "clock_wrong"),
    ("the clock is wrong and the holder too", {"clock_behind": True, "holder": "differs"}, {}, "red", "holder"),
    ("old list and not handed out", {**PLAIN, "activation": "unknown", "kind": 2, "list_age": 99 * HOUR},
     {"kinds": [2]}, "yellow", "list_stale"),
]  # fmt: skip


def build() -> dict[str, Any]:
    return {"about": "What colour does a gate show?", "cases": [*rows(), *ages()]}


def rows() -> Iterator[dict[str, Any]]:
    for name, card, gate, colour, reason in ROWS:
        facts = CARD | card
        old = facts["list_age"] is None or facts["list_age"] > 24 * HOUR
        expect = {"colour": colour, "reason": reason, "list_ages": old}
        yield {"name": name, "card": facts, "gate": GATE | gate, "expect": expect}


def ages() -> Iterator[dict[str, Any]]:
    for age, warns in ((0, False), (24 * HOUR, False), (24 * HOUR + 1, True), (1000 * HOUR, True)):
        expect = {"colour": "green", "reason": "ok", "list_ages": warns}
        yield {"name": f"list of {age} s", "card": CARD | {"list_age": age}, "gate": GATE, "expect": expect}
