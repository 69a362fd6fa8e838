"""Uploads that wait to be confirmed."""

import json
from typing import Any

from django.db.models import QuerySet

from zhegu.lib.scope import NotFound, Scope
from zhegu.places.models import Place
from zhegu.registers.models import ImportDraft, Person
from zhegu.registers.rules.rights import KEEPS


def drafts(scope: Scope, community: Place) -> QuerySet[ImportDraft]:
    """Drafts of a community that are not written yet, newest first; raises NotFound outside the scope."""
    if not scope.covers(community.code, *KEEPS):
        raise NotFound(community.code)
    return ImportDraft.objects.filter(community=community).exclude(step=ImportDraft.Step.WRITTEN).order_by("-at")


def draft(scope: Scope, draft_id: object) -> ImportDraft:
    """One draft; raises NotFound outside the scope."""
    found = ImportDraft.objects.filter(pk=draft_id).select_related("community").first()
    if found is None or not scope.covers(found.community.code, *KEEPS):
        raise NotFound(str(draft_id))
    return found


def found_in(scope: Scope, draft: ImportDraft) -> dict[str, Any]:
    """What was read from the draft; {} where it is not read yet."""
    if not scope.covers(draft.community.code, *KEEPS):
        raise NotFound(str(draft.pk))
    return json.loads(draft.found) if draft.found else {}


def known_ids(scope: Scope, community: Place, ids: list[str]) -> dict[str, Any]:
    """Those of these ids that are people of the community, by their text."""
    if not scope.covers(community.code, *KEEPS):
        raise NotFound(community.code)
    rows = Person.objects.filter(community=community, pk__in=ids).values_list("pk", flat=True)
    return {str(pk): pk for pk in rows}
