"""Medicine, for its team alone: what is asked for, the insurance card on its way, what was bought."""

import re
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.accounts.actions import record_look
from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.scope import NotFound
from zhegu.lib.texts import text
from zhegu.orders import actions, queries
from zhegu.orders.models import OrderKind, Source
from zhegu.orders.views.money import fen
from zhegu.pages.doors import accepted, day_said, id_of, office_page, ref_of
from zhegu.pages.pictures import shown
from zhegu.registers import queries as registers

team = office_page("medicine")
SHOWN = 200


def _day(said: str) -> date | None:
    return day_said(said, RefusedError(Refused("orders.bad_number")))


def _id(said: str) -> UUID | None:
    return id_of(said, "orders.unknown_household") if said else None


def _asked(post: QueryDict, ref: UUID) -> actions.NewOrder:
    """A request as the form describes it; what is carried says `medicine` and how many boxes, never which."""
    boxes = post.get("boxes", "1")
    what = actions.NewMedicine(
        post.get("drug", "")[:120], post.get("strength", "")[:40], int(boxes) if re.fullmatch(r"[1-9]\d?", boxes) else 0,
        post.get("maker", "")[:80], "only_this_brand" in post, "prescription" in post, None, _day(post.get("lasts_until", "")),
    )  # fmt: skip
    return actions.NewOrder(
        ref=ref, at=clock.now(), kind=OrderKind.MEDICINE, source=Source.CALL, household=_id(post.get("household", "")),
        door=post.get("door", "")[:40], asker=post.get("asker", "")[:80], phone=post.get("phone", "")[:20],
        urgent="urgent" in post, medicine=what, lines=(actions.NewLine(text("orders.medicine_title"), max(what.boxes, 1)),),
    )  # fmt: skip


def _placed(request: HttpRequest) -> None:
    """A new request; or exactly what an order of a sign-up asks for."""
    item, who = _asked(request.POST, ref_of(request)), {"by": request.scope.actor, "community": request.community}
    if order := _id(request.POST.get("order", "")):
        row = queries.medicine_not_exact(request.scope, request.community).filter(pk=order).first()
        if row is None:
            raise NotFound(str(order))
        same = {"household": row.household_id, "grid": row.grid.code if row.grid else "", "door": row.door, "asker": row.asker, "phone": row.phone}
        accepted(actions.change_orders(**who, items=[actions.ChangeOrder(row.pk, replace(item, **same))])[0])
    else:
        accepted(actions.place_orders(**who, items=[item])[0])


@require_http_methods(["GET", "HEAD", "POST"])
@team
def medicine(request: HttpRequest) -> HttpResponse:
    """What runs out first stands first; a new request."""
    if request.method == "POST":
        _placed(request)
        messages.success(request, text("orders.medicine_saved", request.lang))
        return redirect("orders:medicine")
    rows = list(queries.with_photos(queries.medicine(request.scope, request.community))[:SHOWN])
    unclear = list(queries.medicine_not_exact(request.scope, request.community)[:SHOWN])
    if rows or unclear:
        people = [row.person_id for row in rows if row.person_id]
        record_look(
            request.scope, community=request.community.code, screen="orders.medicine", fields=["drug", "asker"], people=people,
            at=clock.now(),
        )  # fmt: skip
    words = request.GET.get("home", "")[:40]
    homes = registers.households(request.scope, request.community, words=words, roles=("medicine",))[:20] if words else ()
    return render(request, "orders/medicine.html", {"rows": rows, "unclear": unclear, "kinds": queries.kinds_seen(request.scope, request.community), "homes": homes, "words": words})


@require_POST
@team
def medicine_step(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The card was taken or given back, the medicine bought."""
    step = request.POST.get("step", "")
    if step not in list(actions.MedicineStep) or not queries.medicine(request.scope, request.community).filter(pk=order_id).exists():
        raise NotFound(str(order_id))
    bought = step == actions.MedicineStep.BOUGHT
    item = actions.TakeMedicineStep(
        order_id, actions.MedicineStep(step), ref_of(request), request.POST.get("where", "")[:80],
        fen(request.POST.get("yuan", "")) if bought else None, "compared" in request.POST,
    )  # fmt: skip
    accepted(
        actions.take_medicine_steps(by=request.scope.actor, community=request.community, items=[item], at=clock.now())[0]
    )
    messages.success(request, text("orders.medicine_saved", request.lang))
    return redirect("orders:medicine")


@require_GET
@team
def box_photo(request: HttpRequest, box_photo_id: UUID) -> HttpResponse:
    """The box as it was bought; each look is written down."""
    found = queries.box_photo(request.scope, request.community, box_photo_id)
    record_look(
        request.scope, community=request.community.code, screen="orders.box_photo", fields=["box_photo"],
        people=[found.order.medicine.person_id] if found.order.medicine.person_id else [], at=clock.now(),
    )  # fmt: skip
    return shown(found.content)


@require_POST
@team
def drop_box_photo(request: HttpRequest, box_photo_id: UUID) -> HttpResponse:
    """It shows something else, or more than the box."""
    item = actions.DropBoxPhoto(ref=ref_of(request), at=clock.now(), photo=box_photo_id)
    accepted(actions.drop_box_photos(by=request.scope.actor, scope=request.scope, community=request.community, items=[item])[0])
    messages.success(request, text("pictures.dropped", request.lang))
    return redirect("orders:medicine")
