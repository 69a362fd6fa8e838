"""Every vector of the contracts: genuine or not, what colour, which number."""

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

from zhegu.cards.rules import TrustList, lists, public_key_of, verify
from zhegu.cards.rules.serials import (
    holder_tag,
    printed_serial,
    read_serial,
    revocation_hash,
    serial_of,
    serial_parts,
)
from zhegu.cards.rules.verdict import Activation, CardFacts, GatePolicy, Holder, gate_verdict, holder_of
from zhegu.cards.tests.vectors import FOLDER, colours, list_cases, serial_cases, verify_cases
from zhegu.lib.codes import BadCode, canonical_resident_code, read_resident_code


def kept(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="ascii"))


VERIFY, COLOURS, SERIALS = kept("card-verify"), kept("card-verdict"), kept("card-serials")
PHONE_LISTS = kept("card-lists")
LISTS = {name: TrustList.from_plain(plain) for name, plain in VERIFY["lists"].items()}


@pytest.mark.parametrize("case", VERIFY["cases"], ids=lambda case: case["name"])
def test_a_text_is_a_genuine_card_or_not(case: dict[str, Any]) -> None:
    assert verify(case["text"], LISTS[case["list"]]).plain() == case["expect"]


def test_every_reason_has_vectors() -> None:
    from zhegu.cards.rules.reasons import Reason

    assert {case["expect"].get("reason") for case in VERIFY["cases"]} - {None} == set(Reason)


@pytest.mark.parametrize(
    ("name", "build"),
    [
        ("card-verify", verify_cases),
        ("card-verdict", colours.build),
        ("card-serials", serial_cases.build),
        ("card-lists", list_cases.build),
    ],
)
def test_the_contract_file_is_what_its_generator_makes(name: str, build: Any) -> None:
    assert json.loads(json.dumps(build())) == kept(name)


@pytest.mark.parametrize("now", [None, "now", True, float("nan"), [], {}])
def test_a_trust_list_without_a_time_is_refused(now: Any) -> None:
    with pytest.raises(ValueError, match="now"):
        TrustList.from_plain({"now": now, "keys": []})


@pytest.mark.parametrize("case", COLOURS["cases"], ids=lambda case: case["name"])
def test_a_gate_shows_a_colour_with_its_reason(case: dict[str, Any]) -> None:
    card = case["card"] | {
        "activation": Activation(case["card"]["activation"]),
        "holder": Holder(case["card"]["holder"]),
    }
    gate = case["gate"] | {"kinds": frozenset(case["gate"]["kinds"])}
    shown = gate_verdict(CardFacts(**card), GatePolicy(**gate))
    assert {"colour": shown.colour, "reason": shown.reason, "list_ages": shown.list_ages} == case["expect"]


@pytest.mark.parametrize("activation", [Activation.NOT_ACTIVE, Activation.UNKNOWN])
@pytest.mark.parametrize("age", [0, 100_000, 1_000_000, None])
@pytest.mark.parametrize("kind", [1, 2, 3])
@pytest.mark.parametrize("needed", [True, False])
def test_what_was_not_handed_out_is_never_green(
    activation: Activation, age: float | None, kind: int, needed: bool
) -> None:
    card = CardFacts(True, kind=kind, list_age=age, activation=activation, holder=Holder.NONE)
    assert gate_verdict(card, GatePolicy(frozenset({1, 2, 3}), None, needed)).colour == "yellow"


@pytest.mark.parametrize("case", SERIALS["printed"], ids=lambda case: case["printed"])
def test_a_serial_is_printed_and_taken_apart(case: dict[str, Any]) -> None:
    parts = case["parts"]
    assert printed_serial(case["serial"]) == case["printed"]
    assert serial_of(parts["round"], parts["grid"], parts["number"]) == case["serial"]
    assert vars_of(serial_parts(case["serial"])) == parts


def vars_of(parts: Any) -> dict[str, int]:
    return {"round": parts.round, "grid": parts.grid, "number": parts.number}


@pytest.mark.parametrize("case", SERIALS["typed"], ids=lambda case: repr(case["text"]))
def test_a_typed_number_is_read_or_refused(case: dict[str, Any]) -> None:
    if case["serial"] is None:
        with pytest.raises(BadCode):
            read_serial(case["text"])
    else:
        assert read_serial(case["text"]) == case["serial"]


@pytest.mark.parametrize("case", SERIALS["residents"], ids=lambda case: repr(case["text"]))
def test_a_typed_resident_code_is_read_or_refused(case: dict[str, Any]) -> None:
    if case["code"] is None:
        with pytest.raises(BadCode):
            read_resident_code(case["text"])
    else:
        assert read_resident_code(case["text"]).hex() == case["bits"]
        assert canonical_resident_code(case["text"]) == case["code"]


@pytest.mark.parametrize(
    "parts", [(0, 1, 1), (65_536, 1, 1), (1, 0, 1), (1, 256, 1), (1, 1, 0), (1, 1, 1_000_000)]
)
def test_numbers_outside_their_range_make_no_serial(parts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="card number"):
        serial_of(*parts)


@pytest.mark.parametrize("case", SERIALS["holders"], ids=lambda case: case["tag"])
def test_a_holder_tag_fits_one_card_and_one_person(case: dict[str, Any]) -> None:
    resident, tag = bytes.fromhex(case["resident"]), bytes.fromhex(case["tag"])
    assert holder_tag(case["serial"], resident) == tag
    assert holder_of(case["serial"], tag, resident) == Holder.MATCHES
    assert holder_of(case["serial"] + 1, tag, resident) == Holder.DIFFERS
    assert holder_of(case["serial"], tag, bytes(9) + b"\1") == Holder.DIFFERS
    assert holder_of(case["serial"], tag, None) == Holder.NOT_ASKED
    assert holder_of(case["serial"], None, resident) == Holder.NONE


@pytest.mark.parametrize("case", SERIALS["hashes"], ids=lambda case: str(case["serial"]))
def test_a_withdrawn_card_is_listed_by_a_hash(case: dict[str, Any]) -> None:
    assert revocation_hash(bytes.fromhex(case["kid"]), case["serial"]).hex() == case["hash"]


@pytest.mark.parametrize(
    "case", [c for c in PHONE_LISTS["cases"] if c["held"]], ids=lambda case: case["name"]
)
def test_cards_are_judged_by_the_lists_a_phone_holds(case: dict[str, Any]) -> None:
    rows = {row["what"]: base64.b64decode(row["signed"]) for row in case["rows"]}
    point = base64.b64decode(case["pinned"]) or rows["root"]
    keys = lists.open_list(
        rows["keys"], EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point), "keys"
    )
    withdrawn = lists.open_list(rows["withdrawn"], public_key_of(keys["list"]["cert"]), "withdrawn")
    trust = lists.phone_trust(keys, withdrawn, case["now"])
    for card in case["texts"]:
        assert verify(card["text"], trust).plain() == card["expect"]
