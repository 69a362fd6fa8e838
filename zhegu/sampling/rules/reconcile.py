"""Closing a round: persons sampled = cards handed out = swabs in the tubes, or each difference by name."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class DifferenceKind(StrEnum):
    """Why the three sums are not one number."""

    NO_CARD = "no_card"
    CARD_NOT_ACTIVE = "card_not_active"
    SECOND_SWAB = "second_swab"
    SWAB_AFTER_CLOSING = "swab_after_closing"
    TUBE_OVERFULL = "tube_overfull"


@dataclass(frozen=True)
class SwabFacts:
    """One swab that was taken and not taken back. `card`: "" none, "active", or why it is not."""

    sample: str
    person: str
    tube: str
    ratio: int
    aside: str = ""
    card: str = "active"


@dataclass(frozen=True)
class Difference:
    """One thing to look at: which swab of whom, in which tube, and what is odd about it."""

    kind: DifferenceKind
    sample: str
    person: str
    tube: str
    detail: str = ""


_ASIDE = {"duplicate": DifferenceKind.SECOND_SWAB, "after_closing": DifferenceKind.SWAB_AFTER_CLOSING}


def differences(swabs: Iterable[SwabFacts]) -> list[Difference]:
    """Every swab that keeps the sums apart, then every swab of a tube that holds more than its ratio.

    Swabs in tubes − persons = the swabs that stand aside; persons − cards = those without an active
    card: with no difference listed the three sums are equal.
    """
    swabs = list(swabs)
    found = [Difference(_ASIDE[s.aside], s.sample, s.person, s.tube) for s in swabs if s.aside]
    for swab in swabs:
        if not swab.aside and swab.card != "active":
            kind = DifferenceKind.CARD_NOT_ACTIVE if swab.card else DifferenceKind.NO_CARD
            found.append(Difference(kind, swab.sample, swab.person, swab.tube, swab.card))
    held = Counter(swab.tube for swab in swabs)
    found += [
        Difference(DifferenceKind.TUBE_OVERFULL, s.sample, s.person, s.tube)
        for s in swabs if held[s.tube] > s.ratio
    ]  # fmt: skip
    return found
