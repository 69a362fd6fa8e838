"""What a phone keeps sealed because it tells of people is looked at when it is pulled, or says why it is not."""

import re

from tests.architecture.source import ROOT
from zhegu.sync import offers

# Sealed on the phone, yet neither health nor whereabouts, each with the reason.
NO_LOOK = {
    "allowed": "plates of supply vehicles",
    "door": "names and places of doors; what was answered stays in the office",
    "handover": "words of one shift to the next, without people's names",
    "home": "doors of homes and whether they were asked; what they need stays in the office",
    "line": "whose turn it is in a round; results are not on phones",
    "parcel": "numbered things on a truck",
    "run_stop": "doors of a courier's run",
    "share": "what is due to a home",
    "shift": "staff and their posts",
}


def sealed() -> set[str]:
    source = (ROOT / "phone" / "src" / "store" / "rows.ts").read_text(encoding="utf-8")
    (listed,) = re.findall(r"ABOUT_PEOPLE[^=]*= new Set\(\[([^]]*)]\)", source)
    return set(re.findall(r"'(\w+)'", listed))


def test_every_sealed_table_leaves_a_look_or_says_why_not():
    assert sealed() - offers.sensitive() - set(NO_LOOK) == set()


def test_whatever_leaves_a_look_is_sealed_and_offered():
    assert offers.sensitive() <= sealed() & set(offers.tables())
    assert set(NO_LOOK) <= sealed() and not set(NO_LOOK) & offers.sensitive()
