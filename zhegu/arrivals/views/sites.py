"""Building sites: the list, one with its people, coming and leaving."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.accounts import actions as accounts
from zhegu.arrivals import actions, forms, queries
from zhegu.arrivals.models import Site
from zhegu.arrivals.rules import SEES
from zhegu.arrivals.views.doors import may
from zhegu.lib import clock
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, here, office_page, ref_of, room
from zhegu.places import queries as places
from zhegu.registers import queries as registers

MOST_HITS = 8


def _today() -> date:
    return clock.local_day(clock.now())


@require_http_methods(["GET", "HEAD", "POST"])
@room(*SEES)
def sites(request: HttpRequest) -> HttpResponse:
    """Sites with how many work there; one more of them."""
    grids = list(places.grids(request.scope, request.community))
    if request.method == "POST":
        return _add(request, grids)
    context = {"rows": queries.sites(request.scope, request.community), "grids": grids}
    return render(request, "arrivals/sites.html", {**context, **may(request)})


@office_page("office")
def _add(request: HttpRequest, grids: list) -> HttpResponse:
    facts = accepted(
        actions.add_site(
            by=request.scope.actor, community=request.community, site=forms.site_of(request.POST, grids), at=clock.now(),
            ref=ref_of(request),
        )
    )  # fmt: skip
    messages.success(request, text("arrivals.site_saved", request.lang))
    return redirect("arrivals:site", facts["site"])


@require_GET
@room(*SEES)
def site(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """A site and who works there; whoever is to be added is looked for in the register."""
    found = here(request, queries.site(request.scope, site_id))
    rows = list(found.workers.filter(left=None).select_related("person"))
    if rows:
        accounts.record_look(
            request.scope, community=found.community.code, screen="arrivals.site", fields=["name", "origin"],
            people=[row.person_id for row in rows], at=clock.now(),
        )  # fmt: skip
    words = request.GET.get("q", "").strip()[:60]
    hits = registers.search(request.scope, found.community, words, MOST_HITS) if words else []
    there = {row.person_id for row in rows}
    context = {
        "site": found, "rows": rows, "words": words, "hits": [hit.person for hit in hits if hit.person.pk not in there],
        "grids": places.grids(request.scope, request.community), "today": _today(),
    }  # fmt: skip
    return render(request, "arrivals/site.html", {**context, **may(request)})


def _back(request: HttpRequest, to: Site, words: str) -> HttpResponse:
    messages.success(request, text(f"arrivals.{words}", request.lang))
    return redirect("arrivals:site", to.pk)


@require_POST
@office_page("office")
def change_site(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """The site is as described; an empty number leaves the one that is known."""
    found = here(request, queries.site(request.scope, site_id))
    to = forms.site_of(request.POST, list(places.grids(request.scope, request.community)), found.contact_phone)
    accepted(actions.change_site(by=request.scope.actor, site=found, to=to, at=clock.now(), ref=ref_of(request)))
    return _back(request, found, "site_saved")


@require_POST
@office_page("office")
def close_site(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Nobody works there any more."""
    found = here(request, queries.site(request.scope, site_id))
    accepted(actions.close_site(by=request.scope.actor, site=found, day=_today(), at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("arrivals.site_shut", request.lang, name=found.name))
    return redirect("arrivals:sites")


@require_POST
@office_page("office")
def add_worker(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Someone of the register works there from a day on."""
    found = here(request, queries.site(request.scope, site_id))
    post = request.POST
    worker = actions.NewWorker(
        registers.person(request.scope, post.get("person", "")), forms.day_of(post.get("since", ""), "since") or _today(),
        post.get("origin", "")[:80], post.get("dorm", "")[:40], forms.number(post.get("doses", ""), "doses", 0, 9),
    )  # fmt: skip
    accepted(actions.add_worker(by=request.scope.actor, site=found, worker=worker, at=clock.now(), ref=ref_of(request)))
    return _back(request, found, "worker_saved")


@require_POST
@office_page("office")
def worker_left(request: HttpRequest, worker_id: UUID) -> HttpResponse:
    """They work there no more."""
    found = queries.worker(request.scope, worker_id)
    here(request, found, found.site)
    day = forms.day_of(request.POST.get("day", ""), "day") or _today()
    accepted(actions.worker_left(by=request.scope.actor, worker=found, day=day, at=clock.now(), ref=ref_of(request)))
    return _back(request, found.site, "worker_gone")
