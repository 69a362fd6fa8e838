"""Two phones say things about the same person offline. In whatever order that arrives, no word is lost in
silence: it stands, or someone who had read it said otherwise, or a person is shown that two disagree."""

import os
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from zhegu.accounts.models import Role
from zhegu.lib import clock
from zhegu.sampling import queries
from zhegu.sampling.models import Conflict, Line
from zhegu.sampling.rules import Excuse, Gone, MissingReason
from zhegu.sampling.tests.make import Day, staff
from zhegu.sync.tests import make

pytestmark = pytest.mark.django_db

MATTERS = {  # kind of command → what the line calls it, its field in the body, what can be said
    "sampling.excuse": ("excuse", "reason", [e.value for e in Excuse if e != Excuse.OTHER]),
    "sampling.note_missing": ("reason", "reason", [r.value for r in MissingReason if r != MissingReason.OTHER]),
    "sampling.mark_gone": ("gone", "how", [g.value for g in Gone]),
}


@dataclass
class Word:
    """Something a phone said: about whom, on which matter, and every word it had read by then."""

    ref: str
    by: str
    person: str
    matter: str
    said: str
    knew: frozenset[str]


@dataclass
class Editor:
    """A phone and whoever holds it: what it shows of each person, and what waits to be sent.

    `clock_off`: its clock runs ahead or behind, as phones' clocks do.
    """

    phone: make.Phone
    who: str
    day: Day
    clock_off: timedelta
    shown: dict[str, str] = field(default_factory=dict)
    read: dict[str, frozenset[str]] = field(default_factory=dict)
    waiting: list[tuple[dict, Word]] = field(default_factory=list)

    def pull(self, arrived: list[Word]) -> None:
        """The phone shows what the server knows, and beside it what it has itself said and not yet sent."""
        rows = self.phone.pull(tables=["line"])["tables"]["line"]["put"]
        own = {word.person: word for _, word in self.waiting}
        for row in rows:
            known = frozenset(word.ref for word in arrived if word.person == row["person"])
            self.read[row["person"]] = self.read.get(row["person"], frozenset()) | known
            self.shown[row["person"]] = own[row["person"]].ref if row["person"] in own else row["version"]

    def say(self, person: str, kind: str, said: str, at: datetime) -> None:
        matter, name, _ = MATTERS[kind]
        body = {"round": str(self.day.round.pk), "person": person, "seen": self.shown[person], name: said}
        item = self.phone.item(self.who, kind, body, at + self.clock_off)
        word = Word(item["ref"], f"staff:{self.who}", person, matter, said, self.read[person])
        self.waiting.append((item, word))
        self.shown[person] = item["ref"]
        self.read[person] |= {item["ref"]}

    def send(self, most: int) -> list[Word]:
        """Some of what waits, in its order; each is accepted."""
        sent, self.waiting = self.waiting[:most], self.waiting[most:]
        answers = self.phone.push(*[item for item, _ in sent]) if sent else []
        assert {answer["status"] for answer in answers} <= {"accepted"}, answers
        return [word for _, word in sent]


Stage = tuple[Day, list[tuple[make.Phone, str]]]


def stage() -> Stage:
    """A round of two people, and two phones with a sampler on each."""
    day, now, held = Day(grids=1, each=2).open(), clock.now(), []
    for name in ("bo", "pema"):
        phone = make.phone(day.community, now, name)
        held.append((phone, make.signed_on(phone, day.community, staff(f"{name}-edits", Role.SAMPLER, day.community), now)))
    return day, held


def interleave(stage: Stage, dice: random.Random) -> list[Word]:
    """Pulls, words and deliveries of two phones in any order; in the end everything has arrived."""
    day, held = stage
    both = [Editor(phone, who, day, timedelta(minutes=dice.choice((0, 0, -20, 20)))) for phone, who in held]
    arrived: list[Word] = []
    for editor in both:
        editor.pull(arrived)
    people = [str(person.pk) for person in day.people]
    for step in range(dice.randint(4, 12)):
        editor = dice.choice(both)
        act = dice.random()
        if act < 0.6:
            kind = dice.choice(list(MATTERS))
            at = clock.now() - timedelta(minutes=25) + timedelta(minutes=step)
            editor.say(dice.choice(people), kind, dice.choice(MATTERS[kind][2]), at)
        elif act < 0.8:
            arrived += editor.send(dice.randint(1, 3))
        else:
            editor.pull(arrived)
    for editor in dice.sample(both, 2):
        arrived += editor.send(len(editor.waiting))
    return arrived


def lost_in_silence(day: Day, words: list[Word]) -> list[Word]:
    """Words that neither stand nor were answered by someone who had read them nor are shown as a conflict."""
    lines = {str(line.person_id): line for line in Line.objects.filter(round=day.round)}
    shown = {
        (str(c.line.person_id), c.what, c.said) for c in queries.conflicts(day.scope, day.round)
    }
    return [
        word for word in words
        if getattr(lines[word.person], word.matter) != word.said
        and (word.person, word.matter, word.said) not in shown
        and not any(later.ref != word.ref and word.ref in later.knew and same(later, word) for later in words)
    ]  # fmt: skip


def same(one: Word, other: Word) -> bool:
    return (one.person, one.matter) == (other.person, other.matter)


def try_many(runs: int) -> None:
    seed = int(os.environ["ZHEGU_SEED"])
    disagreed, there = 0, stage()
    day = there[0]
    for run in range(runs):
        with transaction.atomic():
            words = interleave(there, random.Random(f"{seed} {run}"))
            assert lost_in_silence(day, words) == [], f"run {run}: {words}"
            disagreed += Conflict.objects.count()
            transaction.set_rollback(True)
    assert disagreed >= runs / 4, "too few disagreements to prove anything"


def test_no_word_is_lost_in_silence_between_two_phones():
    try_many(200)


@pytest.mark.long
def test_no_word_is_lost_in_silence_in_a_thousand_interleavings():
    try_many(1000)
