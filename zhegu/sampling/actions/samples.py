"""Taking swabs, and taking them back. A swab that was really taken is never thrown away."""

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
from zhegu.sampling.actions.kinds import Act, Happened, chunks
from zhegu.sampling.actions.newcomers import lines_for_strangers
from zhegu.sampling.actions.roster import (
    lines_locked,
    may_touch,
    outbreak_of,
    round_of,
    rounds_named,
    stand,
    write_standings,
)
from zhegu.sampling.models import CARD_ACTIVE, Line, Round, Sample, Tube, Undo
from zhegu.sampling.rules import (
    FINE,
    Aside,
    PersonFacts,
    Signal,
    Standing,
    TubeFacts,
    Verdict,
    judge_person,
    judge_tube,
    may_sample,
)

NOT_FOUND = Refused("sampling.not_found")


@dataclass(frozen=True)
class TubeRef:
    """The tube as the phone names it."""

    id: UUID
    label: str
    ratio: int


@dataclass(frozen=True)
class CardRef:
    """The card that was handed over; `kid` in hex."""

    serial: int
    kid: str


@dataclass(frozen=True, kw_only=True)
class NewSample(Act):
    """A swab: whose, in which round, into which tube at which place, with which card. Its id is `ref`."""

    round: UUID
    person: UUID
    tube: TubeRef
    position: int
    card: CardRef | None = None
    at_home: bool = False
    body_site: str | None = None
    override: str = ""

    def plain(self) -> dict:
        card = {"serial": self.card.serial, "kid": self.card.kid} if self.card else None
        tube = {"id": str(self.tube.id), "label": self.tube.label, "ratio": self.tube.ratio}
        return {
            "round": str(self.round), "person": str(self.person), "tube": tube, "position": self.position,
            "card": card, "at_home": self.at_home, "body_site": self.body_site, "override": self.override,
        }  # fmt: skip


def take_samples(*, by: Actor, scope: Scope, samples: Sequence[NewSample]) -> list[Answer]:
    """Each swab is kept, its tube counts it, the person is done and their card active; one answer each,
    in order. Facts: `sample`, `line`, `signal` and `looks` (reasons to look at), `card` (active, why not, "").

    Refused: round or person outside the scope (nothing is kept but the refusal); someone already sampled
    (kept as a duplicate); a swab taken after the round closed (kept aside). What was taken before the
    closing and arrives after it is accepted as a late fact.
    """
    by_ref = {sample.ref: sample for sample in samples}
    rounds = rounds_named(sample.round for sample in samples)

    def do(fresh: list[Command]) -> list[Outcome]:
        return _Taking(by, scope, rounds, [by_ref[command.ref] for command in fresh]).outcomes()

    return journal.once([s.command(Happened.SAMPLE_TAKEN, by, outbreak_of(rounds, s)) for s in samples], do)


