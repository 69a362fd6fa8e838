"""What happened to a person or household, from the journal."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from zhegu.journal import queries as journal
from zhegu.lib.scope import NotFound, Scope
from zhegu.places.models import Place
from zhegu.registers.models import Merge, Person, Trace
from zhegu.registers.queries.people import within_reach
from zhegu.registers.rules.rights import KEEPS, SEES


@dataclass(frozen=True)
class Happening:
    """One entry: what, when, by whom (an actor key), and which facts it changed (names of fields only)."""

    kind: str
    at: datetime
    actor: str
    fields: tuple[str, ...]
    ref: UUID


def history(scope: Scope, community: Place, subject: object) -> list[Happening]:
    """Accepted entries about a person or household, newest first; raises NotFound outside the scope.

    A destroyed body leaves its entry: what was changed is then no longer told.
    """
    refs = list(Trace.objects.filter(subject=subject).values_list("ref", flat=True))
    entries = list(journal.timeline(scope, community.code).filter(ref__in=refs, status="accepted"))
    bodies = journal.bodies(entries)
    found = [
        Happening(e.kind, e.at, e.actor, _fields(bodies[e.ref].content if e.ref in bodies else "{}"), e.ref)
        for e in entries
    ]
    return found[::-1]


def _fields(body: str) -> tuple[str, ...]:
    changes = json.loads(body).get("changes", {})
    return tuple(sorted(changes)) if isinstance(changes, dict) else ()


def merges_of(scope: Scope, person: Person) -> QuerySet[Merge]:
    """Merges into this person that can still be undone, earliest first."""
    reach = within_reach(scope, person.community, "kept__", SEES)
    return Merge.objects.filter(reach, kept=person, undone=None).select_related("dropped").order_by("at", "pk")


def merge(scope: Scope, merge_id: object) -> Merge:
    """One merge, for those who keep the register; raises NotFound."""
    found = Merge.objects.select_related("community", "kept", "dropped").filter(pk=merge_id).first()
    if found is None or not scope.covers(found.community.code, *KEEPS):
        raise NotFound(str(merge_id))
    return found
