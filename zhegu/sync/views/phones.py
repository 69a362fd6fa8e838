"""Office pages: the phones, inviting one, personal codes, switching one off."""

import os
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from zhegu.accounts import actions, queries
from zhegu.accounts.models import Enrolment
from zhegu.lib import clock
from zhegu.lib.paper import EnrolmentSlip, Imprint, Page, print_enrolment, print_table
from zhegu.lib.paper.qr import as_picture
from zhegu.lib.tables import Column, Kind, Phrase, Plain, Table
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, address_of, office_page, ref_of
from zhegu.places.models import Place
from zhegu.sampling import queries as sampling
from zhegu.sync import queries as door
from zhegu.sync.outside import authority, lan

LOCAL = {"localhost", "127.0.0.1", "[::1]"}


def enrolment_link(request: HttpRequest, invitation: Enrolment) -> str:
    """What the phone scans."""
    return f"{address_of(request)}/phone/#/enrol/{invitation.token}"


def spoken(code: str) -> str:
    """The code in groups, for eyes and mouths."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


@require_GET
@office_page("office")
def devices(request: HttpRequest) -> HttpResponse:
    """All phones: who was heard of when, and which may still hold something."""
    community, at = request.community, clock.now()
    awaited = _awaited(request, community)
    phones = [
        {
            "device": one, "standing": one.standing(at), "awaited": awaited.get(one.pk, []),
            "people": [key.staff for key in keys if key.revoked is None],
        }
        for one, keys in _with_people(request, community)
    ]  # fmt: skip
    context = {"phones": phones, "set_aside": door.quarantined(request.scope, community).count()}
    return render(request, "sync/devices.html", context)


def _awaited(request: HttpRequest, community: Place) -> dict[UUID, list[int]]:
    """Numbers of the open rounds whose closing would still wait for a phone, by phone."""
    found: dict[UUID, list[int]] = {}
    for round_ in sampling.open_rounds(request.scope, community):
        for one in sampling.phones_to_report(request.scope, round_, clock.now()):
            found.setdefault(one.pk, []).append(round_.no)
    return found


def _with_people(request: HttpRequest, community: Place) -> list:
    phones = list(queries.devices(request.scope, community).prefetch_related("keys__staff"))
    return [(one, list(one.keys.all())) for one in phones]


@require_GET
@office_page("office")
def device(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """One phone: who works on it, what it said last; switching it off, writing it off."""
    found = queries.device(request.scope, request.community, device_id)
    people = queries.people_on(request.scope, found)
    context = {"device": found, "standing": found.standing(clock.now()), "people": people}
    return render(request, "sync/device.html", context)


@require_POST
@office_page("office")
def revoke(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """The phone reads nothing more."""
    found = queries.device(request.scope, request.community, device_id)
    reason = request.POST.get("reason", "").strip()[:200]
    accepted(
        actions.revoke_phone(by=request.scope.actor, device=found, reason=reason, at=clock.now(), ref=ref_of(request))
    )
    messages.success(request, text("sync.revoked_now", request.lang, name=found.name))
    return redirect("sync:devices")


@require_POST
@office_page("office")
def write_off(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Nobody waits for it any more."""
    found = queries.device(request.scope, request.community, device_id)
    reason = request.POST.get("reason", "").strip()[:200]
    accepted(
        actions.write_off_phone(
            by=request.scope.actor, device=found, reason=reason, at=clock.now(), ref=ref_of(request)
        )
    )
    messages.success(request, text("sync.written_off_now", request.lang, name=found.name))
    return redirect("sync:devices")


@require_POST
@office_page("office")
def lock_out(request: HttpRequest, device_id: UUID, staff_id: UUID) -> HttpResponse:
    """This person no longer works on this phone."""
    found = queries.device(request.scope, request.community, device_id)
    staff = next((key.staff for key in queries.people_on(request.scope, found) if key.staff_id == staff_id), None)
    if staff is not None:
        accepted(
            actions.lock_out(by=request.scope.actor, device=found, staff=staff, at=clock.now(), ref=ref_of(request))
        )
        messages.success(request, text("sync.locked_out_now", request.lang, name=staff.name))
    return redirect("sync:device", device_id)


# --- joining


