"""What may be done with one measure: agree, go on, look again, let go, end, contest, answer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from zhegu.lib import clock
from zhegu.lib.scope import NotFound
from zhegu.lib.texts import text
from zhegu.monitoring import actions, forms, queries
from zhegu.monitoring.models import Measure
from zhegu.monitoring.views.doors import sees
from zhegu.pages.doors import accepted, ref_of

VERBS: dict[str, tuple[Callable[..., Any], type]] = {
    "approve": (actions.approve_measures, actions.Approve),
    "decline": (actions.decline_measures, actions.Approve),
    "stage": (actions.next_stages, actions.Act),
    "review": (actions.review_measures, actions.Act),
    "clinic": (actions.agree, actions.Act),
    "release": (actions.release_measures, actions.Release),
}


def _done(request: HttpRequest, row: Measure, said: str) -> HttpResponse:
    messages.success(request, text(f"monitoring.done_{said}", request.lang))
    return redirect("monitoring:measure", row.pk)


@require_POST
@sees
def act(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """`what` is one of VERBS; who may do it is for the action to say."""
    row = queries.measure(request.scope, measure_id)
    what = request.POST.get("what", "")
    if what not in VERBS:
        raise NotFound(what)
    verb, kind = VERBS[what]
    one = kind(row, ref_of(request), clock.now(), forms.words(request.POST))
    accepted(verb(by=request.scope.actor, scope=request.scope, acts=[one])[0])
    return _done(request, row, what)


@require_POST
@sees
def end(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """Transferred, a mistake, a death: it restricts nobody any more, and no certificate follows."""
    row = queries.measure(request.scope, measure_id)
    one = actions.End(row, forms.ended(request.POST), forms.words(request.POST), ref_of(request), clock.now())
    accepted(actions.end_measures(by=request.scope.actor, scope=request.scope, acts=[one])[0])
    return _done(request, row, "ended")


@require_POST
@sees
def contest(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """What the person says against it, written down by whoever heard it."""
    row = queries.measure(request.scope, measure_id)
    person = forms.one_id(request.POST.get("person") or str(row.person_id or ""))
    one = actions.NewContest(row, person, forms.words(request.POST), ref_of(request), clock.now())
    accepted(actions.contest_measures(by=request.scope.actor, scope=request.scope, acts=[one])[0])
    return _done(request, row, "contested")


@require_POST
@sees
def answer(request: HttpRequest, contest_id: UUID) -> HttpResponse:
    """Upheld, or not; with reasons either way."""
    row = queries.contest(request.scope, contest_id)
    upheld = request.POST.get("upheld") == "yes"
    one = actions.Answered(row, upheld, forms.words(request.POST), ref_of(request), clock.now())
    accepted(actions.answer_contests(by=request.scope.actor, scope=request.scope, acts=[one])[0])
    return _done(request, row.measure, "answered")
