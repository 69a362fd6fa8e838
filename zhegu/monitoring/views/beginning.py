"""A measure begins: on people found by name, on a household, or on a whole place."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.texts import text
from zhegu.monitoring import actions, forms, queries
from zhegu.monitoring.rules import Ground
from zhegu.monitoring.views.doors import decides, looked, tabs
from zhegu.outbreaks import queries as outbreaks
from zhegu.outbreaks.models import Outbreak
from zhegu.pages.doors import accepted
from zhegu.places import queries as places
from zhegu.registers import queries as registers

MOST_HITS = 30


def _outbreak(request: HttpRequest) -> Outbreak:
    found = queries.open_outbreak(request.scope, request.community)
    if found is None:
        raise RefusedError(Refused("monitoring.no_outbreak"))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@decides
def begin(request: HttpRequest) -> HttpResponse:
    """Find people, say which measure and why; what is set by hand or for several waits for a second person."""
    if request.method == "POST":
        outbreak = _outbreak(request)
        return _laid(request, outbreak, forms.people_of(request, outbreak, clock.now()))
    outbreak = queries.open_outbreak(request.scope, request.community)
    words = request.GET.get("q", "").strip()[:60]
    chosen = registers.people(request.scope, request.community).filter(pk__in=forms.ids(request.GET.getlist("person")))
    hits = registers.search(request.scope, request.community, words, MOST_HITS) if words else []
    looked(request, "begin", ["name"], [hit.person.pk for hit in hits])
    context = {
        "outbreak": outbreak, "words": words, "hits": hits, "chosen": list(chosen), "grounds": list(Ground),
        "grids": places.grids(request.scope, request.community), "now": clock.local(clock.now()),
        **(_choices(outbreak, request.lang) if outbreak else {}), **tabs(request),
    }  # fmt: skip
    return render(request, "monitoring/begin.html", context)


def _choices(outbreak: Outbreak, lang: str) -> dict[str, Any]:
    """The measures of the profile in words, those of people and those of places."""
    named = [
        (one, outbreaks.measure_name(one, lang), text(f"outbreaks.day0_{one.day0}", lang), [outbreaks.stage_says(s, lang) for s in one.stages])
        for one in outbreak.rules.measures.values()
    ]  # fmt: skip
    area = outbreaks.AppliesTo.AREA
    return {
        "of_people": [one for one in named if one[0].applies_to != area],
        "of_places": [one for one in named if one[0].applies_to == area],
        "risks": [(level.code, outbreaks.level_name(level.code, lang)) for level in outbreak.rules.risk_levels],
    }


@require_POST
@decides
def begin_place(request: HttpRequest) -> HttpResponse:
    """From that day, everyone who lives there; it waits for a second person."""
    outbreak = _outbreak(request)
    return _laid(request, outbreak, forms.place_of(request, outbreak, clock.now()))


def _laid(request: HttpRequest, outbreak: Outbreak, act: actions.NewMeasure) -> HttpResponse:
    answer = actions.begin_measures(by=request.scope.actor, scope=request.scope, outbreak=outbreak, acts=[act])[0]
    facts = accepted(answer)
    said = "laid_waits" if facts["waits"] else "laid"
    messages.success(request, text(f"monitoring.{said}", request.lang, n=len(facts["measures"])))
    if facts["already"]:
        messages.warning(request, text("monitoring.laid_already", request.lang, n=len(facts["already"])))
    return redirect("monitoring:measure", facts["measures"][0])
