"""What may be said about a person, tidied as it is kept. Pure."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from zhegu.registers.rules.characters import even
from zhegu.registers.rules.ids import read_id, tidy_id
from zhegu.registers.rules.names import tidy_name
from zhegu.registers.rules.phones import read_phone
from zhegu.registers.rules.relations import tidy_relation

LONGEST = {"name": 120, "name_bo": 200, "nickname": 80, "relation": 40, "id_number": 40, "phone": 20, "note": 2000}
EARLIEST_BIRTH, LATEST_BIRTH = 1880, 2100
SEXES = ("", "m", "f")
RESIDENCES = ("resident", "incomer")


class BadFact(ValueError):
    """Something that cannot be kept as it was said; `reason` is a text key."""

    def __init__(self, reason: str, field: str):
        super().__init__(reason)
        self.reason, self.field = reason, field


def tidied(said: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as they are kept: names without stray spaces, numbers in one spelling, days as dates.

    Raises BadFact for an empty name, an unreadable phone or birth, an unknown word, or too long a text.
    An id number is never refused: papers with a wrong check digit exist.
    """
    kept = {field: _TIDY[field](value) for field, value in said.items()}
    for field, longest in LONGEST.items():
        if len(str(kept.get(field) or "")) > longest:
            raise BadFact("registers.too_long", field)
    if "name" in kept and not kept["name"]:
        raise BadFact("registers.write_a_name", "name")
    if kept.get("birth_date") and "birth_year" not in said:
        kept["birth_year"] = kept["birth_date"].year
    return kept


def _text(value: Any) -> str:
    return even(value)


def _id(value: Any) -> str:
    text = tidy_id(value)
    return read_id(text).text or text if text else ""


def _phone(value: Any) -> str:
    if not even(value):
        return ""
    reading = read_phone(value)
    if not reading.text:
        raise BadFact("registers.phone_unreadable", "phone")
    return reading.text


def _birth_date(value: Any) -> date | None:
    if not value:
        return None
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError as wrong:
        raise BadFact("registers.birth_wrong", "birth_date") from wrong
    _birth_year(day.year)
    return day


def _birth_year(value: Any) -> int | None:
    if value in (None, ""):
        return None
    try:
        year = int(value)
    except (TypeError, ValueError) as wrong:
        raise BadFact("registers.birth_wrong", "birth_year") from wrong
    if not EARLIEST_BIRTH <= year <= LATEST_BIRTH:
        raise BadFact("registers.birth_wrong", "birth_year")
    return year


def _one_of(field: str, words: tuple[str, ...]) -> Callable[[Any], str]:
    def chosen(value: Any) -> str:
        word = str(value or "")
        if word not in words:
            raise BadFact("registers.unknown_word", field)
        return word

    return chosen


_TIDY: dict[str, Callable[[Any], Any]] = {
    "name": tidy_name,
    "name_bo": tidy_name,
    "nickname": _text,
    "sex": _one_of("sex", SEXES),
    "birth_date": _birth_date,
    "birth_year": _birth_year,
    "id_number": _id,
    "phone": _phone,
    "note": _text,
    "relation": tidy_relation,
    "residence": _one_of("residence", RESIDENCES),
}
FIELDS = tuple(_TIDY)
