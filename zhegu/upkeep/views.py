"""Office pages: what is kept how long and why, what goes tonight, what is held, how the nights went."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhegu.lib import clock
from zhegu.lib.scope import NotFound
from zhegu.lib.texts import has_text, text
from zhegu.outbreaks import queries as outbreaks
from zhegu.pages.doors import accepted, office_page, ref_of
from zhegu.upkeep import actions, queries
from zhegu.upkeep.rules import DAYS_MAX, HOLD_DAYS_MAX

NIGHTS_SHOWN = 14


def purpose_name(purpose: str, lang: str) -> str:
    """The purpose in words; one that has none shows itself."""
    key = f"upkeep.purpose_{purpose}"
    return text(key, lang) if has_text(key) else purpose


def _rows(request: HttpRequest) -> Iterator[dict]:
    """Everything kept, with what has had its time and what of that is held, by purpose and name."""
    found = queries.expired(request.scope, request.community, clock.now())
    for one in sorted(found, key=lambda e: (e.kept.purpose, e.kept.name)):
        goes = one.rows.count()
        yield {
            "kept": one.kept, "days": one.days, "changed": one.changed, "goes": goes,
            "held": one.all_rows.count() - goes, "name": text(one.kept.text, request.lang),
            "purpose": purpose_name(one.kept.purpose, request.lang),
        }  # fmt: skip


@require_GET
@office_page("office", "leader")
def upkeep(request: HttpRequest) -> HttpResponse:
    """The periods as a table, with the dry run of the coming night; holds; the last nights."""
    rows, at = list(_rows(request)), clock.now()
    running = outbreaks.outbreaks(request.scope, request.community)
    names = {str(o.id): o.rules.name(request.lang) for o in running}
    holds = [
        (hold, purpose_name(hold.purpose, request.lang) if hold.purpose else "", names.get(str(hold.outbreak), ""))
        for hold in queries.holds(request.scope, request.community, at)
    ]
    context = {
        "rows": rows,
        "goes": sum(row["goes"] for row in rows),
        "holds": holds,
        "nights": queries.nights(request.scope)[:NIGHTS_SHOWN],
        "purposes": [(p, purpose_name(p, request.lang)) for p in queries.purposes(request.scope)],
        "outbreaks": sorted(names.items(), key=lambda one: one[1]),
        "may_change": request.scope.covers(request.community.code, "office"),
        "days_max": DAYS_MAX,
        "hold_days_max": HOLD_DAYS_MAX,
        "today": clock.local_day(at),
    }
    return render(request, "upkeep/upkeep.html", context)


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return date.min


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


@require_POST
@office_page("office")
def place_hold(request: HttpRequest) -> HttpResponse:
    """A purpose or an outbreak is held back from destruction, with the three points in writing."""
    outbreak = _uuid(request.POST.get("outbreak", ""))
    if outbreak and not outbreaks.outbreaks(request.scope, request.community).filter(pk=outbreak).exists():
        raise NotFound("outbreak")
    accepted(
        actions.place_hold(
            by=request.scope.actor, community=request.community, purpose=request.POST.get("purpose", ""),
            outbreak=outbreak, weighed={k: request.POST.get(k, "") for k in ("legality", "necessity", "security")},
            until=_day(request.POST.get("until", "")), at=clock.now(), ref=ref_of(request),
        )
    )  # fmt: skip
    messages.success(request, text("upkeep.held_now", request.lang))
    return redirect("upkeep:upkeep")


@require_POST
@office_page("office")
def lift_hold(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """What it held may go."""
    hold = queries.hold(request.scope, hold_id)
    if not request.scope.covers(hold.community.code, "office"):
        raise NotFound("role")
    accepted(actions.lift_hold(by=request.scope.actor, hold=hold, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("upkeep.lifted_now", request.lang))
    return redirect("upkeep:upkeep")


@require_POST
@office_page("office")
def set_period(request: HttpRequest) -> HttpResponse:
    """Another number of days for one thing, with the reason."""
    typed = request.POST.get("days", "").strip()
    accepted(
        actions.set_period(
            by=request.scope.actor, community=request.community, kept=request.POST.get("kept", ""),
            days=int(typed) if typed.isdecimal() and len(typed) < 6 else -1, reason=request.POST.get("reason", ""),
            at=clock.now(), ref=ref_of(request),
        )
    )  # fmt: skip
    messages.success(request, text("upkeep.period_now", request.lang))
    return redirect("upkeep:upkeep")
