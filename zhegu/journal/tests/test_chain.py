"""Every changed, removed, inserted or cut-off row is found."""

import os
import random

import pytest
from django.db import transaction

from zhegu.journal import actions as journal
from zhegu.journal import chain
from zhegu.journal.models import Body, Entry, Head
from zhegu.journal.tests.make import command
from zhegu.lib.answers import Accepted

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "540526101001"


def written(count: int = 12) -> list[Entry]:
    journal.once([command(n) for n in range(count)], lambda fresh: [Accepted({"n": c.body["n"]}) for c in fresh])
    chain.seal()
    return list(Entry.objects.order_by("number"))


@pytest.fixture(autouse=True)
def no_old_anchor():
    chain.anchor_path(HERE).unlink(missing_ok=True)
    yield
    chain.anchor_path(HERE).unlink(missing_ok=True)


def flaws() -> set[str]:
    return {flaw.code for flaw in chain.verify(HERE).flaws}


def test_an_untouched_chain_stands():
    written()
    verdict = chain.verify(HERE)
    assert (verdict.rows, verdict.unsealed, verdict.flaws) == (12, 0, [])


def test_a_destroyed_body_leaves_the_chain_standing():
    rows = written()
    Body.objects.filter(ref=rows[3].ref).delete()
    assert flaws() == set()


def change(rows: list[Entry], what: str, n: int) -> None:
    row = Entry.objects.filter(pk=rows[n].pk)
    match what:
        case "kind" | "actor" | "device" | "status" | "answer" | "community":
            row.update(**{what: "x"})
        case "at" | "arrived":
            row.update(**{what: rows[n].at.replace(year=2021)})
        case "fingerprint" | "body_seal" | "link":
            row.update(**{what: bytes(32)})
        case "remove":
            row.delete()
        case "cut":
            Entry.objects.filter(number__gte=rows[n].number).delete()
        case "body":
            body = Body.objects.get(ref=rows[n].ref)
            body.content = '{"n":-1}'
            body.save()
        case "purpose":
            Body.objects.filter(ref=rows[n].ref).update(purpose="x")
        case "outbreak":
            Body.objects.filter(ref=rows[n].ref).update(outbreak=rows[n].ref)
        case "swap":
            other = rows[(n + 1) % len(rows)]
            row.update(number=-1)
            Entry.objects.filter(pk=other.pk).update(number=rows[n].number)
            row.update(number=other.number)
        case "cut_and_mend_the_head":
            Entry.objects.filter(number__gte=rows[n].number).delete()
            kept = Entry.objects.order_by("-number").first()
            Head.objects.update(number=kept.number if kept else 0, link=kept.link if kept else bytes(32))


CHANGES = [
    "kind", "actor", "status", "answer", "community", "at", "arrived", "fingerprint", "body_seal", "link",
    "remove", "cut", "body", "swap", "cut_and_mend_the_head", "device", "purpose", "outbreak",
]


@pytest.mark.parametrize("what", CHANGES)
def test_each_way_of_tampering_is_found(what: str):
    rows = written()
    change(rows, what, random.Random(what).randrange(len(rows)))
    assert flaws(), what


@pytest.mark.long
def test_a_thousand_ways_of_tampering_are_all_found():
    rows, dice = written(200), random.Random(int(os.environ["ZHEGU_SEED"]))
    for _ in range(1000):
        what, n = dice.choice(CHANGES), dice.randrange(len(rows))
        with transaction.atomic():
            change(rows, what, n)
            assert flaws(), (what, n)
            transaction.set_rollback(True)
    assert flaws() == set()


@pytest.mark.parametrize("what", ["kind", "remove", "cut_and_mend_the_head"])
@pytest.mark.parametrize("n", [0, 5, 11])
def test_tampering_is_found_at_the_first_and_at_the_last_row(what: str, n: int):
    rows = written()
    change(rows, what, n)
    assert flaws()


def test_a_changed_anchor_is_found():
    written()
    path = chain.anchor_path(HERE)
    path.write_text(path.read_text().replace('"number": 12', '"number": 11'))
    assert "anchor_changed" in flaws()


def test_a_lost_anchor_is_named():
    written()
    chain.anchor_path(HERE).unlink()
    assert "anchor_missing" in flaws()


def test_each_community_has_its_own_chain():
    journal.once(
        [command(1), command(2, community="540526101002"), command(3)],
        lambda fresh: [Accepted() for _ in fresh],
    )
    chain.seal()
    assert chain.verify(HERE).rows == 2
    assert chain.verify("540526101002").rows == 1
