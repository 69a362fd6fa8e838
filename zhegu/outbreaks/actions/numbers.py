"""A number of the outbreak's own profile is changed: one person asks, with reason and source, another decides."""

from datetime import datetime
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer
from zhegu.lib import clock
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.outbreaks.actions.kinds import Happened, command
from zhegu.outbreaks.models import Outbreak, ProfileChange
from zhegu.outbreaks.rules import (
    CONFIDENCES,
    BadProfile,
    NewNumber,
    is_number,
    numbers_in,
    read_profile,
    value_at,
    with_value,
)


def ask_for_change(*, by: Actor, outbreak: Outbreak, number: NewNumber, at: datetime, ref: UUID) -> Answer:
    """The change waits for a second person; facts: `change`.

    Refused: a path that is no number of the profile, the number it has already, no reason or source, a profile
    that would not hold (`problems`), a closed outbreak, a change of that number that waits already.
    """

    def do(fresh: list) -> list[Outcome]:
        now = Outbreak.objects.select_for_update().get(pk=outbreak.pk)
        if refused := _wrong(now, number):
            return [refused]
        ProfileChange.objects.create(
            id=ref, outbreak=now, path=number.path, was=value_at(now.profile, number.path), becomes=number.becomes,
            why=number.why.strip()[:300], source=number.source.strip()[:200], confidence=number.confidence,
            asked_by=by.key, asked_at=at,
        )  # fmt: skip
        return [Accepted({"change": str(ref)})]

    body = {
        "outbreak": str(outbreak.id), "path": number.path, "becomes": number.becomes, "why": number.why,
        "source": number.source, "confidence": number.confidence,
    }  # fmt: skip
    return journal.once([command(ref, Happened.CHANGE_ASKED, outbreak, by, at, body)], do)[0]


def _wrong(now: Outbreak, number: NewNumber) -> Refused | None:
    if now.closed:
        return Refused("outbreaks.already_closed")
    if number.path not in set(numbers_in(now.profile)):
        return Refused("outbreaks.no_such_number")
    if not number.why.strip():
        return Refused("outbreaks.why_needed")
    if not number.source.strip() or number.confidence not in CONFIDENCES:
        return Refused("outbreaks.source_needed")
    if not is_number(number.becomes) or number.becomes == value_at(now.profile, number.path):
        return Refused("outbreaks.same_number")
    if ProfileChange.objects.filter(outbreak=now, path=number.path, decided_at=None).exists():
        return Refused("outbreaks.change_waits")
    return _unsound(with_value(now.profile, number.path, number.becomes))


def _unsound(whole: dict) -> Refused | None:
    try:
        read_profile(whole)
    except BadProfile as bad:
        return Refused("outbreaks.would_not_hold", {"problems": [str(p) for p in bad.problems]})
    return None


def decide_change(*, by: Actor, change: ProfileChange, accept: bool, at: datetime, ref: UUID) -> Answer:
    """The outbreak's copy holds the new number with its source, or the wish is laid aside.

    Refused: accepting one's own, one decided already, a number that has become another meanwhile, a closed
    outbreak. Whoever asked may lay it aside themselves.
    """

    def do(fresh: list) -> list[Outcome]:
        now = Outbreak.objects.select_for_update().get(pk=change.outbreak_id)
        row = ProfileChange.objects.get(pk=change.pk)
        if row.decided_at:
            return [Refused("outbreaks.decided_already")]
        if accept and (refused := _not_by(by, row, now)):
            return [refused]
        if accept:
            now.profile = _changed(now.profile, row)
            now.save(update_fields=["profile"])
        ProfileChange.objects.filter(pk=row.pk).update(decided_by=by.key, decided_at=at, accepted=accept)
        return [Accepted({"change": str(row.pk), "accepted": accept})]

    body = {"change": str(change.pk), "accept": accept}
    return journal.once([command(ref, Happened.CHANGE_DECIDED, change.outbreak, by, at, body)], do)[0]


def _not_by(by: Actor, row: ProfileChange, now: Outbreak) -> Refused | None:
    if by.key == row.asked_by:
        return Refused("outbreaks.second_person")
    if now.closed:
        return Refused("outbreaks.already_closed")
    if row.path not in set(numbers_in(now.profile)) or value_at(now.profile, row.path) != row.was:
        return Refused("outbreaks.changed_meanwhile")
    return _unsound(with_value(now.profile, row.path, row.becomes))


def _changed(whole: dict, row: ProfileChange) -> dict:
    source = {
        "claim": row.why, "of": [row.path], "url": row.source, "seen": clock.local_day(row.asked_at).isoformat(),
        "confidence": row.confidence,
    }  # fmt: skip
    others = [_without(one, row.path) for one in whole["sources"]]
    return {**with_value(whole, row.path, row.becomes), "sources": [source, *others]}


def _without(source: dict, path: str) -> dict:
    """A source that spoke for that very number no longer does; what it says of other parts stands."""
    return {**source, "of": [part for part in source.get("of", []) if part != path]}
