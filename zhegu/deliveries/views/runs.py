"""Runs: what waits, drafting one, its plan before anything is promised, route sheets."""

from collections import Counter
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.accounts import queries as accounts
from zhegu.deliveries import actions, forms, queries
from zhegu.deliveries.ledgers import route_table
from zhegu.deliveries.models import ErrandRun
from zhegu.deliveries.rules.custody import DOOR, STATION
from zhegu.deliveries.rules.problem import RunKind
from zhegu.deliveries.sketch import sketch
from zhegu.lib import clock
from zhegu.lib.paper import Page, print_table
from zhegu.lib.scope import NotFound, Scope
from zhegu.lib.texts import text
from zhegu.orders import actions as asks
from zhegu.orders import queries as orders
from zhegu.pages.doors import accepted, office_page, ref_of
from zhegu.pages.paper import printed
from zhegu.places import queries as places

page = office_page("office", "order_desk", "courier", "medicine")
desk = office_page("office", "order_desk", "medicine")
STAFF = Scope.everything("whoever works here may go with a truck")
SECONDS = 8


def one(request: HttpRequest, run_id: UUID) -> ErrandRun:
    """The run of the address, if this scope may see it."""
    return queries.run(request.scope, request.community, run_id)


@require_GET
@page
def listed(request: HttpRequest) -> HttpResponse:
    """Batches that wait for a run, then the runs, the newest first."""
    code = request.community.code
    may_draft = request.scope.covers(code, "office", "order_desk", "medicine")
    waiting = orders.batches(request.scope, request.community).filter(run=None) if may_draft else ()
    context = {
        "runs": queries.runs(request.scope, request.community), "waiting": waiting, "may_draft": may_draft,
        "open_kinds": _open_kinds(request) if may_draft else (),
    }  # fmt: skip
    return render(request, "deliveries/runs.html", context)


def _open_kinds(request: HttpRequest) -> list[tuple[str, int]]:
    """Kinds of orders that stand on the list, and how many."""
    found = orders.in_state(request.scope, request.community, orders.State.OPEN)
    return sorted(Counter(found.order_by().values_list("kind", flat=True)).items())


