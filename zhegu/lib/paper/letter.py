"""A page to one person or household: what is said, the facts, what follows from it, who signs; each in its languages."""

from collections.abc import Iterable
from dataclasses import dataclass

from zhegu.lib.paper.fonts import Fonts
from zhegu.lib.paper.press import Imprint, press
from zhegu.lib.tables import Words


@dataclass(frozen=True)
class Letter:
    """`facts` are a label and its value; `says` whole sentences in their order; `signs` lines for a pen."""

    title: Words
    to: Words
    facts: tuple[tuple[Words, Words], ...]
    says: tuple[Words, ...]
    signs: tuple[Words, ...]
    number: str = ""


def print_letters(letters: Iterable[Letter], imprint: Imprint, fonts: Fonts | None = None) -> bytes:
    """A page each, with a place for the seal."""
    sent = {
        "seal": imprint.words("paper.seal_here"),
        "letters": [
            {
                "title": imprint.say(letter.title),
                "to": imprint.say(letter.to),
                "number": letter.number,
                "facts": [[imprint.say(label), imprint.say(value)] for label, value in letter.facts],
                "says": [imprint.say(words) for words in letter.says],
                "signs": [imprint.say(words) for words in letter.signs],
            }
            for letter in letters
        ],
    }
    return press("letter", sent, imprint, fonts)
