"""What is typed of a day: its problems and the plan for the next, once; a correction is a new version."""

from datetime import date, datetime
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib import clock
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.outgoing import Fault, chat_faults
from zhegu.lib.scope import Actor
from zhegu.places.models import Place
from zhegu.reports.actions.making import Happened
from zhegu.reports.models import DayNote
from zhegu.reports.rules.notes import LONGEST_NOTE


def note_day(
    *, by: Actor, community: Place, day: date, problems: str, plan: str, at: datetime, ref: UUID
) -> Answer:
    """The day's report says this from now on. Refused: a day to come; too long; a phone or id number in it; no change."""
    said = {"problems": problems.strip(), "plan": plan.strip()}

    def do(fresh: list[Command]) -> list[Outcome]:
        if day > clock.local_day(at):
            return [Refused("reports.note_day_to_come")]
        if any(len(words) > LONGEST_NOTE for words in said.values()):
            return [Refused("reports.note_long", {"most": LONGEST_NOTE})]
        if any(Fault.NUMBER in chat_faults(words) for words in said.values()):
            return [Refused("reports.note_number")]
        last = DayNote.objects.filter(community=community, day=day).first()
        if said == ({"problems": last.problems, "plan": last.plan} if last else {"problems": "", "plan": ""}):
            return [Refused("reports.note_same")]
        DayNote.objects.create(id=ref, community=community, day=day, at=at, by=by.key, **said)
        return [Accepted({"note": str(ref)})]

    return journal.once([Command(ref, Happened.DAY_NOTED, community.code, by, at, {"day": str(day), **said})], do)[0]
