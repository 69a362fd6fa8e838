"""Taking swabs, and taking them back. A swab that was really taken is never thrown away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope
from zhegu.registers.actions import came_late
from zhegu.sampling.actions import handing, store
from zhegu.sampling.actions.counting import Counting
from zhegu.sampling.actions.handing import Handed
from zhegu.sampling.actions.kinds import Act, Happened
from zhegu.sampling.actions.newcomers import lines_for_strangers
from zhegu.sampling.actions.roster import (
    may_touch,
    outbreak_of,
    round_of,
    rounds_named,
    stand,
    through_merges,
)
from zhegu.sampling.actions.store import Rack, Spot, Swab
from zhegu.sampling.models import CARD_ACTIVE, Round, Sample
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
        self.lines = through_merges(store.spots, [(s.round, s.person) for s in samples])
        self.counting = Counting()
        self._welcome_strangers()
        self.tubes = store.racks(s.tube.id for s in samples)
        self.undone = store.undone_before(s.ref for s in samples)
        self.covered: dict[str | None, bool] = {}
        self.taken: list[tuple[Swab, Spot, int]] = []

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
            strangers = [(self.rounds[s.round], s) for s in absent]
            self.lines |= lines_for_strangers(self.by, self.scope, strangers, self.counting)

    def _may_touch(self, round_: Round, grid_code: str | None) -> bool:
        key = grid_code or round_.community.code
        if key not in self.covered:
            self.covered[key] = may_touch(self.scope, round_, grid_code)
        return self.covered[key]

    # --- deciding, one by one

    def _take(self, new: NewSample) -> Outcome | Callable[[], Outcome]:
        round_, line = round_of(self.rounds, new), self.lines.get((new.round, new.person))
        if round_ is None or line is None or not self._may_touch(round_, line.grid_code):
            return NOT_FOUND
        tube = self._tube(new, line)
        if tube.round_id != round_.pk:
            return NOT_FOUND
        verdict = may_sample(*_verdicts(round_, line, tube))
        swab = self._swab(new, round_, line)
        self.taken.append((swab, line, tube.ratio))
        if swab.undone_at:
            return Accepted({"sample": str(swab.id), "line": str(line.id), "undone": True})
        tube.more += 1
        if not swab.aside:
            stand(line, self.counting, sampled=True)
        return lambda: _answer(swab, line, verdict)

    def _tube(self, new: NewSample, line: Spot) -> Rack:
        tube = self.tubes.get(new.tube.id)
        if tube is None:
            tube = self.tubes[new.tube.id] = Rack(
                new.tube.id, new.round, new.tube.label, new.tube.ratio, line.grid_id, self.by.device, new.at, new=True
            )
        return tube

    def _swab(self, new: NewSample, round_: Round, line: Spot) -> Swab:
        card = new.card
        swab = Swab(
            id=new.ref, round_id=new.round, line_id=line.id, person_id=line.person_id, tube_id=new.tube.id,
            position=new.position, serial=card.serial if card else None, kid=bytes.fromhex(card.kid) if card else b"",
            taken_at=new.at, taken_by=self.by.key, device=self.by.device, at_home=new.at_home,
            body_site=new.body_site or round_.body_site, override=new.override,
        )  # fmt: skip
        undo = self.undone.get(new.ref)
        # Somebody else's word about a swab that was not theirs does not count.
        if undo and undo[2:] == (new.community, self.by.key, self.by.device):
            swab.undo_ref, swab.undone_at, swab.undone_by = undo[0], undo[1], self.by.key
        elif round_.closed_at and new.at > round_.closed_at:
            swab.aside = Aside.AFTER_CLOSING
        elif line.standing == Standing.DONE:
            swab.aside = Aside.DUPLICATE
        return swab

    # --- writing, in sets

    def _hand_cards(self) -> None:
        handed = [
            Handed(s.id, s.serial, s.kid, self.rounds[s.round_id], line.grid_no, s.taken_at)
            for s, line, _ in self.taken if s.serial is not None and not s.aside and not s.undone_at
        ]  # fmt: skip
        answers = handing.activate(handed) if handed else {}
        for swab, line, ratio in self.taken:
            swab.card = answers.get(swab.id, "")
            if not swab.undone_at:
                self.counting.swab(swab, line.grid_id, ratio)

    def _write(self) -> None:
        for tube in self.tubes.values():
            if tube.more and not tube.swabs:
                self.counting.add(tube.round_id, tube.grid_id, "tubes")
        store.write_racks(self.tubes.values())
        store.write_swabs([swab for swab, _, _ in self.taken])
        said_of = {sample.ref: sample.person for sample in self.samples}
        moved = (swab for swab, _, _ in self.taken if swab.person_id != said_of[swab.id])
        came_late(Sample._meta.label, {swab.id: said_of[swab.id] for swab in moved})
        done = {line.id: line for swab, line, _ in self.taken if not swab.aside and not swab.undone_at}
        store.write_standings(done.values())
        self.counting.write()


def _verdicts(round_: Round, line: Spot, tube: Rack) -> tuple[Verdict, Verdict]:
    single = bool(line.single_why)
    person = judge_person(PersonFacts("open", line.standing, None, single))
    if single and tube.ratio == 1 and person.reason == "single_only":
        person = FINE  # they have the tube of their own that the verdict asks for
    return person, judge_tube(TubeFacts(tube.ratio, tube.swabs + tube.more, single, round_.mix_ratio))


def _answer(swab: Swab, line: Spot, verdict: Verdict) -> Outcome:
    facts = {"sample": str(swab.id), "line": str(line.id), "card": swab.card}
    if swab.aside == Aside.DUPLICATE:
        return Refused("sampling.already_sampled", {**facts, "kept": "duplicate"})
    if swab.aside:
        return Refused("sampling.round_closed", {**facts, "kept": "after_closing"})
    looks = [verdict.reason] if verdict.reason else []
    if swab.card and swab.card != CARD_ACTIVE:
        looks.append(swab.card)
    return Accepted({**facts, "signal": Signal.LOOK if looks else Signal.YES, "looks": looks})
