"""Tubes go to the laboratory and come back as results."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Scope
from zhegu.outbreaks import actions as outbreaks
from zhegu.sampling.actions.kinds import PURPOSE, Happened
from zhegu.sampling.models import Handover, Round, Sample, Tube
from zhegu.sampling.rules import TubeResult, person_result

CARRIERS = ("office", "lab", "grid_worker", "sampler")
READERS = ("office", "lab")


def hand_over_tubes(
    *, by: Actor, scope: Scope, round_: Round, tubes: Sequence[UUID], to: str, courier: str, at: datetime, ref: UUID
) -> Answer:
    """These tubes are with `to`, carried by `courier`; all or none. Facts: `handover`, `tubes` (how many).

    Refused: outside the scope, none named, one that is not of this round, one handed over before.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        found = list(Tube.objects.select_for_update().filter(round=round_, pk__in=tubes).order_by("pk"))
        if not scope.covers(round_.community.code, *CARRIERS) or not found or len(found) != len(set(tubes)):
            return [Refused("sampling.not_found")]
        before = sorted(tube.label for tube in found if tube.handover_id)
        if before:
            return [Refused("sampling.handed_over_before", {"tubes": before})]
        handover = Handover.objects.create(id=ref, round=round_, to=to, courier=courier, at=at, by=by.key)
        Tube.objects.filter(pk__in=[tube.pk for tube in found]).update(handover=handover)
        return [Accepted({"handover": str(ref), "tubes": len(found)})]

    body = {"round": str(round_.pk), "tubes": [str(tube) for tube in tubes], "to": to, "courier": courier}
    return journal.once([_command(Happened.TUBES_HANDED_OVER, round_, by, at, ref, body)], do)[0]


def record_results(
    *, by: Actor, scope: Scope, round_: Round, results: Mapping[UUID, TubeResult], at: datetime, ref: UUID
) -> Answer:
    """Each tube has its result and everyone in it is `tested` to the outbreak: in a mixed tube that is
    positive or grey nobody is positive yet, each awaits a re-check alone. A later word corrects an
    earlier one. Facts: `tubes`, `to_recheck` (people).

    Refused: anyone but laboratory and office of the community, a tube that is not of this round.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        if not scope.covers(round_.community.code, *READERS):
            return [Refused("sampling.not_found")]
        tubes = list(Tube.objects.select_for_update().filter(round=round_, pk__in=list(results)).order_by("pk"))
        if len(tubes) != len(results):
            return [Refused("sampling.not_found")]
        for tube in tubes:
            tube.result, tube.result_at, tube.result_by = results[tube.pk], at, by.key
        Tube.objects.bulk_update(tubes, ["result", "result_at", "result_by"], batch_size=200)
        recheck = _tell_the_outbreak(by, round_, tubes)
        return [Accepted({"tubes": len(tubes), "to_recheck": recheck})]

    body = {"round": str(round_.pk), "results": {str(tube): str(result) for tube, result in results.items()}}
    return journal.once([_command(Happened.RESULTS_RECORDED, round_, by, at, ref, body)], do)[0]


def _tell_the_outbreak(by: Actor, round_: Round, tubes: Sequence[Tube]) -> int:
    by_id = {tube.pk: tube for tube in tubes}
    swabs = Sample.objects.filter(tube__in=list(by_id), undone_at=None).select_related("person").order_by("pk")
    acts = []
    for swab in swabs:
        tube = by_id[swab.tube_id]
        result = person_result(TubeResult(tube.result), tube.ratio)
        acts.append(outbreaks.RecordTest(swab.person, result, swab.taken_at, new_id()))
    outbreaks.record_tests(by=by, outbreak=round_.outbreak, acts=acts)
    return len({act.person.pk for act in acts if act.result == TubeResult.GREY})


def _command(kind: str, round_: Round, by: Actor, at: datetime, ref: UUID, body: dict) -> Command:
    return Command(ref, kind, round_.community.code, by, at, body, PURPOSE, round_.outbreak_id)
