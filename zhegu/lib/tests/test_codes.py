"""Codes people carry: no look-alikes, and a slip of the finger is noticed."""

import random

import pytest

from zhegu.lib.codes import (
    ALPHANUMERIC,
    CROCKFORD,
    BadCode,
    canonical_resident_code,
    check_character,
    from_crockford,
    is_checked,
    new_resident_code,
    read_resident_code,
    resident_code,
    to_crockford,
)

RAW = bytes.fromhex("00112233445566778899")
CODE = resident_code(RAW)


# Worked examples published for ISO/IEC 7064 MOD 37,36: ISAN and GRid identifiers.
@pytest.mark.parametrize(
    ("body", "check"),
    [("A12425GABC1234002", "M"), ("000000009E590000", "O"), ("00000000D07A0090", "Q")],
)
def test_the_check_character_agrees_with_published_identifiers(body: str, check: str) -> None:
    assert check_character(body) == check
    assert is_checked(body + check)


def test_a_resident_code_is_twenty_characters_and_reads_back() -> None:
    assert len(CODE) == 20
    assert CODE.startswith("R1:")
    assert read_resident_code(CODE) == RAW


@pytest.mark.parametrize(
    "typed",
    [
        CODE.lower(),
        CODE.removeprefix("R1:"),
        f" {CODE[:7]} {CODE[7:11]}-{CODE[11:]} ",
        "".join(chr(ord(c) + 0xFEE0) for c in CODE),
        "".join(chr(ord(c) - 0x30 + 0x0F20) if c.isdigit() and i > 2 else c for i, c in enumerate(CODE)),
    ],
)
def test_the_same_code_typed_differently_reads_the_same(typed: str) -> None:
    assert canonical_resident_code(typed) == CODE


def test_look_alikes_in_the_body_are_forgiven() -> None:
    body = "01" * 8
    code = resident_code(from_crockford(body))
    assert read_resident_code("R1:" + "OI" * 4 + "ol" * 4 + code[-1]) == from_crockford(body)


@pytest.mark.parametrize("typed", ["", "R1:", CODE[:-1], CODE + "0", "R2:" + CODE[3:], CODE.replace("R1:", "R1")])
def test_what_is_not_whole_is_refused(typed: str) -> None:
    with pytest.raises(BadCode):
        read_resident_code(typed)


def test_every_single_wrong_character_is_noticed() -> None:
    body = CODE[3:]
    for place in range(len(body)):
        for other in (CROCKFORD if place < 16 else ALPHANUMERIC).replace(body[place], ""):
            with pytest.raises(BadCode):
                read_resident_code(body[:place] + other + body[place + 1 :])


def test_nearly_every_swap_of_neighbours_is_noticed() -> None:
    chance = random.Random(7)
    swaps = missed = 0
    for _ in range(500):
        body = resident_code(chance.randbytes(10))[3:]
        for place in range(15):
            if body[place] != body[place + 1]:
                swaps += 1
                missed += is_checked(body[:place] + body[place + 1] + body[place] + body[place + 2 :])
    assert swaps > 6000
    assert missed / swaps < 0.005


def test_bytes_of_any_group_count_go_round() -> None:
    chance = random.Random(3)
    for groups in range(5):
        raw = chance.randbytes(groups * 5)
        assert from_crockford(to_crockford(raw)) == raw


def test_fresh_codes_differ() -> None:
    assert len({new_resident_code() for _ in range(100)}) == 100
