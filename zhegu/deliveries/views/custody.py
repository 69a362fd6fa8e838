"""Things and who holds them; one door with its chain; what was written on paper is entered here."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.accounts.actions import record_look
from zhegu.deliveries import actions, forms, queries
from zhegu.deliveries.models import BackReason, ErrandRun, RunStop
from zhegu.deliveries.rules.custody import DEPOT, DOOR, STATION, Step, Unfit
from zhegu.deliveries.rules.problem import RunKind
from zhegu.deliveries.templatetags.fen import yuan
from zhegu.deliveries.views.runs import one, page
from zhegu.lib import clock
from zhegu.lib.scope import known
from zhegu.lib.texts import text
from zhegu.orders.models import Consent, OrderKind
from zhegu.pages.doors import accepted, ref_of
from zhegu.pages.pictures import shown

STEPS = (Step.FILLED, Step.DISINFECTED)


def holders(request: HttpRequest, run: ErrandRun) -> dict[str, str]:
    """Holder's key → name, of the team and the places of a run."""
    names = {m.staff.actor.key: m.staff.name for m in queries.team(request.scope, run)}
    told = {DOOR: text("deliveries.holder_door", request.lang), DEPOT: run.depot or text("deliveries.holder_depot", request.lang)}
    if run.station:
        told[STATION] = run.station
    return names | told