@require_POST
@office_page("office")
def invite(request: HttpRequest) -> HttpResponse:
    """An invitation for one phone; then its code, large."""
    facts = accepted(
        actions.invite_phone(
            by=request.scope.actor, community=request.community, at=clock.now(), ref=ref_of(request)
        )
    )
    return redirect("sync:invitation", facts["enrolment"])


@require_GET
@office_page("office")
def invitation(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    """The code to scan or to type, and what to do in three steps."""
    found = queries.enrolment(request.scope, request.community, enrolment_id)
    context = {
        "invitation": found,
        "over": clock.now() >= found.expires,
        "code": spoken(found.code),
        "qr": as_picture(enrolment_link(request, found)),
        "address": f"{address_of(request)}/phone/",
        "only_here": urlsplit(address_of(request)).hostname in LOCAL,
        **_trust(request),
    }
    if not request.headers.get("HX-Request"):
        return render(request, "sync/invitation.html", context)
    if not found.device_id and not context["over"]:
        return HttpResponse(status=204)  # nothing new: the code stays as it stands on the screen
    # Only this part is drawn anew: whoever has already gone on to another page is not called back.
    return render(request, "sync/_joining.html", context)


def _trust(request: HttpRequest) -> dict:
    """On a local network a phone first installs the authority, from a plain http page by bare address."""
    port = os.environ.get("ZHEGU_TRUST_PORT")
    if not port:
        return {}
    pages = [f"http://{one}:{port}/trust/" for one in lan.addresses()]
    path = settings.DATA / "keys" / "lan-authority.crt"
    shown = authority.fingerprint(path) if path.exists() else ""
    return {"trust_pages": pages, "trust_qr": as_picture(pages[0]) if pages else "", "fingerprint": shown}


@require_GET
@office_page("office")
def invitation_pdf(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    """The same on paper."""
    found = queries.enrolment(request.scope, request.community, enrolment_id)
    slip = EnrolmentSlip(
        qr=enrolment_link(request, found), address=f"{address_of(request)}/phone/",
        device=request.community.name or request.community.code, expires=found.expires, typed=spoken(found.code),
    )
    return _pdf(print_enrolment([slip], _imprint(request)), "phone")


def _imprint(request: HttpRequest) -> Imprint:
    langs = ("zh", "bo") if request.lang == "zh" else (request.lang, "zh")
    office = request.community.name or request.community.code
    return Imprint(office, request.user.name, clock.now(), langs)


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


# --- personal codes


@require_GET
@office_page("office")
def codes(request: HttpRequest) -> HttpResponse:
    """Who needs a code to sign on at a phone, and the codes that still work."""
    valid = queries.staff_codes(request.scope, request.community, clock.now())
    context = {
        "staff": queries.staff_at(request.scope, request.community.code),
        "codes": [{"staff": one.staff, "code": spoken(one.code), "expires": one.expires} for one in valid],
    }
    return render(request, "sync/codes.html", context)


@require_POST
@office_page("office")
def make_codes(request: HttpRequest) -> HttpResponse:
    """Each chosen person has one new code."""
    chosen = set(request.POST.getlist("staff"))
    staff = [one for one in queries.staff_at(request.scope, request.community.code) if str(one.pk) in chosen]
    if staff:
        accepted(
            actions.make_staff_codes(
                by=request.scope.actor, community=request.community, staff=staff, at=clock.now(), ref=ref_of(request)
            )
        )
        messages.success(request, text("sync.codes_made", request.lang, n=len(staff)))
    return redirect("sync:codes")


@require_GET
@office_page("office")
def codes_pdf(request: HttpRequest) -> HttpResponse:
    """The codes that still work, to cut apart and hand out."""
    valid = queries.staff_codes(request.scope, request.community, clock.now())
    columns = (
        Column("name", "sync.person", Kind.TEXT), Column("code", "sync.personal_code", Kind.TEXT),
        Column("expires", "sync.works_until", Kind.TIME), Column("got", "sync.handed_over", Kind.TICK),
    )  # fmt: skip
    rows = tuple({"name": one.staff.name, "code": spoken(one.code), "expires": one.expires, "got": None} for one in valid)
    address = Phrase.of("sync.codes_how", address=Plain(f"{address_of(request)}{reverse('sync:phone')}"))
    table = Table(columns, rows, "sync.codes_title", None, None)
    return _pdf(print_table(table, _imprint(request), Page(landscape=False, notes=(address,))), "codes")
