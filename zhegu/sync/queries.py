"""What the office sees of the phones' door."""

import json
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db.models import QuerySet

from zhegu.lib.scope import NotFound, Scope
from zhegu.places.models import Place
from zhegu.sync.models import Quarantined


@dataclass(frozen=True)
class Glance:
    """What a parcel set aside says of itself, without its contents; '' and None where it is unreadable."""

    row: Quarantined
    kind: str
    actor: str
    at: str


def quarantined(scope: Scope, community: Place) -> QuerySet[Quarantined]:
    """What waits for a decision, oldest first; raises NotFound unless the scope covers the community."""
    if not scope.covers(community.code):
        raise NotFound(community.code)
    return Quarantined.objects.filter(device__community=community, settled=None).select_related(
        "device__community"
    ).order_by("arrived", "pk")


def one_quarantined(scope: Scope, community: Place, quarantined_id: object) -> Quarantined:
    """One of the community, settled or not; raises NotFound."""
    if not scope.covers(community.code):
        raise NotFound(community.code)
    found = Quarantined.objects.filter(pk=quarantined_id, device__community=community).select_related(
        "device__community"
    ).first()
    if found is None:
        raise NotFound(str(quarantined_id))
    return found


def glances(rows: QuerySet[Quarantined]) -> list[Glance]:
    """Kind, author and time of each; nothing of what it says about people."""
    return [_glance(row) for row in rows]


def _glance(row: Quarantined) -> Glance:
    said: dict[str, Any] = {}
    try:
        read = msgspec.json.decode(json.loads(row.content)["envelope"])
        said = read if isinstance(read, dict) else {}
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError):
        said = {}
    return Glance(row, str(said.get("kind", ""))[:64], str(said.get("actor", ""))[:40], str(said.get("at", ""))[:40])