def stop_of(request: HttpRequest, run: ErrandRun, stop_id: UUID) -> RunStop:
    """One door of the run; raises NotFound."""
    return known(queries.stops(request.scope, run).filter(pk=stop_id).first(), stop_id)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def things(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Everything that is carried, by holder; many at once take a step or change hands."""
    run = one(request, run_id)
    rows = queries.parcels(request.scope, run)
    if request.method == "POST":
        return _many(request, run)
    names = holders(request, run)
    held = request.GET.get("held", "")
    shown = [(p, names.get(p.holder, p.holder)) for p in rows if held in ("", p.holder)]
    context = {
        "run": run, "rows": shown, "holders": names, "held": held, "steps": STEPS, "unfits": list(Unfit),
        "no_door": {k: v for k, v in names.items() if k != DOOR},
        "unconfirmed": [(x, names.get(x.giver), names.get(x.taker)) for x in queries.unconfirmed(request.scope, run)],
    }  # fmt: skip
    return render(request, "deliveries/things.html", context)


def _many(request: HttpRequest, run: ErrandRun) -> HttpResponse:
    chosen = forms.ids(request.POST.getlist("thing"))
    now, act = clock.now(), request.POST.get("act", "")
    by, ref = request.scope.actor, ref_of(request)
    if act == "hand":
        rows = list(queries.parcels(request.scope, run).filter(pk__in=chosen))
        answer = actions.hand_over(by=by, run=run, items=[forms.hand_of(request.POST, rows, ref, now)])[0]
    else:
        step = Step(act) if act in STEPS else None
        unfit = Unfit(act) if act in list(Unfit) else None
        item = actions.TakeStep(ref=ref, at=now, parcels=chosen, step=step, unfit=unfit)
        answer = actions.take_steps(by=by, run=run, items=[item])[0]
    messages.success(request, text("deliveries.things_done", request.lang, n=accepted(answer)["things"]))
    return redirect("deliveries:things", run_id=run.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def door(request: HttpRequest, run_id: UUID, stop_id: UUID) -> HttpResponse:
    """One door: its things, who held them, and a hand-over there that was written on paper."""
    run = one(request, run_id)
    stop = stop_of(request, run, stop_id)
    if request.method == "POST":
        rows = [p for p in stop.parcels.all() if str(p.pk) in request.POST.getlist("thing")]
        hand = forms.hand_of(request.POST, rows, ref_of(request), clock.now(), stop)
        accepted(actions.hand_over(by=request.scope.actor, run=run, items=[hand])[0])
        messages.success(request, text("deliveries.things_done", request.lang, n=len(rows)))
        return redirect("deliveries:door", run_id=run.pk, stop_id=stop.pk)
    record_look(
        request.scope, community=request.community.code, screen="deliveries.door", fields=["door", "order"], people=[], at=clock.now()
    )
    names = holders(request, run)
    chains = [
        (p, names.get(p.holder, p.holder), [(x, names.get(x.giver), names.get(x.taker)) for x in queries.chain(request.scope, p)])
        for p in stop.parcels.all()
    ]
    context = {
        "run": run, "stop": stop, "chains": chains, "holders": names, "reasons": list(BackReason), **_contents(request, run, stop),
        "held": next((p.holder for p, _, _ in chains if not p.called_off), DOOR),
        "in_team": request.scope.actor.key in queries.team_keys(request.scope, run), "photos": stop.photos.defer("content"),
    }  # fmt: skip
    return render(request, "deliveries/door.html", context)


def _contents(request: HttpRequest, run: ErrandRun, stop: RunStop) -> dict[str, Any]:
    """Lines that may turn out to be missing now, and what was said of some."""
    if run.kind != RunKind.DELIVER or not run.begun:
        return {}
    said = queries.missing(request.scope, stop)
    if run.closed:
        return {"said": said}
    things = [one for one in stop.parcels.all() if one.order and not one.returned and not one.called_off and not stop.skipped]
    lines = [(one, line) for one in things for line in one.order.lines.all()]
    return {"said": said, "lines": lines, "hows": list(Consent), "exact": run.batch.kind == OrderKind.MEDICINE}


@require_POST
@page
def missing(request: HttpRequest, run_id: UUID, stop_id: UUID) -> HttpResponse:
    """A line of a parcel cannot be filled: what the household said."""
    run = one(request, run_id)
    stop = stop_of(request, run, stop_id)
    item = forms.missing_of(request.POST, stop, ref_of(request), clock.now())
    facts = accepted(actions.say_missing(by=request.scope.actor, run=run, items=[item])[0])
    messages.success(request, text("deliveries.missing_said", request.lang, what=facts["what"], yuan=yuan(facts["due"])))
    return redirect("deliveries:door", run_id=run.pk, stop_id=stop.pk)


@require_POST
@page
def undo_missing(request: HttpRequest, run_id: UUID, stop_id: UUID, missing_id: UUID) -> HttpResponse:
    """What was said was a mistake. The answer is gone after that: which parcel it was of, the form says."""
    run = one(request, run_id)
    stop = stop_of(request, run, stop_id)
    (parcel,) = forms.ids([request.POST.get("parcel", "")])
    item = actions.UndoMissing(ref=ref_of(request), at=clock.now(), parcel=parcel, missing=missing_id)
    accepted(actions.undo_missing(by=request.scope.actor, run=run, items=[item])[0])
    messages.success(request, text("deliveries.missing_undone", request.lang))
    return redirect("deliveries:door", run_id=run.pk, stop_id=stop.pk)


@require_POST
@page
def skip(request: HttpRequest, run_id: UUID, stop_id: UUID) -> HttpResponse:
    """Nothing could be done there."""
    run = one(request, run_id)
    reason = request.POST.get("reason", "")
    item = actions.Skip(
        ref=ref_of(request), at=clock.now(), stop=stop_of(request, run, stop_id).pk,
        reason=BackReason(reason) if reason in list(BackReason) else BackReason.OTHER,
    )  # fmt: skip
    accepted(actions.skip_stops(by=request.scope.actor, run=run, items=[item])[0])
    messages.success(request, text("deliveries.skipped_now", request.lang))
    return redirect("deliveries:run", run_id=run.pk)


@require_POST
@page
def confirm(request: HttpRequest, run_id: UUID, hand_id: UUID) -> HttpResponse:
    """The other side says it was so."""
    item = actions.Confirm(ref=ref_of(request), at=clock.now(), hand=hand_id)
    accepted(actions.confirm_hand_overs(by=request.scope.actor, run=one(request, run_id), items=[item])[0])
    messages.success(request, text("deliveries.confirmed_now", request.lang))
    return redirect("deliveries:things", run_id=run_id)


@require_POST
@page
def take_back(request: HttpRequest, run_id: UUID, hand_id: UUID) -> HttpResponse:
    """A hand-over by mistake."""
    item = actions.TakeBack(ref=ref_of(request), at=clock.now(), hand=hand_id)
    accepted(actions.take_back_hand_overs(by=request.scope.actor, run=one(request, run_id), items=[item])[0])
    messages.success(request, text("deliveries.taken_back", request.lang))
    return redirect("deliveries:things", run_id=run_id)


@require_GET
@page
def door_photo(request: HttpRequest, run_id: UUID, door_photo_id: UUID) -> HttpResponse:
    """What was left at a door; each look is written down."""
    found = queries.door_photo(request.scope, one(request, run_id), door_photo_id)
    record_look(request.scope, community=request.community.code, screen="deliveries.door_photo", fields=["door_photo"], people=[], at=clock.now())
    return shown(found.content)


@require_POST
@page
def drop_door_photo(request: HttpRequest, run_id: UUID, door_photo_id: UUID) -> HttpResponse:
    """It shows something else, or more than what was left. A second tap finds it gone and is answered like the first."""
    run = one(request, run_id)
    item = actions.DropDoorPhoto(ref=ref_of(request), at=clock.now(), photo=door_photo_id)
    accepted(actions.drop_door_photos(by=request.scope.actor, run=run, items=[item])[0])
    messages.success(request, text("pictures.dropped", request.lang))
    return redirect("deliveries:run", run_id=run.pk)
