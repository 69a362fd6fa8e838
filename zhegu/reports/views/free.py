"""Office pages: is the community free of the outbreak, what stands between, and the application's way."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.scope import SPEAKS_ABOVE, NotFound
from zhegu.lib.tables import day, say
from zhegu.lib.texts import text
from zhegu.outbreaks import queries as outbreaks
from zhegu.outbreaks.models import Outbreak
from zhegu.pages.doors import accepted, office_page, ref_of
from zhegu.places import queries as places
from zhegu.reports import actions, queries
from zhegu.reports.outside.criteria import model, models
from zhegu.reports.queries.free import Known
from zhegu.reports.queries.periods import SPEAKERS
from zhegu.reports.rules.free import (
    NEXT,
    ON_RECORD,
    Facts,
    Model,
    Step,
    Verdict,
    all_met,
    earliest,
    if_a_case,
    if_negative,
    judged,
)
from zhegu.reports.rules.telling import figure_words, place_words

page = office_page("office", "leader")


def _outbreak(request: HttpRequest) -> Outbreak:
    found = outbreaks.open_outbreak(request.scope, request.community)
    if found is None:
        raise RefusedError(Refused("reports.free_no_outbreak"))
    return found


def _chosen(request: HttpRequest) -> Model:
    asked = request.POST.get("model") or request.GET.get("model") or next(iter(models()))
    return model(asked)


@require_GET
@office_page("office", "leader", SPEAKS_ABOVE)
def free(request: HttpRequest) -> HttpResponse:
    """What is met by which fact, what stands between, the earliest date, and what if; of the community and of each grid.
    From above one sees the applications with the evidence they came with."""
    now = clock.now()
    below = _below(request, now) if _leads_others(request) else []
    if not request.scope.covers(request.community.code, "office", "leader"):
        return render(request, "reports/free_above.html", {"below": below})
    outbreak = outbreaks.open_outbreak(request.scope, request.community)
    if outbreak is None:
        return render(request, "reports/free.html", {"outbreak": None})
    one = _chosen(request)
    ticked = queries.ticks(request.scope, request.community, outbreak, now).get(one.id, {})
    known = queries.known(request.scope, request.community, outbreak, ticked, now)
    verdicts = judged(one, known.whole)
    on_record = _on_record(request, one, now)
    application = queries.application(request.scope, request.community, outbreak, now)
    context = {
        "outbreak": outbreak,
        "model": one,
        "models": models().values(),
        "as_of": now,
        "verdicts": [(verdict, _fact(request, verdict)) for verdict in verdicts],
        "met": all_met(verdicts),
        "earliest": earliest(verdicts),
        "what_if": _what_if(request, one, known.whole),
        "grids": _grids(request, one, known),
        "newest": known.whole.rounds[0].no if known.whole.rounds else None,
        "items": [(item, ticked.get(item), on_record.get(item, "")) for item in one.items],
        "application": application,
        "next": queries.steps_open(request.scope, application) if application else [],
        "under_way": bool(application and application.stands and NEXT[application.stands]),
        "below": below if len(below) > 1 else [],
    }
    return render(request, "reports/free.html", context)


def _leads_others(request: HttpRequest) -> bool:
    """Whether whoever looks leads or stands above more than the community whose page this is."""
    return any(not code.startswith(request.community.code) for code in request.scope.places(*SPEAKERS))


def _below(request: HttpRequest, now: datetime) -> list[tuple[queries.Application, list[str], list[Step]]]:
    """Applications of the communities whoever looks leads or stands above, each with its evidence and what they may do."""
    return [
        (one, [_evidence(request, said) for said in one.row.evidence], queries.steps_open(request.scope, one))
        for one in queries.applications(request.scope, now)
    ]


def _evidence(request: HttpRequest, said: Mapping[str, Any]) -> str:
    """A criterion as it stood when the community applied."""
    kind, facts = said["kind"], {name: value for name, value in said.items() if name not in ("kind", "met")}
    return " ".join((text(f"reports.free_kind_{kind}", request.lang), text(f"reports.free_fact_{kind}", request.lang, **facts)))


def _grids(request: HttpRequest, one: Model, known: Known) -> list[dict[str, Any]]:
    """How each grid stands, those that need most time first: what stands between, the earliest day, and what if."""
    found = []
    for grid in places.grids(request.scope, request.community):
        facts = known.grids[grid.code]
        verdicts = judged(one, facts)
        open_ones = [(verdict, _fact(request, verdict)) for verdict in verdicts if not verdict.met]
        no = known.whole.rounds[0].no if known.whole.rounds else 0
        found.append({
            "name": say(place_words(grid, request.lang), request.lang), "between": open_ones,
            "earliest": earliest(verdicts), "if_negative": earliest(judged(one, if_negative(facts, no))),
        })  # fmt: skip
    return sorted(found, key=lambda row: (not row["between"], -row["earliest"].toordinal()))


def _fact(request: HttpRequest, one: Verdict) -> str:
    """By which numbers a criterion is met or not, in words."""
    return text(f"reports.free_fact_{one.told}", request.lang, **one.fact)


def _on_record(request: HttpRequest, one: Model, now: datetime) -> dict[str, str]:
    """What the records say of things of the checklist, in words, where they say anything."""
    asked = {item: ON_RECORD[item] for item in one.items if item in ON_RECORD}
    told = queries.some_figures(request.scope, request.community, now, set(asked.values()))
    return {
        item: text("reports.free_record", request.lang, figure=text(told[name].spec.label, request.lang), value=figure_words(told[name], request.lang))
        for item, name in asked.items()
        if name in told and told[name].value is not None
    }


def _what_if(request: HttpRequest, one: Model, known: Facts) -> list[str]:
    """If the newest round ends with no positive; if there is a case today."""
    said = []
    if known.rounds:
        no = known.rounds[0].no
        on = day(earliest(judged(one, if_negative(known, no))), request.lang)
        said.append(text("reports.free_if_negative", request.lang, no=no, day=on))
    after_a_case = day(earliest(judged(one, if_a_case(known))), request.lang)
    return [*said, text("reports.free_if_case", request.lang, day=after_a_case)]


def _act(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.scope.actor, "community": request.community, "at": clock.now(), "ref": ref_of(request)}


def _back(one: Model) -> HttpResponse:
    answer = redirect("reports:free")
    answer["Location"] += f"?model={one.id}"
    return answer


@require_POST
@page
def tick(request: HttpRequest) -> HttpResponse:
    """A thing of the list is done, or not after all."""
    one, item = _chosen(request), request.POST.get("item", "")
    if request.POST.get("undo"):
        accepted(actions.untick(model=one, item=item, **_act(request)))
    else:
        accepted(actions.tick(model=one, item=item, evidence=request.POST.get("evidence", ""), **_act(request)))
    return _back(one)


@require_POST
@page
def apply(request: HttpRequest) -> HttpResponse:
    """The community applies, where everything is met."""
    outbreak, one, now = _outbreak(request), _chosen(request), clock.now()
    ticked = queries.ticks(request.scope, request.community, outbreak, now).get(one.id, {})
    facts = queries.facts(request.scope, request.community, outbreak, now)
    verdicts = judged(one, replace(facts, ticked=frozenset(ticked)))
    before = queries.application(request.scope, request.community, outbreak, now)
    applying = actions.Applying(outbreak, one, verdicts, before.stands if before else None)
    accepted(actions.apply(applying=applying, **_act(request)))
    messages.success(request, text("reports.free_applied", request.lang))
    return _back(one)


@require_POST
@office_page("leader", SPEAKS_ABOVE)
def move_on(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The next step of the application, by those who lead at the level whose word it is."""
    row = queries.application_of(request.scope, application_id)
    now = clock.now()
    stood = queries.application(request.scope, row.community, row.outbreak, now)
    try:
        step = Step(request.POST.get("step", ""))
    except ValueError as unknown:
        raise RefusedError(Refused("reports.free_wrong_step")) from unknown
    current = stood.stands if stood and stood.row.pk == row.pk else None
    if stood is None or (current and step in NEXT[current] and step not in queries.steps_open(request.scope, stood)):
        raise NotFound("level")
    onward = actions.Onward(row, current, step, request.POST.get("words", ""))
    accepted(actions.move_on(onward=onward, **{**_act(request), "community": row.community}))
    return _back(model(row.model))
