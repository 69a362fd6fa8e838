"""Office pages about keys: which sign, the root on paper, and what to do when one is stolen."""

import io
import secrets
import zipfile
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhegu.cards import actions, queries
from zhegu.cards.models import CardKey
from zhegu.cards.outside import sheets
from zhegu.cards.rules.verdict import Kind
from zhegu.journal.actions import Answer
from zhegu.lib import clock
from zhegu.lib.paper import Imprint
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, office_page, ref_of


def _said(request: HttpRequest, key: str, **values: Any) -> HttpResponse:
    messages.success(request, text(key, request.lang, **values))
    return redirect("cards:keys")


def _act(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.scope.actor, "at": clock.now(), "ref": ref_of(request)}


def _standing(key: CardKey, at: datetime) -> str:
    if key.revoked:
        return "revoked"
    if at > key.closes:
        return "over"
    return "signs" if key.opens <= at else "later"


@require_GET
@office_page("office")
def keys(request: HttpRequest) -> HttpResponse:
    """The root and the community's keys."""
    at = clock.now()
    rows = [(key, _standing(key, at)) for key in queries.keys(request.scope, request.community)]
    return render(request, "cards/keys.html", {"root": queries.root(request.scope), "rows": rows})


@require_POST
@office_page("office")
def make(request: HttpRequest) -> HttpResponse:
    """Keys for the months ahead stand."""
    kinds = [int(kind) for kind in request.POST.getlist("kind") if kind in {"1", "2", "3"}] or [Kind.SAMPLED]
    facts = accepted(actions.make_keys(community=request.community, kinds=kinds, **_act(request)))
    return _said(request, "cards.keys_made", n=len(facts["made"]))


@require_POST
@office_page("office")
def revoke(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """A key that may be stolen seals nothing more, and what it sealed is refused."""
    key = queries.key(request.scope, request.community, key_id)
    why = request.POST.get("why", "").strip()[:200]
    if not why:
        messages.warning(request, text("cards.why_needed", request.lang))
        return redirect("cards:keys")
    facts = accepted(actions.revoke_key(key=key, why=why, **_act(request)))
    return _said(request, "cards.key_revoked_n", n=len(facts["made"]))


@require_POST
@office_page("office")
def make_root(request: HttpRequest) -> HttpResponse:
    """The root stands, to be printed at once."""
    accepted(actions.set_up_root(**_act(request)))
    return _said(request, "cards.root_made")


@require_POST
@office_page("office")
def sheet(request: HttpRequest) -> HttpResponse:
    """The recovery sheet as a PDF; three shares come as three files in one archive."""
    act = _act(request)
    shared = request.POST.get("how") == "shares"
    secret = queries.recovery_sheets(request.scope, secrets.token_bytes(32) if shared else b"")
    root = queries.root(request.scope)
    imprint = Imprint(request.community.name, request.user.name, act["at"])
    pages = sheets.share_pdfs(secret, root.fingerprint if root else "", imprint)
    accepted(actions.note_root_printed(**act))
    return _archive(pages) if shared else _file(pages[0], "application/pdf", "root-recovery.pdf")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _archive(pages: list[bytes]) -> HttpResponse:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for number, page in enumerate(pages, 1):
            archive.writestr(f"root-recovery-{number}-of-{len(pages)}.pdf", page)
    return _file(held.getvalue(), "application/zip", "root-recovery-shares.zip")


@require_POST
@office_page("office")
def put_away(request: HttpRequest) -> HttpResponse:
    """The root is on paper only."""
    accepted(actions.put_root_away(**_act(request)))
    return _said(request, "cards.put_away_done")


@require_POST
@office_page("office")
def restore(request: HttpRequest) -> HttpResponse:
    """The root is back from its sheet, or from two shares; a mistyped line is named."""
    typed = [words for words in request.POST.getlist("sheet") if words.strip()]
    answer: Answer = actions.restore_root(sheets=typed or [""], **_act(request))
    if answer.reason == "cards.sheet_line":
        messages.error(request, text("cards.sheet_line_no", request.lang, line=answer.facts["line"]))
        return redirect("cards:keys")
    accepted(answer)
    return _said(request, "cards.restored")
