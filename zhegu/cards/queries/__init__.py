"""Everything that reads keys, lists and cards."""

from zhegu.cards.queries.cards import (
    PrintedCard,
    audit_list,
    card_with,
    cards,
    counts,
    key_in_use,
    printable,
    rounds,
    state_of,
    states,
    verify,
)
from zhegu.cards.queries.keys import (
    RootFacts,
    key,
    keys,
    list_key,
    recovery_sheets,
    root,
    signed_lists,
    trusted,
)

__all__ = [
    "PrintedCard",
    "RootFacts",
    "audit_list",
    "card_with",
    "cards",
    "counts",
    "key",
    "key_in_use",
    "keys",
    "list_key",
    "printable",
    "recovery_sheets",
    "root",
    "rounds",
    "signed_lists",
    "state_of",
    "states",
    "trusted",
    "verify",
]
