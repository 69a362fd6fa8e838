"""Opening, steering and closing outbreaks; what people are to them; how their tests came out."""

from zhegu.outbreaks.actions.areas import NewRisk, set_risks, take_back_risk
from zhegu.outbreaks.actions.kinds import ABOUT_PEOPLE, PURPOSE, Happened
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
    "PURPOSE",
    "Happened",
    "NewRisk",
    "RecordTest",
    "SetStanding",
    "close_outbreak",
    "note_lapse",
    "open_outbreak",
    "record_tests",
    "review",
    "set_risks",
    "set_standings",
    "take_back_risk",
]
