"""What was said at doors: visits and words, in the order in which they happen to arrive."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from zhegu.care import actions as care
from zhegu.care.actions import Source
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib import clock
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope
from zhegu.places.models import Place
from zhegu.visits import rules
from zhegu.visits.actions.kinds import Act, Happened
from zhegu.visits.models import Door, Said
from zhegu.visits.rules import MOST_WORDS, SAID, WORKERS, Excuse, What, answers_fit, door_of

KINDS = {
    What.EXCUSE: Happened.EXCUSED, What.GONE: Happened.GONE, What.MISSING: Happened.MISSING, What.BACK: Happened.BACK,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class NewVisit(Act):
    """Somebody was at a door. `follows` is the visit the speaker had before them; `care` what care may be needed."""

    door: UUID
    follows: UUID | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    masks: int = 0
    advised: bool = False
    note: str = ""
    care: tuple[str, ...] = ()
    care_words: str = ""
    on_behalf: str = ""
    from_paper: bool = False

    def plain(self) -> dict[str, Any]:
        return {
            "door": str(self.door), "follows": str(self.follows or ""), "answers": dict(self.answers), "masks": self.masks,
            "advised": self.advised, "note": self.note, "care": list(self.care), "care_words": self.care_words,
            "on_behalf": self.on_behalf, "from_paper": self.from_paper,
        }  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Word(Act):
    """A word about a door: excused, gone, not done and why, or put back. `follows`: the word before it."""

    door: UUID
    what: What
    code: str = ""
    note: str = ""
    follows: UUID | None = None
    on_behalf: str = ""

    def plain(self) -> dict[str, Any]:
        return {
            "door": str(self.door), "code": self.code, "note": self.note, "follows": str(self.follows or ""),
            "on_behalf": self.on_behalf,
        }  # fmt: skip


def _doors(community: Place, ids: Iterable[UUID]) -> dict[UUID, Door]:
    rows = Door.objects.select_for_update(of=("self",)).filter(campaign__community=community, pk__in=set(ids))
    return {row.pk: row for row in rows.select_related("campaign__community", "grid", "unit", "household", "person")}


def _refusal(scope: Scope, door: Door | None, act: Act) -> Refused | None:
    if door is None or not scope.covers(door.place.code, *WORKERS):
        return Refused("visits.unknown_door")
    if door.campaign.closed_at and door.campaign.closed_at < act.at:
        return Refused("visits.closed")
    return None


Write = Callable[[Door, Any], Refused | None]


def _act(by: Actor, scope: Scope, community: Place, items: Sequence[Any], kind_of: Callable[[Any], Happened], write: Write) -> list[Answer]:
    by_ref = {item.ref: item for item in items}
    outbreaks = dict(
        Door.objects.filter(campaign__community=community, pk__in=[one.door for one in items])
        .values_list("pk", "campaign__outbreak")
    )  # fmt: skip

    def do(fresh: list[Command]) -> list[Outcome]:
        doors = _doors(community, [by_ref[command.ref].door for command in fresh])
        outcomes: list[Outcome] = []
        touched: dict[UUID, Door] = {}
        for command in fresh:
            item = by_ref[command.ref]
            door = doors.get(item.door)
            refused = _refusal(scope, door, item) or (write(door, item) if door else None)
            outcomes.append(refused or Accepted({"said": str(item.ref), "door": str(item.door)}))
            if door and not refused:
                touched[door.pk] = door
        settle(touched.values())
        return outcomes

    return journal.once([one.command(kind_of(one), community, by, outbreaks.get(one.door)) for one in items], do)


def visit(*, by: Actor, scope: Scope, community: Place, items: Sequence[NewVisit]) -> list[Answer]:
    """Each visit is kept; of two by people who did not know of each other both are, until the office chooses.
    What it says of care goes to the office as a hint. Facts: `said`, `door`.

    Refused: a door that is not there or not theirs, a visit after the closing, answers to no question of the
    campaign or not among its choices.
    """

    def write(door: Door, item: NewVisit) -> Refused | None:
        if not answers_fit(door.campaign.ever_asked, item.answers):
            return Refused("visits.answers_do_not_fit")
        said = {code: answer for code, answer in sorted(item.answers.items()) if answer not in (None, "")}
        Said.objects.create(
            id=item.ref, door=door, what=What.VISIT, at=item.at, by=by.key, on_behalf=item.on_behalf.strip(),
            from_paper=item.from_paper, follows=item.follows, masks=item.masks, advised=item.advised,
            answers=json.dumps(said, ensure_ascii=False, sort_keys=True), note=_note(door, item),
        )  # fmt: skip
        _hint(by, door, item)
        return None

    return _act(by, scope, community, items, lambda one: Happened.VISITED, write)


def _note(door: Door, item: NewVisit) -> str:
    """Of a place where nobody of the register lives, the word about care stays with the visit."""
    words = item.note if door.person or door.household else f"{item.note} {item.care_words}"
    return words.strip()[:MOST_WORDS]


def _hint(by: Actor, door: Door, item: NewVisit) -> None:
    whose = door.person or door.household
    if whose and (item.care or item.care_words.strip()):
        care.give_hint(
            by=by, whose=whose, categories=item.care, words=item.care_words, source=Source.SURVEY, at=item.at,
            ref=uuid5(item.ref, "care"),
        )  # fmt: skip


def say_words(*, by: Actor, scope: Scope, community: Place, items: Sequence[Word]) -> list[Answer]:
    """Each word is kept, and the door is what all of them make of it. Facts: `said`, `door`.

    Refused: as a visit; a code that is not on its list, `other` without a note.
    """

    def write(door: Door, item: Word) -> Refused | None:
        allowed = SAID.get(item.what)
        if (item.code not in list(allowed)) if allowed else item.code:
            return Refused("visits.unknown_code")
        if item.what == What.EXCUSE and item.code == Excuse.OTHER and not item.note.strip():
            return Refused("visits.note_needed")
        Said.objects.create(
            id=item.ref, door=door, what=item.what, at=item.at, by=by.key, on_behalf=item.on_behalf.strip(),
            follows=item.follows, code=item.code, note=item.note.strip(),
        )  # fmt: skip
        return None

    return _act(by, scope, community, items, lambda one: KINDS[one.what], write)


@dataclass(frozen=True, kw_only=True)
class UndoSaid(Act):
    """What was said there was a mistake."""

    said_id: UUID

    def plain(self) -> dict[str, Any]:
        return {"said": str(self.said_id)}


def undo_said(*, by: Actor, scope: Scope, community: Place, items: Sequence[UndoSaid]) -> list[Answer]:
    """It counts no more. Refused: not there, not theirs, or taken back before."""
    by_ref = {item.ref: item for item in items}

    def do(fresh: list[Command]) -> list[Outcome]:
        return [_undo(scope, community, by_ref[command.ref]) for command in fresh]

    return journal.once([one.command(Happened.UNDONE, community, by, None) for one in items], do)


def _undo(scope: Scope, community: Place, item: UndoSaid) -> Outcome:
    row = Said.objects.filter(door__campaign__community=community, pk=item.said_id).first()
    door = _doors(community, [row.door_id]).get(row.door_id) if row else None
    if row is None or door is None or not scope.covers(door.place.code, *WORKERS):
        return Refused("visits.unknown_said")
    if not Said.objects.filter(pk=row.pk, undone=None).update(undone=item.at):
        return Refused("visits.undone_before")
    settle([door])
    return Accepted({"said": str(row.pk), "door": str(door.pk)})


@dataclass(frozen=True, kw_only=True)
class Choose(Act):
    """Of all that was said of a door, this counts; the others of its sort stand aside."""

    said_id: UUID

    def plain(self) -> dict[str, Any]:
        return {"said": str(self.said_id)}


def choose(*, by: Actor, scope: Scope, community: Place, items: Sequence[Choose]) -> list[Answer]:
    """Each counts, and people disagree no more; choosing another later turns it round. Refused: not there, or
    taken back."""
    by_ref = {item.ref: item for item in items}

    def do(fresh: list[Command]) -> list[Outcome]:
        return [_choose(scope, community, by_ref[command.ref]) for command in fresh]

    return journal.once([one.command(Happened.CHOSEN, community, by, None) for one in items], do)


def _choose(scope: Scope, community: Place, item: Choose) -> Outcome:
    row = Said.objects.filter(door__campaign__community=community, pk=item.said_id, undone=None).first()
    door = _doors(community, [row.door_id]).get(row.door_id) if row else None
    if row is None or door is None or not scope.covers(door.place.code, *WORKERS):
        return Refused("visits.unknown_said")
    sort = [What.VISIT] if row.what == What.VISIT else [What.EXCUSE, What.GONE, What.BACK]
    others = Said.objects.filter(door=door, what__in=sort)
    others.exclude(pk=row.pk).update(aside=item.at)
    others.filter(pk=row.pk).update(aside=None)
    settle([door])
    return Accepted({"said": str(row.pk), "door": str(door.pk)})


# --- what all of it makes of a door

KEPT = ["standing", "clash", "visit", "word", "excuse", "reason"]


def settle(doors: Iterable[Door]) -> None:
    """Each door is what `rules.door_of` makes of everything said of it."""
    doors = list(doors)
    said: dict[UUID, list[Said]] = {}
    for row in Said.objects.filter(door__in=doors):
        said.setdefault(row.door_id, []).append(row)
    for door in doors:
        _settle(door, said.get(door.pk, []))
    Door.objects.bulk_update(doors, KEPT, batch_size=200)


def _settle(door: Door, rows: Sequence[Said]) -> None:
    by_id = {row.pk: row for row in rows}
    made = door_of(_plain(row) for row in rows)
    door.standing, door.clash, door.visit, door.word = made.standing, made.clash, made.visit, made.word
    word, missing = by_id.get(made.word), by_id.get(made.missing)
    door.excuse = word.code if word and word.what == What.EXCUSE else ""
    door.reason = missing.code if missing else ""


def _plain(row: Said) -> rules.Said:
    visited = row.what == What.VISIT
    content = f"{row.answers}|{row.masks}|{row.advised}|{row.note}" if visited else f"{row.what}:{row.code}"
    if row.what == What.GONE:
        content = row.code
    return rules.Said(
        row.pk, What(row.what), clock.local(row.at), row.by, content, row.follows, bool(row.undone or row.aside)
    )
