"""Office pages: directives from above, who has read and done them; and those asked of oneself."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhegu.lib import clock
from zhegu.lib.texts import text
from zhegu.outbreaks import actions, queries
from zhegu.outbreaks.actions import NewDirective
from zhegu.outbreaks.views.steering import a_day, about, found
from zhegu.pages.doors import accepted, office_page, ref_of


@require_GET
@office_page("office", "leader")
def directives(request: HttpRequest, outbreak_id: UUID) -> HttpResponse:
    """Everything asked for, with how many have read and done it."""
    outbreak = found(request, outbreak_id)
    context = {
        **about(request, outbreak), "rows": queries.directives(request.scope, outbreak),
        "staff": queries.possible_readers(request.scope, outbreak), "today": clock.local_day(clock.now()),
    }  # fmt: skip
    return render(request, "outbreaks/directives.html", context)


@require_GET
@office_page("office", "leader")
def directive(request: HttpRequest, directive_id: UUID) -> HttpResponse:
    """One directive: its words, and who has read and done it."""
    one = queries.directive(request.scope, directive_id)
    context = {
        **about(request, one.outbreak), "directive": one, "readers": queries.readers(request.scope, one),
        "today": clock.local_day(clock.now()),
    }  # fmt: skip
    return render(request, "outbreaks/directive.html", context)


@require_POST
@office_page("office")
def give_directive(request: HttpRequest, outbreak_id: UUID) -> HttpResponse:
    """One more, for the people who were ticked."""
    outbreak, post = found(request, outbreak_id, to_change=True), request.POST
    chosen = set(post.getlist("reader"))
    readers = tuple(one for one in queries.possible_readers(request.scope, outbreak) if str(one.pk) in chosen)
    new = NewDirective(
        post.get("issuer", ""), post.get("title", ""), a_day(post.get("received", "")), readers,
        a_day(post.get("due", ""), needed=False), post.get("number", ""), post.get("words", ""),
    )  # fmt: skip
    accepted(
        actions.give_directive(
            by=request.scope.actor, outbreak=outbreak, directive=new, at=clock.now(), ref=ref_of(request)
        )
    )
    messages.success(request, text("outbreaks.directive_given", request.lang, n=len(readers)))
    return redirect("outbreaks:directives", outbreak.id)


@require_POST
@office_page("office")
def withdraw_directive(request: HttpRequest, directive_id: UUID) -> HttpResponse:
    """Nobody is asked for it any more."""
    one = queries.directive(request.scope, directive_id)
    found(request, one.outbreak_id, to_change=True)
    accepted(
        actions.withdraw_directive(
            by=request.scope.actor, directive=one, at=clock.now(), ref=ref_of(request)
        )
    )
    messages.success(request, text("outbreaks.directive_withdrawn", request.lang))
    return redirect("outbreaks:directives", one.outbreak_id)


@require_GET
@office_page()
def my_directives(request: HttpRequest) -> HttpResponse:
    """What is asked of whoever looks, in any role."""
    rows = queries.my_directives(request.scope, request.community)
    return render(request, "outbreaks/my_directives.html", {"rows": rows, "today": clock.local_day(clock.now())})


@require_POST
@office_page()
def mark(request: HttpRequest, directive_id: UUID) -> HttpResponse:
    """Read, done, or not done after all."""
    row = queries.my_directive(request.scope, directive_id)
    who = {"by": request.scope.actor, "row": row, "at": clock.now(), "ref": ref_of(request)}
    how = request.POST.get("how", "read")
    if how == "done":
        accepted(actions.mark_done(**who, said=request.POST.get("said", "")))
    elif how == "undone":
        accepted(actions.mark_undone(**who))
    else:
        accepted(actions.mark_read(**who))
    messages.success(request, text("outbreaks.marked", request.lang))
    return redirect("outbreaks:my_directives")
