"""What became of a card, computed from what happened to it; the order of arrival does not matter."""

from enum import StrEnum


class CardState(StrEnum):
    """Words in texts/cards.tsv as `cards.state_<code>`."""

    WAITING = "waiting"  # printed, not handed out
    ACTIVE = "active"
    LAPSED = "lapsed"  # not handed out when its round closed; handing it out late lifts this
    REVOKED = "revoked"


def card_state(*, handed_out: bool, revoked: bool, round_closed: bool) -> CardState:
    """A named card counts as handed out when it is made."""
    if revoked:
        return CardState.REVOKED
    if handed_out:
        return CardState.ACTIVE
    return CardState.LAPSED if round_closed else CardState.WAITING


def bitmap(numbers: list[int]) -> bytes:
    """Bit n-1 stands for card n, least significant first, without empty bytes at the end."""
    found = bytearray((max(numbers, default=0) + 7) // 8)
    for number in numbers:
        found[(number - 1) // 8] |= 1 << (number - 1) % 8
    return bytes(found)


def in_bitmap(bits: bytes, number: int) -> bool:
    """Whether card n stands in the bitmap."""
    place = (number - 1) // 8
    return 0 <= place < len(bits) and bool(bits[place] >> (number - 1) % 8 & 1)
