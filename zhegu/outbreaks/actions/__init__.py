"""Opening, steering and closing outbreaks; what people are to them; how their tests came out."""

from zhegu.outbreaks.actions.areas import NewRisk, set_risks, take_back_risk
from zhegu.outbreaks.actions.bulletins import NewBulletin, take_back_bulletin, write_bulletin
from zhegu.outbreaks.actions.directives import (
    NewDirective,
    give_directive,
    mark_done,
    mark_read,
    mark_undone,
    withdraw_directive,
)
from zhegu.outbreaks.actions.group import NewMember, add_member, end_member, set_caller
from zhegu.outbreaks.actions.kinds import ABOUT_PEOPLE, GROUP, PURPOSE, Happened
from zhegu.outbreaks.actions.numbers import ask_for_change, decide_change
from zhegu.outbreaks.actions.outbreaks import (
    RecordTest,
    SetStanding,
    close_outbreak,
    open_outbreak,
    record_tests,
    set_standings,
)
from zhegu.outbreaks.actions.steering import note_lapse, review

__all__ = [
    "ABOUT_PEOPLE",
    "GROUP",
    "PURPOSE",
    "Happened",
    "NewBulletin",
    "NewDirective",
    "NewMember",
    "NewRisk",
    "RecordTest",
    "SetStanding",
    "add_member",
    "ask_for_change",
    "close_outbreak",
    "decide_change",
    "end_member",
    "give_directive",
    "mark_done",
    "mark_read",
    "mark_undone",
    "note_lapse",
    "open_outbreak",
    "record_tests",
    "review",
    "set_caller",
    "set_risks",
    "set_standings",
    "take_back_bulletin",
    "take_back_risk",
    "withdraw_directive",
    "write_bulletin",
]
