"""Office pages: links to people's own pages, and what people ask for about their data."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from zhegu.accounts.actions import record_look
from zhegu.lib import clock
from zhegu.lib.paper import CodeSheet, Imprint, print_code_sheets
from zhegu.lib.paper.qr import as_picture
from zhegu.lib.tables import Phrase
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, address_of, office_page, ref_of
from zhegu.registers import queries as registers
from zhegu.residents import actions, queries
from zhegu.residents.models import Link

MOST_HITS = 8


@require_GET
@office_page("office")
def links(request: HttpRequest) -> HttpResponse:
    """Whom a link may be made for, the links that open something, and the wishes that wait."""
    now, scope = clock.now(), request.scope
    words = request.GET.get("q", "").strip()[:60]
    hits = registers.search(scope, request.community, words, MOST_HITS) if words else []
    waiting = list(queries.wishes(scope, request.community))
    if waiting:
        record_look(
            scope, community=request.community.code, screen="residents.links", fields=["wish"],
            people={one.person_id for one in waiting}, at=now,
        )  # fmt: skip
    context = {
        "links": queries.links(scope, request.community, now), "wishes": waiting, "words": words,
        "hits": [hit.person for hit in hits],
    }  # fmt: skip
    return render(request, "residents/links.html", context)


@require_POST
@office_page("office")
def make(request: HttpRequest) -> HttpResponse:
    """A new link for this person; one made before opens nothing any more."""
    person = registers.person(request.scope, request.POST.get("person", ""), roles=queries.KEEPS)
    facts = accepted(
        actions.make_link(
            by=request.scope.actor, community=request.community, person=person, at=clock.now(), ref=ref_of(request)
        )
    )
    return redirect("residents:link", facts["link"])


def _address(request: HttpRequest, link: Link) -> str:
    return f"{address_of(request)}{reverse('residents:own', args=[actions.token_of(link)])}"


@require_GET
@office_page("office")
def link(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """The link to show or to print: whoever holds it sees the page, so it goes to the person alone."""
    found = queries.link(request.scope, link_id)
    over = found.revoked is not None or clock.now() >= found.expires
    address = "" if over else _address(request, found)
    context = {"link": found, "over": over, "address": address, "qr": as_picture(address) if address else ""}
    return render(request, "residents/link.html", context)


@require_GET
@office_page("office")
def link_pdf(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """The same on paper."""
    found = queries.link(request.scope, link_id)
    if found.revoked is not None:
        return redirect("residents:link", found.pk)
    langs = ("zh", "bo") if request.lang == "zh" else (request.lang, "zh")
    imprint = Imprint(request.community.name or request.community.code, request.user.name, clock.now(), langs)
    sheet = CodeSheet(
        title=Phrase.of("residents.sheet_title"), about=found.person.name, qr=_address(request, found),
        address=_address(request, found), steps=tuple(Phrase.of(f"residents.sheet_step_{n}") for n in (1, 2, 3)),
        small=Phrase.of("residents.sheet_small"), expires=found.expires,
    )  # fmt: skip
    response = HttpResponse(print_code_sheets([sheet], imprint), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="own-page.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@office_page("office")
def revoke(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """It opens nothing any more."""
    found = queries.link(request.scope, link_id)
    accepted(actions.revoke_link(by=request.scope.actor, link=found, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("residents.revoked", request.lang, name=found.person.name))
    return redirect("residents:links")


@require_POST
@office_page("office")
def answer(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    """What becomes of a wish, in words that the person reads."""
    found = queries.wish(request.scope, wish_id)
    words = request.POST.get("words", "")
    accepted(actions.answer_wish(by=request.scope.actor, wish=found, words=words, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("residents.answered", request.lang, name=found.person.name))
    return redirect("residents:links")
