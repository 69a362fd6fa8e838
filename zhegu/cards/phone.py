"""What phones hold so that they can check any card without a network: the root's public key and the
signed lists. They name nobody. Phones send nothing to this app: a card is handed out with its swab."""

import base64
from collections.abc import Iterable
from typing import Any, Literal

from typing_extensions import TypedDict

from zhegu.cards import actions, queries
from zhegu.lib import clock
from zhegu.lib.scope import Scope
from zhegu.places.models import Place


class CardRow(TypedDict):
    """`signed` in base64: for `root` the 65 bytes of its public key, pinned when first seen; else a
    COSE_Sign1 by the root (`keys`) or the list key (`withdrawn`, `active`). A larger `seq` is newer."""

    id: str
    what: Literal["root", "keys", "withdrawn", "active"]
    place: str
    round: int
    seq: int
    signed: str


def card_rows(scope: Scope, community: Place) -> Iterable[dict[str, Any]]:
    """The lists as they are now; signed anew where they would say something else or are an hour old."""
    actions.publish(community=community, at=clock.now())
    root = queries.root(scope)
    if root is None:
        return
    yield _row("root", "", 0, 0, root.point)
    for one in queries.signed_lists(scope, community):
        yield _row(one.what, one.place, one.round_no, one.seq, bytes(one.signed))


def _row(what: str, place: str, round_no: int, seq: int, signed: bytes) -> dict[str, Any]:
    name = f"{what}-{place}-{round_no}" if place else what
    shown = base64.b64encode(signed).decode()
    return {"id": name, "what": what, "place": place, "round": round_no, "seq": seq, "signed": shown}


TABLES = {"card": card_rows}
ROWS: dict[str, type] = {"card": CardRow}
