"""What each header of a blank form means, proposed with how sure that is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from zhegu.reports.rules.blanks.dictionary import HEAD, NONE, SURE, Dictionary, Guess
from zhegu.reports.rules.blanks.finding import find_table
from zhegu.reports.rules.blanks.labels import Label, labels
from zhegu.reports.rules.blanks.layout import Head, Orientation, Table, is_place, is_total
from zhegu.reports.rules.blanks.pieces import pieces
from zhegu.reports.rules.blanks.sheet import Blank, Spot, ref
from zhegu.reports.rules.blanks.words import plain, seen

TITLE_WEIGHT = 1.2
OTHER_FORM = 0.75
RARE = 1.5
TWICE = 0.6


@dataclass(frozen=True)
class Proposal:
    """One header: where it stands, what it says, the field it is taken for, and the cells that belong to it.

    `slot` is the column (of `columns` the row) it heads in the table, 0 for a label; `spot` the blank cell
    beside a label. `form` is the catalogue form whose field it is.
    """

    row: int
    column: int
    header: str
    path: tuple[str, ...]
    form: str
    field: str | None
    confidence: float
    slot: int = 0
    spot: Spot | None = None
    computed: bool = False
    hidden: bool = False

    @property
    def cell(self) -> str:
        return ref(self.row, self.column)


@dataclass(frozen=True)
class Reading:
    """A sheet as understood: its form, its headers, and its table."""

    sheet: str
    form: str
    fields: tuple[Proposal, ...]
    table: Table | None

    @property
    def orientation(self) -> Orientation:
        return self.table.orientation if self.table else Orientation.CELLS


def read(blank: Blank, words: Dictionary, form: str = "") -> Reading:
    """The sheet with a proposal for every header, as a blank of `form` where somebody said which it is."""
    table = find_table(blank, lambda path: _sure(words, path))
    found = list(labels(blank, table))
    form = form or _form(blank, words, table, found)
    proposals = _of_table(blank, words, form, table) if table else []
    proposals += _of_labels(blank, words, form, table, found)
    return Reading(blank.name, form, tuple(_once(proposals)), table)


def parted(blank: Blank, words: Dictionary) -> list[Blank]:
    """The sheet in as many pieces as it has tables below each other."""
    return pieces(blank, lambda path: _sure(words, path))


def _sure(words: Dictionary, path: tuple[str, ...]) -> float:
    """How sure a header is to be one; `("head", text)` asks about labels of head and foot only."""
    if len(path) == 2 and path[0] == HEAD:
        return max((one.confidence for one in words.guesses(path[1:]) if one.form == HEAD), default=0.0)
    found = [one for one in words.guesses(path) if one.form != HEAD]
    if not found:
        return 0.0
    return found[0].confidence if found[0].form != NONE else 0.5


def _form(blank: Blank, words: Dictionary, table: Table | None, found: Iterable[Label]) -> str:
    """The form of the catalogue that the sheet resembles most."""
    paths = [head.path for head in table.heads] if table else [label.path for label in found]
    top = min((head.row for head in table.heads), default=1) if table else 4
    titles = blank.name + "".join(text for row, _, text in blank.words() if row < max(top, 2))
    points = {}
    for form in words.forms():
        said = [one.confidence for path in paths if (one := words.best(path, form)) and one.form == form]
        points[form] = sum(one for one in said if one >= SURE) + TITLE_WEIGHT * words.title(form, titles)
        points[form] -= RARE if form in words.rare else 0
    return max(points, key=lambda form: points[form])


def _pick(words: Dictionary, path: tuple[str, ...], form: str, also: tuple[str, ...] = ()) -> Guess:
    """The surest reading within the form; one of another form only as a suggestion."""
    found = words.guesses(path)
    near = next((one for one in found if one.form in (form, NONE, *also)), None)
    people = words.of_people(form)
    not_other = (form, NONE, HEAD, *words.rare)
    other = next((one for one in found if one.form not in not_other and words.of_people(one.form) == people), None)
    known = near is not None and (near.form != NONE or near.confidence >= 0.86)
    if known and (other is None or near.confidence >= 0.55 or other.confidence < SURE):
        return near
    if other is not None and other.confidence >= SURE:
        return replace(other, confidence=round(other.confidence * OTHER_FORM, 3))
    return near or Guess(NONE, NONE, 0.0)


def _of_table(blank: Blank, words: Dictionary, form: str, table: Table) -> list[Proposal]:
    found = []
    for head in table.heads:
        guess = _place_head(head) or _pick(words, head.path, form)
        if guess.field == NONE and not guess.confidence:
            guess = _office_head(words, head, ("unit",) if words.of_people(form) else ("unit", "date")) or guess
        found.append(_proposal(blank, table, head, guess))
    return found


def _place_head(head: Head) -> Guess | None:
    """A place or a total among the headers is no field."""
    if is_place(head.path[-1]) or (len(head.path) == 1 and is_total(head.path[0])):
        return Guess(NONE, NONE, 0.9)
    return None


def _office_head(words: Dictionary, head: Head, asked: tuple[str, ...]) -> Guess | None:
    """A column for the name of the office that reports, or for the day."""
    found = words.guesses(head.path[-1:])
    return next((one for one in found if one.form == HEAD and one.field in asked and one.confidence >= SURE), None)


def _proposal(blank: Blank, table: Table, head: Head, guess: Guess) -> Proposal:
    if table.orientation is Orientation.ROWS:
        computed = bool(blank.at(table.first, head.slot).formula)
        hidden = head.slot in blank.hidden_columns
    else:
        computed = all(blank.at(head.slot, column).formula for column in table.places)
        hidden = head.slot in blank.hidden_rows
    if computed and guess.confidence < SURE:
        guess = Guess(NONE, NONE, 0.0)
    return Proposal(
        head.row, head.column, seen(head.path[-1]), head.path, guess.form, _name(guess), guess.confidence, head.slot,
        computed=computed, hidden=hidden,
    )  # fmt: skip


def _of_labels(
    blank: Blank, words: Dictionary, form: str, table: Table | None, found: Iterable[Label]
) -> list[Proposal]:
    proposals = []
    for label in found:
        guess = _label_guess(words, label, form, table)
        if guess is None:
            continue
        sure = min(guess.confidence, 0.78) if label.shared else guess.confidence
        right = blank.box(label.row, label.column).right + 1
        computed = label.spot is None and bool(blank.at(label.row, right).formula)
        proposals.append(
            Proposal(
                label.row, label.column, seen(label.path[-1]), label.path, guess.form, _name(guess), sure,
                spot=label.spot, computed=computed, hidden=label.column in blank.hidden_columns,
            )
        )
    return proposals


def _label_guess(words: Dictionary, label: Label, form: str, table: Table | None) -> Guess | None:
    """Head and foot first beside a table; without one, the form's own fields as well. None for mere text."""
    head = next((one for one in words.guesses(label.path[-1:]) if one.form in (HEAD, NONE)), None)
    if table is not None:
        if head is not None and head.confidence >= (0.5 if label.marked else 0.85):
            return head
        own = _pick(words, label.path, form)
        if label.marked and own.field != NONE:
            return replace(own, confidence=min(own.confidence, 0.75))
        return Guess(NONE, NONE, 0.0) if label.marked else None
    own = _pick(words, label.path, form)
    if head is not None and head.confidence > own.confidence:
        return head
    if own.field == NONE and own.confidence == 0 and not label.marked and label.spot is None:
        return None
    return own


def _name(guess: Guess) -> str | None:
    return None if guess.field == NONE else guess.field


def _once(found: list[Proposal]) -> list[Proposal]:
    """A field stands once in a form: of two headers taken for it the less sure one is only suggested."""
    best: dict[str, Proposal] = {}
    for one in found:
        if one.field and (one.field not in best or best[one.field].confidence < one.confidence):
            best[one.field] = one
    return [
        one if not one.field or best[one.field] is one or one.slot == 0 else replace(one, confidence=min(one.confidence, TWICE))
        for one in found
    ]


def signature(reading: Reading) -> str:
    """What makes two blanks ask for the same: sheet layout and headers with their groups, in order."""
    said = [f"{one.cell}={'/'.join(plain(part) for part in one.path)}" for one in reading.fields]
    return re.sub(r"\s", "", f"{reading.orientation}|{'|'.join(said)}")