class _Taking:
    """One batch of swabs against what stands now: look everything up, decide in order, write in sets."""

    def __init__(self, by: Actor, scope: Scope, rounds: dict[UUID, Round], samples: list[NewSample]):
        self.by, self.scope, self.rounds, self.samples = by, scope, rounds, samples
        self.lines = lines_locked((s.round, s.person) for s in samples)
        self.counting = Counting()
        self._welcome_strangers()
        self.tubes = self._tubes()
        self.undone = self._undone_before()
        self.new_tubes: list[Tube] = []
        self.swabs_in: dict[UUID, int] = {}
        self.taken: list[tuple[Sample, Line]] = []

    def outcomes(self) -> list[Outcome]:
        """Decides and writes; one outcome for each swab."""
        decided = [self._take(sample) for sample in self.samples]
        self._hand_cards()
        self._write()
        return [outcome() if callable(outcome) else outcome for outcome in decided]

    # --- looking up

    def _welcome_strangers(self) -> None:
        absent = [s for s in self.samples if (s.round, s.person) not in self.lines and round_of(self.rounds, s)]
        if absent:
            self.lines |= lines_for_strangers(
                self.by, self.scope, [(self.rounds[s.round], s) for s in absent], self.counting
            )

    def _tubes(self) -> dict[UUID, Tube]:
        found: dict[UUID, Tube] = {}
        for part in chunks({s.tube.id for s in self.samples}):
            found |= {t.pk: t for t in Tube.objects.filter(pk__in=part).order_by("pk").select_for_update()}
        return found

    def _undone_before(self) -> dict[UUID, Undo]:
        found: dict[UUID, Undo] = {}
        for part in chunks(s.ref for s in self.samples):
            found |= Undo.objects.in_bulk(part)
        return found

    # --- deciding, one by one

    def _take(self, new: NewSample):
        round_, line = round_of(self.rounds, new), self.lines.get((new.round, new.person))
        if round_ is None or line is None or not may_touch(self.scope, round_, line.grid and line.grid.code):
            return NOT_FOUND
        tube = self._tube(new, round_, line)
        if tube.round_id != round_.pk:
            return NOT_FOUND
        verdict = may_sample(*self._verdicts(new, round_, line, tube))
        sample = self._sample(new, round_, line, tube)
        self.taken.append((sample, line))
        if sample.undone_at:
            return Accepted({"sample": str(sample.pk), "line": str(line.pk), "undone": True})
        self._count(sample, line, tube)
        return lambda: _answer(sample, line, verdict)

    def _tube(self, new: NewSample, round_: Round, line: Line) -> Tube:
        tube = self.tubes.get(new.tube.id)
        if tube is None:
            tube = Tube(
                id=new.tube.id, round=round_, label=new.tube.label, ratio=new.tube.ratio, grid=line.grid,
                device=self.by.device, opened_at=new.at,
            )  # fmt: skip
            self.tubes[tube.pk] = tube
            self.new_tubes.append(tube)
        return tube

    def _verdicts(self, new: NewSample, round_: Round, line: Line, tube: Tube) -> tuple[Verdict, ...]:
        single = bool(line.single_why)
        person = judge_person(PersonFacts("open", line.standing, None, single))
        if single and tube.ratio == 1 and person.reason == "single_only":
            person = FINE  # they have the tube of their own that the verdict asks for
        filled = tube.swabs + self.swabs_in.get(tube.pk, 0)
        return person, judge_tube(TubeFacts(tube.ratio, filled, single, round_.mix_ratio))

    def _sample(self, new: NewSample, round_: Round, line: Line, tube: Tube) -> Sample:
        undo = self.undone.get(new.ref)
        if undo and (undo.community, undo.by, undo.device) != (new.community, self.by.key, self.by.device):
            undo = None  # somebody else's word about a swab that was not theirs
        sample = Sample(
            id=new.ref, round=round_, line=line, person_id=new.person, tube=tube, position=new.position,
            serial=new.card.serial if new.card else None, kid=bytes.fromhex(new.card.kid) if new.card else b"",
            taken_at=new.at, taken_by=self.by.key, device=self.by.device, at_home=new.at_home,
            body_site=new.body_site or round_.body_site, override=new.override,
        )  # fmt: skip
        if undo:
            sample.undone_at, sample.undone_by, sample.undo_ref = undo.at, undo.by, undo.ref
        elif round_.closed_at and new.at > round_.closed_at:
            sample.aside = Aside.AFTER_CLOSING
        elif line.standing == Standing.DONE:
            sample.aside = Aside.DUPLICATE
        return sample

    def _count(self, sample: Sample, line: Line, tube: Tube) -> None:
        self.swabs_in[tube.pk] = self.swabs_in.get(tube.pk, 0) + 1
        if not sample.aside:
            stand(line, self.counting, sampled=True)

    # --- writing, in sets

    def _hand_cards(self) -> None:
        handed = [
            Handed(s.pk, s.serial, s.kid, s.round, line.grid and line.grid.no, s.taken_at)
            for s, line in self.taken if s.serial is not None and not s.aside and not s.undone_at
        ]  # fmt: skip
        answers = handing.activate(handed) if handed else {}
        for sample, line in self.taken:
            sample.card = answers.get(sample.pk, "")
            if not sample.undone_at:
                self.counting.swab(sample, line.grid_id, sample.tube.ratio)

    def _write(self) -> None:
        self._write_tubes()
        Sample.objects.bulk_create([sample for sample, _ in self.taken])
        write_standings({line.pk: line for s, line in self.taken if not s.aside and not s.undone_at}.values())
        self.counting.write()

    def _write_tubes(self) -> None:
        for tube in self.new_tubes:
            tube.swabs = self.swabs_in.pop(tube.pk, 0)
            if tube.swabs:
                self.counting.add(tube.round_id, tube.grid_id, "tubes")
        Tube.objects.bulk_create(self.new_tubes)
        for tube_id, more in sorted(self.swabs_in.items()):
            tube = self.tubes[tube_id]
            if not tube.swabs and more:
                self.counting.add(tube.round_id, tube.grid_id, "tubes")
            Tube.objects.filter(pk=tube_id).update(swabs=F("swabs") + more)


def _answer(sample: Sample, line: Line, verdict: Verdict) -> Outcome:
    facts = {"sample": str(sample.pk), "line": str(line.pk), "card": sample.card}
    if sample.aside == Aside.DUPLICATE:
        return Refused("sampling.already_sampled", {**facts, "kept": "duplicate"})
    if sample.aside:
        return Refused("sampling.round_closed", {**facts, "kept": "after_closing"})
    looks = [verdict.reason] if verdict.reason else []
    if sample.card and sample.card != CARD_ACTIVE:
        looks.append(sample.card)
    return Accepted({**facts, "signal": Signal.LOOK if looks else Signal.YES, "looks": looks})
