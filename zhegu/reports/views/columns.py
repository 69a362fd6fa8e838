"""Office page: the community's own order and names of a form's columns."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.tables import say
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, office_page, ref_of
from zhegu.reports import actions, queries
from zhegu.reports.outside.catalogue import form as form_named
from zhegu.reports.rules import Form
from zhegu.reports.rules.arranging import OwnColumn, in_order, ordered

page = office_page("office")


@require_GET
@page
def columns(request: HttpRequest) -> HttpResponse:
    """Every column of `?form=F1` with its place, its own name and whether it is shown; and the way back."""
    if not request.GET.get("form"):
        return redirect("reports:reports")
    chosen = form_named(request.GET["form"])
    kept = queries.own_columns(request.scope, request.community, chosen)
    rows = [
        {"no": no, "field": column.field, "label": say(column.label, request.lang), "own": own}
        for no, (column, own) in enumerate(ordered(chosen.columns, kept.columns if kept else ()), 1)
    ]
    return render(request, "reports/columns.html", {"form": chosen, "rows": rows, "kept": kept})


def _posted(request: HttpRequest) -> Form:
    if not request.POST.get("form"):
        raise RefusedError(Refused("reports.columns_unknown"))
    return form_named(request.POST["form"])


def _back(chosen: Form) -> HttpResponse:
    answer = redirect("reports:columns")
    answer["Location"] += f"?form={chosen.id}"
    return answer


@require_POST
@page
def arrange(request: HttpRequest) -> HttpResponse:
    """The columns as they were put in order, named and ticked."""
    chosen = _posted(request)
    given = request.POST
    try:
        places = [
            (int(given.get(f"no_{name}") or 0), OwnColumn(name, given.get(f"name_{name}", "").strip(), f"shown_{name}" in given))
            for name in given.getlist("field")
        ]
    except ValueError as bad:
        raise RefusedError(Refused("reports.columns_number")) from bad
    answer = actions.arrange(
        by=request.scope.actor, community=request.community, form=chosen, columns=in_order(places), at=clock.now(),
        ref=ref_of(request),
    )  # fmt: skip
    accepted(answer)
    messages.success(request, text("reports.columns_saved", request.lang, form=chosen.id))
    return _back(chosen)


@require_POST
@page
def undo(request: HttpRequest) -> HttpResponse:
    """What held before the last change holds again."""
    chosen = _posted(request)
    accepted(
        actions.undo_columns(
            by=request.scope.actor, community=request.community, form=chosen, at=clock.now(), ref=ref_of(request)
        )
    )
    messages.success(request, text("reports.columns_back", request.lang))
    return _back(chosen)
