"""Office pages: what is open, opening one from a profile, what its profile says, closing it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.lib import clock
from zhegu.lib.scope import NotFound
from zhegu.lib.texts import text
from zhegu.outbreaks import actions, queries
from zhegu.outbreaks.outside import profiles
from zhegu.outbreaks.rules import Phase, Profile
from zhegu.outbreaks.views.steering import about, found
from zhegu.pages.doors import accepted, office_page, ref_of

REVIEWS_SHOWN = 10


def _described(profile: Profile, lang: str) -> dict:
    """What the pages say of a profile."""
    return {
        "id": profile.id,
        "name": profile.name(lang),
        "status": profile.status,
        "mix_ratios": profile.mix_ratios,
        "single_only": sorted(profile.single_only),
        "methods": profile.methods,
        "result_due_hours": profile.result_due_hours,
        "sources": profile.whole["sources"],
        "untranslated": lang not in profile.names,
    }


@require_GET
@office_page("office", "leader")
def outbreaks(request: HttpRequest) -> HttpResponse:
    """Open ones first, then those that are over."""
    rows = [(o, o.rules.name(request.lang)) for o in queries.outbreaks(request.scope, request.community)]
    context = {
        "going_on": [row for row in rows if row[0].is_open],
        "over": [row for row in rows if not row[0].is_open],
        "may_open": request.scope.covers(request.community.code, "office"),
    }
    return render(request, "outbreaks/outbreaks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("office")
def open_outbreak(request: HttpRequest) -> HttpResponse:
    """Choose a profile, read what it asks for, open."""
    if request.method != "POST":
        choices = [_described(p, request.lang) for p in profiles.available()]
        return render(request, "outbreaks/open.html", {"profiles": choices})
    chosen = profiles.profile(request.POST.get("profile", ""))
    if chosen is None:
        raise NotFound("profile")
    facts = accepted(
        actions.open_outbreak(
            by=request.scope.actor, community=request.community, profile=chosen.whole, at=clock.now(),
            ref=ref_of(request),
        )
    )  # fmt: skip
    messages.success(request, text("outbreaks.opened_now", request.lang, name=chosen.name(request.lang)))
    return redirect("outbreaks:outbreak", facts["outbreak"])


@require_GET
@office_page("office", "leader")
def outbreak(request: HttpRequest, outbreak_id: UUID) -> HttpResponse:
    """One outbreak and its own copy of the profile, with sources."""
    one, now = found(request, outbreak_id), clock.now()
    context = {
        **about(request, one),
        "profile": _described(one.rules, request.lang),
        "how": queries.steering(request.scope, one, now),
        "phases": list(Phase),
        "reviews": queries.reviews(request.scope, one)[:REVIEWS_SHOWN],
    }
    return render(request, "outbreaks/outbreak.html", context)


@require_POST
@office_page("office")
def close_outbreak(request: HttpRequest, outbreak_id: UUID) -> HttpResponse:
    """The outbreak is over."""
    one = found(request, outbreak_id, to_change=True)
    accepted(actions.close_outbreak(by=request.scope.actor, outbreak=one, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("outbreaks.closed_now", request.lang))
    return redirect("outbreaks:outbreaks")
