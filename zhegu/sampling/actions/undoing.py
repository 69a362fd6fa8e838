"""Taking a swab back: it was never taken, or was somebody else's."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope
from zhegu.sampling.actions import handing
from zhegu.sampling.actions.counting import Counting
from zhegu.sampling.actions.handing import Handed
from zhegu.sampling.actions.kinds import Act, Happened
from zhegu.sampling.actions.roster import may_touch, stand
from zhegu.sampling.actions.store import write_standings
from zhegu.sampling.models import Line, Sample, Tube, Undo
from zhegu.sampling.rules import Aside


@dataclass(frozen=True, kw_only=True)
class UndoSample(Act):
    """The swab with this ref was not taken after all."""

    sample: UUID

    def plain(self) -> dict:
        return {"sample": str(self.sample)}


def undo_samples(*, by: Actor, scope: Scope, undos: Sequence[UndoSample]) -> list[Answer]:
    """The swabs count no more, their cards are nobody's; a second swab of the same person takes the place
    of the first. An undo that arrives before its swab waits for it. Undoing twice changes nothing.

    Refused: a swab outside the scope, or one that another phone and another person took (the office of
    the community may undo any).
    """
    by_ref = {undo.ref: undo for undo in undos}

    def do(fresh: list[Command]) -> list[Outcome]:
        return [_undo(by, scope, by_ref[command.ref]) for command in fresh]

    return journal.once([undo.command(Happened.SAMPLE_UNDONE, by) for undo in undos], do)


def _undo(by: Actor, scope: Scope, undo: UndoSample) -> Outcome:
    sample = Sample.objects.select_related("round__community", "tube").filter(pk=undo.sample).first()
    if sample is None:
        return _wait_for_it(by, undo)
    line = Line.objects.select_related("grid").select_for_update(of=("self",)).get(pk=sample.line_id)
    community = sample.round.community.code
    if community != undo.community or not may_touch(scope, sample.round, line.grid and line.grid.code):
        return Refused("sampling.not_found")
    own = sample.taken_by == by.key or (by.device and by.device == sample.device)
    if not own and not scope.covers(community, "office"):
        return Refused("sampling.not_your_sample", {"sample": str(sample.pk)})
    sample.refresh_from_db(fields=["undone_at", "aside", "card"])  # as it stands under the line's lock
    if not sample.undone_at:
        _take_back(by, undo, sample, line)
    return Accepted({"sample": str(sample.pk), "line": str(line.pk), "standing": line.standing})


def _wait_for_it(by: Actor, undo: UndoSample) -> Outcome:
    Undo.objects.get_or_create(
        sample=undo.sample,
        defaults={"ref": undo.ref, "community": undo.community, "at": undo.at, "by": by.key, "device": by.device},
    )
    return Accepted({"sample": str(undo.sample), "waits": True})


def _take_back(by: Actor, undo: UndoSample, sample: Sample, line: Line) -> None:
    counting = Counting()
    counting.swab(sample, line.grid_id, sample.tube.ratio, -1)
    Sample.objects.filter(pk=sample.pk).update(undone_at=undo.at, undone_by=by.key, undo_ref=undo.ref)
    _out_of_the_tube(sample.tube, counting)
    handing.take_back(sample.round, sample, undo.at)
    if not sample.aside:
        second = second_swab(line)
        if second:
            count_second(second, line, counting)
        if stand(line, counting, sampled=bool(second)):
            write_standings([line])
    counting.write()


def _out_of_the_tube(tube: Tube, counting: Counting) -> None:
    locked = Tube.objects.select_for_update().get(pk=tube.pk)
    Tube.objects.filter(pk=tube.pk).update(swabs=F("swabs") - 1)
    if locked.swabs == 1:
        counting.add(tube.round_id, tube.grid_id, "tubes", -1)


def second_swab(line: Line) -> Sample | None:
    """What counts on this line where its first swab does no more."""
    others = Sample.objects.select_related("round__community", "tube").filter(
        line=line, aside=Aside.DUPLICATE, undone_at=None
    )
    return others.order_by("taken_at", "pk").first()


def count_second(second: Sample, line: Line, counting: Counting) -> None:
    """The second swab is now the person's own, and so is the card that came with it."""
    second.aside = ""
    if second.serial is not None:
        grid_no = line.grid and line.grid.no
        card = Handed(second.pk, second.serial, bytes(second.kid), second.round, grid_no, second.taken_at)
        second.card = handing.activate([card])[second.pk]
    second.save(update_fields=["aside", "card"])
    counting.validity(second, line.grid_id, second.tube.ratio, 1)


