"""What the register learns changes open rosters: who moved away or died is due no more, two rows of one
person are not two people to be sampled."""

import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from zhegu.journal import queries as journal
from zhegu.journal.models import Entry
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Scope
from zhegu.lib.texts import text
from zhegu.registers.actions import Follows, Moved
from zhegu.registers.actions import Happened as Registered
from zhegu.registers.actions import follow_merge as rows_follow
from zhegu.registers.actions import follow_parting as rows_go_back
from zhegu.registers.models import Presence
from zhegu.sampling import actions
from zhegu.sampling.models import Line, Sample
from zhegu.sampling.rules import Excuse, Gone, Standing

REGISTER = Actor.system("register")
SCOPE = Scope.everything("open rosters follow what the register has learned")


def _on_the_roster(row: Line | Sample, to: UUID) -> bool:
    """A roster has both rows: each keeps its own line and swabs, and `follow_merge` says which of them is due."""
    return Line.objects.filter(round=row.round_id, person=to).exists()


def _apart(move: Moved) -> None:
    actions.stand_apart(move.by, SCOPE, move.people)


def _of(row: Line | Sample, lang: str) -> str:
    return text("sampling.round_no", lang, no=row.round.no)


FOLLOWING = (
    Follows(Line.objects.select_related("round").all, stays=_on_the_roster, then=_apart, says=_of),
    Follows(Sample.objects.select_related("round").all, stays=_on_the_roster, then=_apart, says=_of),
)


def follow_presence(entry: Entry) -> None:
    """Those who moved away or died are marked so in open rounds; those who are back are due again."""
    body = _body(entry)
    people = [UUID(one) for one in json.loads(entry.answer)["facts"].get("people", [])]
    presence = body.get("presence")
    if presence in (Presence.MOVED_AWAY, Presence.DIED):
        mark(_open_lines(people), entry.at)
    elif presence == Presence.HERE:
        put_back(line for line in _open_lines(people) if line.gone_by == REGISTER.key)


def follow_merge(entry: Entry) -> None:
    """Of two rows of one person only one stays due: the one that was sampled, else the one that is kept. On a roster
    that has but one of them, it is the person's line, with its swabs."""
    rows_follow(entry, FOLLOWING)
    facts = json.loads(entry.answer)["facts"]
    lines = {str(line.person_id): line for line in _open_lines([UUID(facts["kept"]), UUID(facts["dropped"])])}
    kept, dropped = lines.get(facts["kept"]), lines.get(facts["dropped"])
    if not (kept and dropped):
        return
    if dropped.standing != Standing.DONE:
        mark([dropped], entry.at)
    elif kept.standing == Standing.MISSING:
        word = _word(kept, entry.at) | {"reason": Excuse.ELSEWHERE}
        _done(actions.excuse(by=REGISTER, scope=SCOPE, items=[actions.Excused(**word)]))


def follow_parting(entry: Entry) -> None:
    """Two people after all: lines and swabs go back to whose they were, a swab that was counted on the other's line gets
    one of its own, and whoever was taken off for the merge is due again."""
    rows_go_back(entry, FOLLOWING)
    facts = json.loads(entry.answer)["facts"]
    people = [UUID(facts["kept"]), UUID(facts["dropped"])]
    put_back(line for line in _open_lines(people) if REGISTER.key in (line.gone_by, line.excused_by))


def mark(lines: Iterable[Line], at: datetime) -> None:
    items = [actions.MarkedGone(**_word(line, at), how=Gone.MOVED) for line in lines if line.gone != Gone.MOVED]
    if items:
        _done(actions.mark_gone(by=REGISTER, scope=SCOPE, items=items))


def put_back(lines: Iterable[Line]) -> None:
    """They are due again, from the moment at which they were taken off."""
    items = [
        actions.Word(**_word(line, max(t for t in (line.gone_at, line.excused_at) if t))) for line in lines
        if line.gone or line.excuse
    ]  # fmt: skip
    if items:
        _done(actions.put_back(by=REGISTER, scope=SCOPE, items=items))


def _done(answers: Iterable) -> None:
    refused = [answer.reason for answer in answers if not answer.accepted]
    if refused:
        raise RuntimeError(f"roster did not follow the register: {refused}")


def _word(line: Line, at: datetime) -> dict:
    return {
        "ref": new_id(), "at": at, "community": line.round.community.code, "round": line.round_id,
        "person": line.person_id, "seen": str(line.version or ""),
    }  # fmt: skip


def _open_lines(people: list[UUID]) -> list[Line]:
    found = Line.objects.filter(person__in=people, round__closed_at=None).select_related("round__community", "grid")
    return list(found)


def _body(entry: Entry) -> dict:
    kept = journal.bodies([entry])
    return json.loads(kept[entry.ref].content) if entry.ref in kept else {}


REACTIONS = {
    Registered.PRESENCE_SET: (follow_presence,),
    Registered.PEOPLE_MERGED: (follow_merge,),
    Registered.MERGE_UNDONE: (follow_parting,),
}
