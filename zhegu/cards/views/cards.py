"""Office pages about cards: how many, which, and whether one is genuine."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.cards import actions, queries
from zhegu.cards.actions import CardRef
from zhegu.cards.models import IssuedCard
from zhegu.cards.rules.serials import printed_serial, read_serial
from zhegu.cards.rules.states import CardState
from zhegu.lib import clock
from zhegu.lib.codes import BadCode
from zhegu.lib.scope import Scope
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, office_page, ref_of

PAGE = 100
LONGEST_SCAN = 5000


def _number(asked: str | None) -> int | None:
    return int(asked) if asked and asked.isdecimal() and len(asked) < 10 else None


def _may_withdraw(request: HttpRequest) -> bool:
    return request.scope.covers(request.community.code, "office")


@require_GET
@office_page("office", "leader")
def overview(request: HttpRequest) -> HttpResponse:
    """The newest round, or the one asked for: cards per grid and state; the sums are what was issued."""
    rounds = queries.rounds(request.scope, request.community)
    round_no = _number(request.GET.get("round"))
    if round_no not in rounds:
        round_no = rounds[0] if rounds else None
    counts = queries.counts(request.scope, request.community, round_no) if round_no else {}
    shown = [_grid_row(grid, states) for grid, states in counts.items()]
    totals = _grid_row(0, sum(counts.values(), Counter()))
    context = {
        "rounds": rounds,
        "round_no": round_no,
        "grids": shown,
        "totals": totals,
        "states": list(CardState),
    }
    return render(request, "cards/cards.html", context | {"may_withdraw": _may_withdraw(request)})


def _grid_row(grid: int, states: Counter) -> dict[str, Any]:
    by_state = [(state, states.get(state, 0)) for state in CardState]
    return {"grid": grid, "states": by_state, "all": sum(count for _, count in by_state)}


@require_GET
@office_page("office", "leader")
def list_cards(request: HttpRequest) -> HttpResponse:
    """Each card of a round; by grid and state where asked."""
    round_no, grid_no = _number(request.GET.get("round")), _number(request.GET.get("grid"))
    wanted = request.GET.get("state", "")
    found = queries.cards(request.scope, request.community, round_no)
    if grid_no is not None:
        found = found.filter(grid_no=grid_no)
    if wanted in set(CardState):
        found = queries.in_state(request.scope, found, CardState(wanted))
    page = Paginator(found.select_related("key"), PAGE).get_page(request.GET.get("page"))
    rows = [_card_row(request, card) for card in page]
    context = {
        "round_no": round_no, "grid_no": grid_no, "state": wanted, "states": list(CardState), "rows": rows,
        "page": page, "may_withdraw": _may_withdraw(request),
    }  # fmt: skip
    return render(request, "cards/list.html", context)


def _card_row(request: HttpRequest, card: IssuedCard) -> dict[str, Any]:
    return {
        "card": card,
        "name": f"{card.key.kid_hex}.{card.serial}",
        "printed": printed_serial(card.serial),
        "state": queries.state_of(request.scope, card),
        "sampled": datetime.fromtimestamp(card.time, UTC),
        "until": datetime.fromtimestamp(card.exp, UTC),
    }


def _ref(name: str) -> CardRef | None:
    kid, _, serial = name.partition(".")
    if not serial.isdecimal() or len(serial) > 16 or len(kid) != 16 or set(kid) - set("0123456789abcdef"):
        return None
    return CardRef(bytes.fromhex(kid), int(serial))


@require_POST
@office_page("office")
def revoke(request: HttpRequest) -> HttpResponse:
    """The selected cards are withdrawn, with a reason."""
    selected = [ref for ref in map(_ref, request.POST.getlist("card")) if ref]
    why = request.POST.get("why", "").strip()[:200]
    back = redirect(f"{request.POST.get('next') or ''}" if _is_own(request) else "cards:cards")
    if not selected or not why:
        missing = "cards.why_needed" if selected else "cards.none_selected"
        messages.warning(request, text(missing, request.lang))
        return back
    answer = actions.revoke(
        by=request.scope.actor,
        community=request.community,
        cards=selected,
        why=why,
        at=clock.now(),
        ref=ref_of(request),
    )
    messages.success(request, text("cards.revoked_n", request.lang, n=len(accepted(answer)["revoked"])))
    return back


def _is_own(request: HttpRequest) -> bool:
    """Only a page of these lists may be gone back to."""
    return request.POST.get("next", "").startswith("/cards/")


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("office", "leader")
def check(request: HttpRequest) -> HttpResponse:
    """Is this card genuine, and what became of it? By its code, or by the number printed on it."""
    shown = request.POST.get("text", "").strip()[:LONGEST_SCAN]
    context: dict[str, Any] = {"text": shown}
    if request.method == "POST":
        context |= (
            _checked_text(request, shown) if shown.startswith("HC1:") else _checked_number(request, shown)
        )
    return render(request, "cards/check.html", context)


def _checked_text(request: HttpRequest, shown: str) -> dict[str, Any]:
    verdict = queries.verify(request.scope, shown, clock.now())
    if verdict.claims is None:
        return {"signal": "no", "word": "cards.not_genuine", "why": f"cards.reason_{verdict.reason}"}
    card = queries.card_with(request.scope, request.community, verdict.kid, verdict.claims.serial)
    if card is None:
        return {"signal": "look", "word": "cards.genuine_elsewhere", "claims": verdict.claims.plain()}
    active = queries.state_of(request.scope, card) == CardState.ACTIVE
    word = "cards.genuine" if active else "cards.genuine_not_handed_out"
    return {"signal": "yes" if active else "look", "word": word, "row": _card_row(request, card)}


def _checked_number(request: HttpRequest, shown: str) -> dict[str, Any]:
    try:
        serial = read_serial(shown)
    except BadCode:
        return {"signal": "no", "word": "cards.number_not_read"}
    card = queries.cards(request.scope, request.community).filter(serial=serial).select_related("key").first()
    if card is None:
        return {"signal": "no", "word": "cards.number_unknown"}
    return {"signal": "look", "word": "cards.number_only", "row": _card_row(request, card)}


@require_GET
@office_page("office", "leader")
def trust_list(request: HttpRequest) -> HttpResponse:
    """The plain list for auditors: keys and hashes, no names."""
    plain = queries.audit_list(Scope.everything("an auditor fetches the trust list"), clock.now())
    answer = JsonResponse(plain)
    answer["Content-Disposition"] = 'attachment; filename="trust-list.json"'
    return answer
