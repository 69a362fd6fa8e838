"""The chat text of a round: a few figures in plain words, and nothing about any person."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from zhegu.lib.clock import local
from zhegu.lib.ledger import Ledger
from zhegu.lib.outgoing import MOST_CHARACTERS, chat_faults
from zhegu.lib.tables import Phrase, Plain, Words, say
from zhegu.lib.texts import text
from zhegu.reports.rules.figures import Told

MOST_GRIDS = 5
TOLD = (
    "sampling_due", "sampling_done", "sampling_rate", "arrivals_new", "isolation_current", "isolation_released",
    "checkpoint_vehicles", "checkpoint_persons", "checkpoint_turned_back", "requests_done", "requests_open", "days_masks",
    "days_disinfectant", "disinfection_times", "households_visited", "lpg_cylinders", "donations_today",
)  # fmt: skip
"""What the day's chat text says, the weightiest first. Never who is ill: results, fevers, who is not well and medicine
are learnt first by those they are about, and in a chat group small numbers give somebody away."""


class Named(Protocol):
    """A place as far as its name goes."""

    name: str
    name_bo: str
    no: int
    code: str


def place_words(place: Named, lang: str) -> Words:
    """What people call a place: its own name, the number of its grid, or at last its code."""
    name = place.name_bo if lang == "bo" and place.name_bo else place.name
    if name:
        return Plain(name)
    return Phrase.of("places.grid_no", no=place.no) if place.no else Plain(place.code)


def round_text(ledger: Ledger, *, community: Words, round_no: int, lang: str) -> str:
    """How a round stands, from the coverage ledger's own totals, in at most 600 characters.

    Results are never told here: who is affected learns it first. Where the words are too many, the
    list of grids is what is left out.
    """
    totals = ledger.totals or {}
    head = _head(ledger.as_of, say(community, lang), round_no, lang)
    figures = _figures(totals, lang)
    asked = text("reports.chat_all_done" if _missing(totals) == 0 else "reports.chat_please_come", lang)
    grids = _grids(ledger, lang)
    whole = "\n".join(line for line in (head, *figures, grids, asked) if line)
    if len(whole) <= MOST_CHARACTERS:
        return whole
    return "\n".join((head, *figures, asked))


def _head(as_of: datetime, community: str, round_no: int, lang: str) -> str:
    at = local(as_of)
    clock = f"{at:%H:%M}"
    return text("reports.chat_head", lang, place=community, round=round_no, month=at.month, day=at.day, at=clock)


def _figures(totals: Mapping[str, Any], lang: str) -> list[str]:
    rate = totals.get("rate")
    lines = [
        text("reports.chat_sampled", lang, due=totals.get("due", 0), sampled=totals.get("sampled", 0)),
        text("reports.chat_rate", lang, rate=f"{rate * 100:.1f}") if rate is not None else "",
        text("reports.chat_missing", lang, n=_missing(totals)) if _missing(totals) else "",
        text("reports.chat_tubes", lang, tubes=totals.get("tubes", 0), cards=totals.get("cards_issued", 0)),
    ]
    return [line for line in lines if line]


def _missing(figures: Mapping[str, Any]) -> int:
    return int(figures.get("missing") or 0)


def _grids(ledger: Ledger, lang: str) -> str:
    """The grids where most are still missing, most first."""
    lacking = sorted((row for row in ledger.rows if _missing(row)), key=_missing, reverse=True)[:MOST_GRIDS]
    said = [
        text("reports.chat_grid", lang, grid=_name(row["grid"], lang), n=_missing(row)) for row in lacking
    ]
    return text("reports.chat_grids", lang, grids=text("reports.chat_and", lang).join(said)) if said else ""


def _name(grid: Any, lang: str) -> str:
    return grid if isinstance(grid, str) else say(grid, lang)


def day_text(
    told: Iterable[Told], *, community: Words, as_of: datetime, lang: str, since: date | None = None,
    typed: tuple[str, str] = ("", ""),
) -> str:
    """The day, or the days from `since` on, in figures, one line a room, and what was typed (problems, plan), in at most
    600 characters: where they are too many, the last figures are left out; so is what nobody knows, and a number so long
    that it could be somebody's."""
    at = local(as_of)
    head = text("reports.day_head", lang, place=say(community, lang), month=at.month, day=at.day, at=f"{at:%H:%M}")
    if since is not None and since != at.date():
        head = text("reports.days_head", lang, place=say(community, lang), since=f"{since:%m-%d}", until=f"{at:%m-%d}")
    known = {one.spec.name: one for one in told if one.value is not None}
    chosen = [known[name] for name in TOLD if name in known and not chat_faults(figure_words(known[name], lang))]
    lines = [text(f"reports.chat_{what}", lang, words=words) for what, words in zip(("problems", "plan"), typed, strict=True) if words]
    while len(words := "\n".join((head, *_by_room(chosen, lang), *lines))) > MOST_CHARACTERS:
        chosen.pop()
    return words


def _by_room(told: Iterable[Told], lang: str) -> list[str]:
    rooms: dict[str, list[str]] = {}
    for one in told:
        rooms.setdefault(one.room, []).append(text(one.spec.label, lang) + " " + figure_words(one, lang))
    return [text("reports.chat_and", lang).join(said) for said in rooms.values()]


def figure_words(one: Told, lang: str) -> str:
    """A figure's value as people read it, with its unit; a dash where nobody knows."""
    if one.value is None:
        return "—"
    return text(f"reports.unit_{one.spec.unit}", lang, n=_number(one.spec.unit, one.value))


def _number(unit: str, value: float) -> float | str:
    if unit == "share":
        return f"{value * 100:.1f}"
    return f"{value:.2f}".removesuffix(".00") if unit == "yuan" else value