@require_POST
@desk
def gather(request: HttpRequest) -> HttpResponse:
    """Open orders of one kind until a cut-off become a batch."""
    kind = request.POST.get("kind", "")
    if kind not in orders.kinds_seen(request.scope, request.community):
        raise NotFound(kind)
    now = clock.now()
    batch = asks.NewBatch(
        request.POST.get("name", "")[:80], orders.OrderKind(kind), forms.moment(request.POST.get("cut_off", ""), now)
    )
    facts = accepted(
        asks.gather_batch(by=request.scope.actor, community=request.community, batch=batch, at=now, ref=ref_of(request))
    )
    messages.success(request, text("deliveries.gathered", request.lang, n=facts["orders"]))
    return redirect("deliveries:runs")


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def draft(request: HttpRequest) -> HttpResponse:
    """A batch gets its trucks and people; it is planned at once."""
    if request.method == "POST":
        wanted = forms.run_of(request.POST)
        orders.batch(request.scope, request.community, wanted.batch)
        at, by = clock.now(), request.scope.actor
        facts = accepted(actions.draft_run(by=by, community=request.community, run=wanted, at=at, ref=ref_of(request)))
        return redirect("deliveries:run", run_id=facts["run"])
    last = queries.runs(request.scope, request.community).filter(kind=RunKind.REFILL).first()
    context = {
        "batches": orders.batches(request.scope, request.community).filter(run=None),
        "chosen": request.GET.get("batch", ""), "kinds": list(RunKind), "rows": forms.TRUCK_ROWS, "last": last,
        "people": accounts.staff_at(STAFF, request.community.code),
    }  # fmt: skip
    return render(request, "deliveries/draft.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def ways(request: HttpRequest) -> HttpResponse:
    """How far grids are apart, as their workers say."""
    if request.method == "POST":
        pair = (request.POST.get("one", ""), request.POST.get("other", ""))
        accepted(
            actions.set_way(
                by=request.scope.actor, community=request.community, grids=pair,
                metres=forms.whole(request.POST.get("metres", ""), 0, 99_999), at=clock.now(), ref=ref_of(request),
            )
        )
        messages.success(request, text("deliveries.way_saved", request.lang))
        return redirect("deliveries:ways")
    context = {
        "ways": sorted(queries.ways(request.scope, request.community).items()),
        "grids": places.grids(request.scope, request.community),
        "detour": queries.detour(request.scope, request.community),
    }  # fmt: skip
    return render(request, "deliveries/ways.html", context)


@require_GET
@page
def run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """The plan in figures and as a sketch; once it began, how far it is and what is open."""
    found = one(request, run_id)
    stops = list(queries.stops(request.scope, found))
    visits = list(queries.visits(request.scope, found))
    trucks = [(truck, found.plan.get("hours", {}).get(str(truck.no))) for truck in found.trucks.all()]
    far = queries.told(request.scope, found, stops)
    context = {
        "run": found, "stops": stops, "sketch": sketch(stops, visits), "trucks": trucks,
        "team": queries.team(request.scope, found), "progress": _progress(found), "seconds": SECONDS,
        "going": [truck for truck, _ in trucks if not truck.out], "unplanned": [(s, one["reason"]) for one in found.plan.get("unplanned", ()) for s in stops if str(s.no) == one["stop"]],
        "faults": queries.faults(request.scope, found) if found.begun and not found.closed else (),
        "in_team": request.scope.actor.key in queries.team_keys(request.scope, found),
        "told": far, "tell": tell(found, far) if found.begun else "",
    }  # fmt: skip
    return render(request, "deliveries/run.html", context)


def tell(found: ErrandRun, far: queries.Told) -> str:
    """What to paste into the group or read out, Chinese and Tibetan: how far it is, in numbers. No names, no doors."""
    said_in = []
    for lang in ("zh", "bo"):
        lines = [text("deliveries.tell_far", lang, name=found.name, done=far.done, to_come=far.to_come)]
        lines += [text("deliveries.tell_left_out", lang, n=n, why=text(f"deliveries.skip_{why}", lang)) for why, n in far.left_out.items()]
        lines += [text("deliveries.tell_unfit", lang, n=far.unfit)] if far.unfit else []
        said_in.append("\n".join(lines))
    return "\n\n".join(said_in)


def _progress(found: ErrandRun) -> dict[str, int]:
    """How many things are at which step of their way."""
    things = list(found.parcels.exclude(thing="bag"))
    told = {"things": len(things)}
    for step in ("collected", "filled", "disinfected", "returned"):
        told[step] = sum(getattr(p, step) is not None for p in things)
    told["unfit"] = sum(p.unfit != "" for p in things)
    told["on_board"] = sum(p.holder not in (DOOR, STATION, "depot") for p in things)
    return told


@require_POST
@desk
def plan(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Thinks for some seconds; may be asked again until the run begins."""
    found = one(request, run_id)
    goal = "hours" if request.POST.get("goal") == "hours" else "km"
    thought = actions.Thought(SECONDS, forms.whole(request.POST.get("seed", "1"), 0), goal)
    accepted(actions.plan_run(by=request.scope.actor, run=found, thought=thought, at=clock.now(), ref=ref_of(request)))
    return redirect("deliveries:run", run_id=run_id)


@require_POST
@desk
def begin(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """It is promised and on its way."""
    accepted(actions.begin_run(by=request.scope.actor, run=one(request, run_id), at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("deliveries.begun_now", request.lang))
    return redirect("deliveries:run", run_id=run_id)


@require_POST
@desk
def drop(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """The draft is gone; its batch waits again."""
    accepted(actions.drop_run(by=request.scope.actor, run=one(request, run_id), at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("deliveries.dropped", request.lang))
    return redirect("deliveries:runs")


@require_POST
@desk
def out(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """A truck drives no further; another takes over."""
    facts = accepted(
        actions.take_out(
            by=request.scope.actor, run=one(request, run_id), truck=forms.whole(request.POST.get("truck", "")),
            over_to=forms.whole(request.POST.get("over_to", "")), thought=actions.Thought(SECONDS), at=clock.now(), ref=ref_of(request),
        )
    )  # fmt: skip
    messages.success(request, text("deliveries.is_out", request.lang, doors=facts["doors"], board=facts["on_board"]))
    return redirect("deliveries:run", run_id=run_id)


@require_POST
@page
def driven(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """What a truck's meter says."""
    found = one(request, run_id)
    accepted(
        actions.note_driven(
            by=request.scope.actor, run=found, truck=forms.whole(request.POST.get("truck", "")),
            metres=forms.metres(request.POST.get("km", "")), at=clock.now(), ref=ref_of(request),
        )
    )
    messages.success(request, text("deliveries.driven_saved", request.lang))
    return redirect("deliveries:run", run_id=run_id)


@require_GET
@page
def route(request: HttpRequest, run_id: UUID, truck: int) -> HttpResponse:
    """The route sheet of one truck, on paper."""
    found = one(request, run_id)
    table = route_table(request.scope, found, truck)
    signed = Page(signatures=("deliveries.courier", "deliveries.counter"))
    return printed(request, lambda imprint: print_table(table, imprint, signed))
