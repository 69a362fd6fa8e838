"""Tubes: to the laboratory, and back as results."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhegu.accounts.actions import record_look
from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, office_page, ref_of
from zhegu.sampling import actions, queries
from zhegu.sampling.rules import TubeResult
from zhegu.sampling.views.doors import about, the_round


@require_GET
@office_page("office", "lab", "leader")
def tubes(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """All tubes of the round: what is in them, where they are, and (for those who must act) what was found."""
    round_ = the_round(request, round_id)
    found = list(queries.tubes(request.scope, round_))
    context = {
        **about(request, round_, "tubes"), "tubes": found, "results": list(TubeResult),
        "here_still": [tube for tube in found if tube.handover_id is None and tube.swabs],
        "waiting": sum(1 for tube in found if tube.handover_id and not tube.result),
    }  # fmt: skip
    return render(request, "sampling/tubes.html", context)


def _tube_ids(request: HttpRequest) -> list[UUID]:
    try:
        return [UUID(one) for one in request.POST.getlist("tube")]
    except ValueError as wrong:
        raise RefusedError(Refused("sampling.not_found")) from wrong


@require_POST
@office_page("office", "lab")
def hand_over(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The ticked tubes go to the laboratory."""
    round_ = the_round(request, round_id)
    to, courier = (request.POST.get(name, "").strip()[:120] for name in ("to", "courier"))
    chosen = _tube_ids(request)
    if not chosen:
        raise RefusedError(Refused("sampling.no_tube_ticked"))
    if not (to and courier):
        raise RefusedError(Refused("sampling.say_to_whom"))
    facts = accepted(
        actions.hand_over_tubes(
            by=request.scope.actor, scope=request.scope, round_=round_, tubes=chosen, to=to, courier=courier,
            at=clock.now(), ref=ref_of(request),
        )
    )  # fmt: skip
    messages.success(request, text("sampling.handed_over_now", request.lang, n=facts["tubes"]))
    return redirect("sampling:tubes", round_.pk)


@require_POST
@office_page("office", "lab")
def results(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Results as they come: a select for each tube, or one result for all ticked."""
    round_ = the_round(request, round_id)
    said = request.POST.get("result", "")
    if said:
        wanted = {str(tube): said for tube in _tube_ids(request)}
    else:
        wanted = {name[7:]: value for name, value in request.POST.items() if name.startswith("result_") and value}
    try:
        read = {UUID(tube): TubeResult(value) for tube, value in wanted.items()}
    except ValueError as wrong:
        raise RefusedError(Refused("sampling.not_found")) from wrong
    if not read:
        raise RefusedError(Refused("sampling.no_tube_ticked"))
    facts = accepted(
        actions.record_results(
            by=request.scope.actor, scope=request.scope, round_=round_, results=read, at=clock.now(),
            ref=ref_of(request),
        )
    )  # fmt: skip
    messages.success(request, text("sampling.results_now", request.lang, n=facts["tubes"]))
    return redirect("sampling:recheck" if facts["to_recheck"] else "sampling:tubes", round_.pk)


@require_GET
@office_page("office", "lab")
def recheck(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Who was in a tube that is positive or grey: each is sampled again, alone. Who looks is recorded."""
    round_ = the_round(request, round_id)
    found = queries.to_recheck(request.scope, round_)
    if found:
        record_look(
            request.scope, community=round_.community.code, screen="sampling.recheck", fields=["result"],
            people=sorted({swab.person_id for swab in found}), at=clock.now(),
        )  # fmt: skip
    by_tube: dict[object, list] = {}
    for swab in found:
        by_tube.setdefault(swab.tube, []).append(swab)
    context = {**about(request, round_, "tubes"), "by_tube": list(by_tube.items()), "rechecks": round_.rechecks.all()}
    return render(request, "sampling/recheck.html", context)
