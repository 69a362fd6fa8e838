"""Those who live with somebody under a measure: what the profile proposes for each, and who decided so."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.texts import text
from zhegu.monitoring import actions, forms, queries
from zhegu.monitoring.views.doors import decides
from zhegu.pages.doors import accepted


@require_POST
@decides
def cohabitants(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """Those who were ticked are put under what the profile proposes, each with a ground of their own; whoever is under it
    by now stays under it."""
    row = queries.measure(request.scope, measure_id)
    found = queries.together(request.scope, row)
    if found.rule is None:
        raise RefusedError(Refused("monitoring.nothing_proposed"))
    acts = forms.together_of(request, found.rule.code, (*found.open, *found.under), clock.now())
    answers = actions.begin_measures(by=request.scope.actor, scope=request.scope, outbreak=row.outbreak, acts=acts)
    facts = [answer.facts for answer in answers if answer.accepted] or [accepted(answers[0])]
    said = "laid_waits" if any(one["waits"] for one in facts) else "laid"
    messages.success(request, text(f"monitoring.{said}", request.lang, n=len(facts)))
    return redirect("monitoring:measure", row.pk)
