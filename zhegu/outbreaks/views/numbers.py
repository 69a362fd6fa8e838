"""Office pages: the numbers of an outbreak's own profile, asking for another one, deciding."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.texts import text
from zhegu.outbreaks import actions, queries
from zhegu.outbreaks.rules import CONFIDENCES, NewNumber, read_number
from zhegu.outbreaks.views.steering import about, found
from zhegu.pages.doors import accepted, office_page, ref_of


@require_GET
@office_page("office", "leader")
def numbers(request: HttpRequest, outbreak_id: UUID) -> HttpResponse:
    """Every number with its source; what waits for a second person; what was changed."""
    outbreak = found(request, outbreak_id)

    def named(path: str) -> str:
        return queries.number_name(outbreak.rules, path, request.lang)

    changes = list(queries.changes(request.scope, outbreak))
    me = request.scope.actor.key
    context = {
        **about(request, outbreak), "confidences": CONFIDENCES,
        "numbers": [(one, named(one.path)) for one in queries.numbers(request.scope, outbreak)],
        "waiting": [(one, named(one.path), one.asked_by == me) for one in changes if one.decided_at is None],
        "decided": [(one, named(one.path)) for one in changes if one.decided_at],
    }  # fmt: skip
    return render(request, "outbreaks/numbers.html", context)


@require_POST
@office_page("office")
def ask_for_change(request: HttpRequest, outbreak_id: UUID) -> HttpResponse:
    """Somebody wants another number."""
    outbreak, post = found(request, outbreak_id, to_change=True), request.POST
    try:
        becomes = read_number(post.get("becomes", ""))
    except ValueError:
        raise RefusedError(Refused("outbreaks.not_a_number")) from None
    number = NewNumber(
        post.get("path", ""), becomes, post.get("why", ""), post.get("source", ""), post.get("confidence", "")
    )
    accepted(
        actions.ask_for_change(
            by=request.scope.actor, outbreak=outbreak, number=number, at=clock.now(), ref=ref_of(request)
        )
    )
    messages.success(request, text("outbreaks.change_asked", request.lang))
    return redirect("outbreaks:numbers", outbreak.id)


@require_POST
@office_page("office", "leader")
def decide_change(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """A second person says yes, or somebody lays it aside. Leaders may be the second person."""
    change = queries.change(request.scope, change_id)
    found(request, change.outbreak_id)
    accept = request.POST.get("accept") == "yes"
    accepted(
        actions.decide_change(
            by=request.scope.actor, change=change, accept=accept, at=clock.now(), ref=ref_of(request)
        )
    )
    messages.success(request, text("outbreaks.change_taken" if accept else "outbreaks.change_laid_aside", request.lang))
    return redirect("outbreaks:numbers", change.outbreak_id)
