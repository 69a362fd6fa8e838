"""Acts on one arrival: who of the register it is, what follows, where they were. For the office."""

from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from zhegu.arrivals import actions, forms, queries
from zhegu.arrivals.models import Arrival
from zhegu.lib import clock
from zhegu.lib.texts import text
from zhegu.outbreaks import queries as outbreaks
from zhegu.pages.doors import accepted, here, office_page, ref_of
from zhegu.registers import queries as registers


def _back(request: HttpRequest, to: Arrival, words: str) -> HttpResponse:
    messages.success(request, text(f"arrivals.{words}", request.lang, name=to.name))
    return redirect("arrivals:arrival", to.pk)


@require_POST
@office_page("office")
def link(request: HttpRequest, arrival_id: UUID) -> HttpResponse:
    """It is this person of the register, or one who is added now."""
    found = here(request, queries.arrival(request.scope, arrival_id))
    said = request.POST.get("person", "")
    person = registers.person(request.scope, said) if said else None
    accepted(
        actions.link_person(by=request.scope.actor, arrival=found, person=person, at=clock.now(), ref=ref_of(request))
    )
    return _back(request, found, "linked")


@require_POST
@office_page("office")
def decide(request: HttpRequest, arrival_id: UUID) -> HttpResponse:
    """This measure, or none; for those who travelled along as well, where that was ticked."""
    found = here(request, queries.arrival(request.scope, arrival_id))
    rows = [found]
    if request.POST.get("together"):
        rows += [one for one in queries.party(request.scope, found) if one.decided is None]
    first, now = ref_of(request), clock.now()
    said = (request.POST.get("measure", "")[:60], request.POST.get("why", ""))
    items = [
        actions.Decision(one, *said, first if one is found else uuid5(first, str(one.pk)), now) for one in rows
    ]
    outbreak = outbreaks.open_outbreak(request.scope, found.community)
    own, *others = actions.decide(by=request.scope.actor, scope=request.scope, outbreak=outbreak, items=items)
    waits = accepted(own)["waits"]
    if left := [one.name for one, answer in zip(rows[1:], others, strict=True) if not answer.accepted]:
        messages.warning(request, text("arrivals.not_for", request.lang, names="、".join(left)))
    return _back(request, found, "decided_waits" if waits else "decided_now")


@require_POST
@office_page("office")
def reopen(request: HttpRequest, arrival_id: UUID) -> HttpResponse:
    """That no measure is needed was decided by mistake."""
    found = here(request, queries.arrival(request.scope, arrival_id))
    accepted(actions.reopen(by=request.scope.actor, arrival=found, at=clock.now(), ref=ref_of(request)))
    return _back(request, found, "reopened")


@require_POST
@office_page("office")
def add_leg(request: HttpRequest, arrival_id: UUID) -> HttpResponse:
    """Where they were on a day."""
    found = here(request, queries.arrival(request.scope, arrival_id))
    leg = forms.leg_of(request.POST)
    accepted(actions.record_leg(by=request.scope.actor, arrival=found, leg=leg, at=clock.now(), ref=ref_of(request)))
    return _back(request, found, "leg_kept")


@require_POST
@office_page("office")
def remove_leg(request: HttpRequest, arrival_id: UUID) -> HttpResponse:
    """That is known no more."""
    found = here(request, queries.arrival(request.scope, arrival_id))
    leg = next((one for one in found.legs.all() if str(one.pk) == request.POST.get("leg")), None)
    if leg is None:
        raise forms.refuse("unknown_leg")
    accepted(actions.remove_leg(by=request.scope.actor, arrival=found, leg=leg.pk, at=clock.now(), ref=ref_of(request)))
    return _back(request, found, "leg_gone")
