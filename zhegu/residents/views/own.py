"""One person's own page: what is known and decided about them, how they are today, what they ask for, who looked.

Opens by a link alone; the link knows one person, and nothing here takes another.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zhegu.accounts.actions import record_look
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, NotFound, Scope
from zhegu.lib.texts import text
from zhegu.monitoring import actions as monitoring
from zhegu.monitoring import queries as courses
from zhegu.orders import queries as orders
from zhegu.orders.actions import AnswerTo, answer_substitutes
from zhegu.orders.models import Consent
from zhegu.outbreaks import queries as outbreaks
from zhegu.pages.doors import accepted, ref_of
from zhegu.registers import queries as registers
from zhegu.residents import actions, forms, queries
from zhegu.residents.rules import Asked
from zhegu.residents.showing import about

EVERYTHING = Scope.everything("a link shows one person's own data to that person")
View = Callable[..., HttpResponse]


class Visitor:
    """Whoever holds the link: one person of the register, who acts for themselves."""

    def __init__(self, token: str):
        self.token, self.at = token, clock.now()
        self.link = queries.link_with_token(EVERYTHING, token, self.at)
        self.person = registers.shown_as(EVERYTHING, self.link.person)
        self.community = self.link.community
        self.actor = Actor("resident", str(self.person.pk))

    def back(self) -> HttpResponse:
        """To the page itself."""
        return redirect("residents:own", self.token)


def own_page(view: View) -> View:
    """A page behind a link; one that counts no more leads nowhere, and no browser keeps it."""

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, link_token: str) -> HttpResponse:
        return view(request, Visitor(link_token))

    return guarded


@require_GET
@own_page
def own(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The page. That it was opened is on record, so that the person notices if it was not them."""
    context = about(EVERYTHING, visitor.person, visitor.community, visitor.at, request.lang)
    before = visitor.link.opened
    actions.open_link(by=visitor.actor, link=visitor.link, at=visitor.at, ref=new_id())
    record_look(
        Scope(visitor.actor), community=visitor.community.code, screen="residents.own", fields=["own"],
        people=[visitor.person.pk], at=visitor.at,
    )  # fmt: skip
    return render(request, "residents/own.html", {**context, "token": visitor.token, "link": visitor.link, "before": before})


@require_POST
@own_page
def check(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """How they are now: temperature and symptoms of this morning or evening."""
    outbreak = outbreaks.open_outbreak(EVERYTHING, visitor.community)
    if outbreak is None:
        raise NotFound("outbreak")
    item = monitoring.NewCheck(
        ref=ref_of(request), at=visitor.at, person=visitor.person.pk, **forms.check_of(request.POST, visitor.at)
    )
    accepted(monitoring.record_checks(by=visitor.actor, scope=EVERYTHING, outbreak=outbreak, items=[item])[0])
    return _said(request, visitor, "check_kept")


@require_POST
@own_page
def contest(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """They say that a measure on them is not right."""
    under = courses.of_person(EVERYTHING, visitor.person.pk, visitor.community)
    measure = next((one for one in under if str(one.pk) == request.POST.get("measure")), None)
    if measure is None:
        raise NotFound("measure")
    act = monitoring.NewContest(
        measure, visitor.person.pk, request.POST.get("words", "")[:1000], ref_of(request), visitor.at
    )
    accepted(monitoring.contest_measures(by=visitor.actor, scope=EVERYTHING, acts=[act])[0])
    return _said(request, visitor, "contest_kept")


@require_POST
@own_page
def substitute(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Their home says whether another thing will do instead of what a shop lacks."""
    home, said = visitor.person.household, request.POST.get("answer", "")
    questions = orders.questions_of_home(EVERYTHING, home) if home else ()
    asked = next((one for one in questions if str(one.pk) == request.POST.get("substitute")), None)
    if asked is None or said not in ("yes", "no"):
        raise NotFound("substitute")
    item = AnswerTo(asked.order_id, asked.pk, said == "yes", ref_of(request), visitor.person.name, Consent.LINK)
    accepted(answer_substitutes(by=visitor.actor, community=asked.order.community, items=[item], at=visitor.at)[0])
    return _said(request, visitor, "substitute_kept")


@require_POST
@own_page
def ask(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """They ask for a correction, or take back what they had agreed to."""
    what = Asked.WITHDRAW if request.POST.get("what") == Asked.WITHDRAW else Asked.CORRECT
    accepted(
        actions.ask(
            by=visitor.actor, person=visitor.person, what=what, words=request.POST.get("words", ""), at=visitor.at,
            ref=ref_of(request),
        )
    )  # fmt: skip
    return _said(request, visitor, "wish_kept")


def _said(request: HttpRequest, visitor: Visitor, key: str) -> Any:
    messages.success(request, text(f"residents.{key}", request.lang))
    return visitor.back()
