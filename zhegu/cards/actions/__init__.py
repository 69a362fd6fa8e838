"""Everything that changes a key or a card."""

from zhegu.cards.actions.handing import activate, close_round, revoke, take_back
from zhegu.cards.actions.issuing import issue
from zhegu.cards.actions.keys import (
    make_keys,
    note_root_printed,
    put_root_away,
    restore_root,
    revoke_key,
    set_up_root,
)
from zhegu.cards.actions.kinds import CardRef, HandOut, Happened, NewCard
from zhegu.cards.actions.publishing import publish

__all__ = [
    "CardRef",
    "HandOut",
    "Happened",
    "NewCard",
    "activate",
    "close_round",
    "issue",
    "make_keys",
    "note_root_printed",
    "publish",
    "put_root_away",
    "restore_root",
    "revoke",
    "revoke_key",
    "set_up_root",
    "take_back",
]
