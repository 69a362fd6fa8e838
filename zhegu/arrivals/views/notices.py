"""Notices by which people register themselves: made, printed, withdrawn."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.arrivals import actions, queries
from zhegu.arrivals.models import Notice
from zhegu.arrivals.views.doors import imprint, may, pdf
from zhegu.lib import clock
from zhegu.lib.paper import CodeSheet, print_code_sheets
from zhegu.lib.tables import Phrase
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, address_of, office_page, ref_of
from zhegu.places import queries as places


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("office")
def notices(request: HttpRequest) -> HttpResponse:
    """Which notices hang where and until when; one more of them."""
    now = clock.now()
    if request.method == "POST":
        code = request.POST.get("grid", "")
        facts = accepted(
            actions.make_notice(
                by=request.scope.actor, community=request.community, where=request.POST.get("where", ""),
                grid=places.grid(request.scope, code) if code else None, at=now, ref=ref_of(request),
            )
        )  # fmt: skip
        messages.success(request, text("arrivals.notice_made", request.lang))
        return redirect(f"{reverse('arrivals:notices')}#{facts['notice']}")
    found = queries.notices(request.scope, request.community).filter(revoked=None, expires__gt=now)
    context = {
        "rows": [(one, f"{address_of(request)}{_path(one)}") for one in found],
        "grids": places.grids(request.scope, request.community),
    }
    return render(request, "arrivals/notices.html", {**context, **may(request)})


def _path(notice: Notice) -> str:
    return reverse("residents:arriving", args=[actions.token_of(notice)])


@require_GET
@office_page("office")
def notice_pdf(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The notice to hang up: what it is for, the code, what is kept and how long."""
    found = queries.notice(request.scope, request.community, notice_id)
    address = f"{address_of(request)}{_path(found)}"
    sheet = CodeSheet(
        title=Phrase.of("arrivals.notice_title"), about=found.where, qr=address, address=address,
        steps=tuple(Phrase.of(f"arrivals.notice_step_{step}") for step in (1, 2, 3)),
        small=Phrase.of("arrivals.notice_small"), expires=found.expires,
    )  # fmt: skip
    return pdf(print_code_sheets([sheet], imprint(request)), "notice")


@require_POST
@office_page("office")
def revoke_notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Its code opens nothing any more."""
    found = queries.notice(request.scope, request.community, notice_id)
    accepted(actions.revoke_notice(by=request.scope.actor, notice=found, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("arrivals.notice_revoked", request.lang, where=found.where))
    return redirect("arrivals:notices")
