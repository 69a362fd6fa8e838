"""Office pages: what was set aside, and an outbox brought in as a file."""

import json
from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhegu.accounts import queries as accounts
from zhegu.accounts.models import Device
from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.scope import NotFound
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, office_page, ref_of
from zhegu.sync import actions, queries
from zhegu.sync.actions.receiving import Parcel
from zhegu.sync.api import parcel_of
from zhegu.sync.models import SetAside
from zhegu.sync.schemas import MOST_ITEMS, PushItem

UNPROVED = (SetAside.PROOF, SetAside.UNREADABLE)
MOST_BYTES = 16 * 1024 * 1024


@require_GET
@office_page("office")
def quarantine(request: HttpRequest) -> HttpResponse:
    """What waits for a decision: which phone, when, why; not what it says about anyone."""
    rows = queries.glances(queries.quarantined(request.scope, request.community)[:200])
    names = {str(one.pk): one.name for one in accounts.staff_at(request.scope, request.community.code)}
    shown = [
        {"glance": one, "name": names.get(one.actor, ""), "may_release": one.row.reason not in UNPROVED} for one in rows
    ]
    return render(request, "sync/quarantine.html", {"shown": shown})


@require_POST
@office_page("office")
def release(request: HttpRequest, quarantined_id: UUID) -> HttpResponse:
    """The office vouches for it: it counts as if it had come in time."""
    row = queries.one_quarantined(request.scope, request.community, quarantined_id)
    facts = accepted(actions.release(by=request.scope.actor, row=row, at=clock.now(), ref=ref_of(request)))
    key = "sync.released_now" if facts["status"] == "accepted" else "sync.released_refused"
    messages.success(request, text(key, request.lang))
    return redirect("sync:quarantine")


@require_POST
@office_page("office")
def dismiss(request: HttpRequest, quarantined_id: UUID) -> HttpResponse:
    """It is not carried out, and stays on record."""
    row = queries.one_quarantined(request.scope, request.community, quarantined_id)
    reason = request.POST.get("reason", "").strip()[:200]
    accepted(actions.dismiss(by=request.scope.actor, row=row, reason=reason, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("sync.dismissed_now", request.lang))
    return redirect("sync:quarantine")


# --- an outbox as a file


@office_page("office")
def import_outbox(request: HttpRequest) -> HttpResponse:
    """Takes in what a phone exported, for phones that no longer find the way to this server."""
    counts = None
    if request.method == "POST":
        device, parcels = read_outbox(request, _words(request))
        answers = actions.receive(device, parcels, at=clock.now())
        counts = {status: sum(one.status == status for one in answers) for status in sorted({a.status for a in answers})}
    return render(request, "sync/import_outbox.html", {"counts": counts})


def _words(request: HttpRequest) -> str:
    """The file or the pasted text; raises RefusedError where it is too large or no text."""
    given = request.FILES.get("file")
    if given is not None and given.size > MOST_BYTES:
        raise RefusedError(Refused("sync.too_large"))
    try:
        return given.read().decode("utf-8-sig") if given is not None else request.POST.get("words", "")
    except UnicodeDecodeError as error:
        raise RefusedError(Refused("sync.no_outbox")) from error


def read_outbox(request: HttpRequest, words: str) -> tuple[Device, list[Parcel]]:
    """The phone an exported outbox is from, and its parcels; raises RefusedError unless it is one of ours.

    First line `{"zhegu_outbox": 1, "device": id, …}`, then one item a line, as the door takes them.
    """
    lines = list(_objects(words))
    if not lines or lines[0].get("zhegu_outbox") != 1:
        raise RefusedError(Refused("sync.no_outbox"))
    if len(lines) > MOST_ITEMS + 1:
        raise RefusedError(Refused("sync.too_large"))
    try:
        device = accounts.device(request.scope, request.community, UUID(str(lines[0].get("device"))))
    except (NotFound, ValueError) as error:
        raise RefusedError(Refused("sync.outbox_of_another")) from error
    texts = [{key: str(value) for key, value in line.items() if key in PushItem.model_fields} for line in lines[1:]]
    return device, [parcel_of(PushItem(**{"ref": "", **one})) for one in texts]


def _objects(words: str) -> Iterator[dict]:
    for line in words.splitlines():
        try:
            read = json.loads(line) if line.strip() else None
        except (ValueError, RecursionError):
            read = {"envelope": line}  # a damaged line is set aside like anything unreadable
        if isinstance(read, dict):
            yield read
