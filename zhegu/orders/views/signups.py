"""A sign-up pasted or uploaded, settled with the keyboard, placed, and taken back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from zhegu.lib import clock
from zhegu.lib.answers import RefusedError
from zhegu.lib.ids import new_id
from zhegu.lib.sheets import limits
from zhegu.lib.texts import has_text, text
from zhegu.orders import actions, queries
from zhegu.orders.actions import OneOrder
from zhegu.orders.homes import candidates
from zhegu.orders.models import Order
from zhegu.orders.outside import pasted
from zhegu.orders.outside.files import read_bytes
from zhegu.orders.outside.pasted import Unreadable
from zhegu.orders.rules.placing import ASKABLE, said
from zhegu.orders.rules.reading import read_text
from zhegu.orders.rules.states import OrderKind, Source, State
from zhegu.orders.settling import MAX_AGE, ROWS, Draft, as_order, begun, compare, opened, settle
from zhegu.orders.views.money import fen, written
from zhegu.pages.doors import office_page
from zhegu.places import queries as places

page = office_page("office", "order_desk", "medicine")
UNDO = "orders.signup.undo"


@require_http_methods(["GET", "POST"])
@page
def signups(request: HttpRequest) -> HttpResponse:
    """Paste or upload; then the entries to look at; then they stand on the list."""
    if request.method == "GET":
        return _asked(request)
    if "draft" in request.POST:
        return _settled(request)
    try:
        draft = _read(request)
    except Unreadable as no:
        return _asked(request, text(no.reason, request.lang, **no.values))
    if not draft.entries and not draft.already:
        return _asked(request, text("orders.signup_no_entries", request.lang))
    return _shown(request, draft)


def _asked(request: HttpRequest, problem: str = "") -> HttpResponse:
    context = {"problem": problem, "pasted": request.POST.get("pasted", ""), "kinds": queries.kinds_seen(request.scope, request.community)}
    return render(request, "orders/signup_paste.html", context, status=422 if problem else 200)


def _read(request: HttpRequest) -> Draft:
    """What was handed in, read; a file counts before text. Raises Unreadable."""
    file = request.FILES.get("file")
    if file and file.size > limits.FILE_BYTES:
        raise Unreadable(limits.TOO_LARGE, limits.shown())
    if file:
        source = Source.WORKBOOK if file.name.lower().endswith((".xlsx", ".xls", ".ods", ".xlsb")) else Source.CHAT
        content = file.read()
        lines = [] if source is Source.WORKBOOK else pasted.lines_of(content)
        draft = begun(request.community, read_bytes(content, file.name), source, lines)
    else:
        lines = pasted.checked(request.POST.get("pasted", ""))
        draft = begun(request.community, read_text(lines), Source.CHAT, lines)
    seen = queries.kinds_seen(request.scope, request.community)
    asked = request.POST.get("kind", "")
    if asked in seen:
        draft.kind = OrderKind(asked)
    elif draft.kind not in seen:
        raise Unreadable("orders.signup_other_team")
    compare(draft, _placed_before(request, draft))
    return draft


def _placed_before(request: HttpRequest, draft: Draft) -> list[Order]:
    """Orders of this kind that nobody has brought yet."""
    found = [queries.in_state(request.scope, request.community, state) for state in (State.OPEN, State.GATHERED)]
    return [order for orders in found for order in orders.filter(kind=draft.kind)]


def _settled(request: HttpRequest) -> HttpResponse:
    """What is clear is placed; what is not stays, with the reason beside it."""
    draft = opened(request.community, request.POST["draft"])
    if draft is None or draft.kind not in queries.kinds_seen(request.scope, request.community):
        return _asked(request, text("orders.signup_gone", request.lang))
    left_out = settle(request.community, draft, request.POST)
    if not _priced(request, draft):
        messages.error(request, text("orders.bad_money", request.lang))
        return _shown(request, draft)
    grids = {str(grid.no): grid.code for grid in places.grids(request.scope, request.community)}
    clear = draft.clear
    items = [as_order(draft, ref, entry, grids, clock.now()) for ref, entry in clear if ref not in left_out]
    answers = actions.place_orders(by=request.scope.actor, community=request.community, items=items)
    back = [OneOrder(UUID(pk), new_id()) for pk in draft.taken_back]
    for answer in actions.cancel_orders(by=request.scope.actor, community=request.community, items=back, at=clock.now()):
        if not answer.accepted:
            messages.error(request, text(answer.reason, request.lang))
    draft.taken_back = []
    placed, refused = [], {}
    for item, answer in zip(items, answers, strict=True):
        if answer.status in ("accepted", "already"):
            placed.append(item.ref)
        else:
            refused[item.ref] = answer.reason
    gone = {*placed, *left_out, *(ref for ref, entry in draft.entries.items() if entry.cancelled and not entry.needs_check)}
    draft.entries = {ref: entry for ref, entry in draft.entries.items() if ref not in gone}
    return _shown(request, draft, placed, refused)


def _priced(request: HttpRequest, draft: Draft) -> bool:
    """What one of it costs as it was typed; False where that is no money."""
    said = request.POST.get("price", "").strip()
    try:
        draft.price = fen(said) if said else None
    except RefusedError:
        return False
    return True


def _shown(request: HttpRequest, draft: Draft, placed: list[UUID] | None = None, refused: dict | None = None) -> HttpResponse:
    flagged = draft.flagged
    refused = refused or {}
    looked_at = flagged[:ROWS] + [(ref, draft.entries[ref]) for ref in refused if not draft.entries[ref].needs_check]
    among = candidates(request.community, [entry for _, entry in looked_at])
    rows = [(ref, entry, said(entry.lines), refused.get(ref), among.get(id(entry), ())) for ref, entry in looked_at]
    context = {
        "draft": draft, "token": draft.sealed(), "rows": rows, "more": max(0, len(flagged) - ROWS), "clear": [(entry, said(entry.lines)) for _, entry in draft.clear],
        "placed": placed, "undo": signing.dumps([str(ref) for ref in placed], salt=UNDO) if placed else "", "reply": reply(draft), "price": "" if draft.price is None else written(draft.price),
    }  # fmt: skip
    return render(request, "orders/signup_settle.html", context)


def reply(draft: Draft) -> str:
    """What to paste back into the group, Chinese and Tibetan: which number lacks what. No names, no doors, no phones."""
    asked = [(entry.no, [why for why in entry.why if why in ASKABLE]) for _, entry in draft.flagged if entry.no]
    asked = [(no, whys) for no, whys in asked if whys]
    if not asked:
        return ""
    said_in = []
    for lang in ("zh", "bo"):
        lines = [f"{no}. {'、'.join(text(f'orders.doubt_{why}', lang) for why in whys)}" for no, whys in asked]
        said_in.append("\n".join([text("orders.signup_reply", lang), *lines]))
    return "\n\n".join(said_in)


@require_POST
@page
def undo(request: HttpRequest) -> HttpResponse:
    """The orders just placed are cancelled, as far as they are not on their way."""
    try:
        placed = signing.loads(request.POST.get("undo", ""), salt=UNDO, max_age=MAX_AGE)
    except signing.BadSignature:
        placed = []
    known = {row.pk for row in queries.orders(request.scope, request.community).filter(pk__in=placed)}
    items: list[Any] = [OneOrder(pk, new_id()) for pk in known]
    answers = actions.cancel_orders(by=request.scope.actor, community=request.community, items=items, at=clock.now())
    done = sum(answer.status == "accepted" for answer in answers)
    messages.success(request, text("orders.signup_undone", request.lang, n=done))
    reasons = {answer.reason for answer in answers if answer.status == "refused"}
    for why in sorted(reasons):
        messages.error(request, text(why, request.lang) if has_text(why) else why)
    return redirect("orders:orders")
