"""Campaigns are opened and closed; what was said at doors is written down, taken back and chosen between."""

from zhegu.visits.actions.campaigns import (
    NewCampaign,
    change_questions,
    close_campaign,
    open_campaign,
    reopen_campaign,
)
from zhegu.visits.actions.doors import NewDoor, add_doors
from zhegu.visits.actions.kinds import PURPOSE, Happened
from zhegu.visits.actions.saying import Choose, NewVisit, UndoSaid, Word, choose, say_words, undo_said, visit

__all__ = [
    "PURPOSE", "Choose", "Happened", "NewCampaign", "NewDoor", "NewVisit", "UndoSaid", "Word", "add_doors", "change_questions", "choose",
    "close_campaign", "open_campaign", "reopen_campaign", "say_words", "undo_said", "visit",
]  # fmt: skip
