"""A row that is written without the ORM's statement stands as if it had been written with it."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import DateTimeField

from zhegu.checkpoints.models import Crossing, Gate
from zhegu.checkpoints.rules import Direction, Outcome, Why
from zhegu.checkpoints.tests.make import Roads
from zhegu.journal.models import Body, Entry
from zhegu.lib.ids import new_id
from zhegu.places.tests.make import community, grid
from zhegu.prepared import writing
from zhegu.prepared.writing import insert

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 8, 30, 15, 250, tzinfo=UTC)


def stored(row):
    return type(row).objects.filter(pk=row.pk).values().get()


def alike(make, *, but):
    """One row by each way; both read alike, but for what must differ."""
    ours, theirs = make(), make()
    insert([ours])
    type(theirs).objects.bulk_create([theirs])
    if ours.pk is None:
        ours = type(ours).objects.get(ref=ours.ref)
    found, wanted = stored(ours), stored(theirs)
    assert {k: v for k, v in found.items() if k not in but} == {k: v for k, v in wanted.items() if k not in but}


def test_an_entry_with_bytes_moments_and_nothing():
    alike(
        lambda: Entry(
            ref=new_id(), kind="a.b", community="540526101001", actor="staff:1", at=AT, arrived=AT + timedelta(hours=1),
            fingerprint=b"f" * 32, status="accepted", answer='{"藏": 1}', body_seal=b"\0" * 32, link=None,
        ),
        but=("seq", "ref"),
    )


def test_sealed_words_are_sealed_and_open_again():
    body = Body(ref=new_id(), purpose="operation", salt=b"s" * 16, content='{"name":"扎西"}')
    insert([body])
    assert "扎西" not in stored(body)["content"]
    assert Body.objects.get(pk=body.pk).content == '{"name":"扎西"}'


def test_a_crossing_and_a_gate_with_everything_a_column_can_hold():
    here = community(grids=2)
    gate = Roads.gate_in(here, "1 号口", grid(here, 1))
    alike(
        lambda: Crossing(
            id=new_id(), community=here, gate=gate, at=AT, by="staff:1", direction=Direction.IN, outcome=Outcome.PASS,
            why=Why.ALL_OK, people=3, checks={"health_code": "ok"}, temperature=None, tested_at=AT, offline=True,
        ),
        but=("id",),
    )
    numbers = iter(range(2, 9))
    alike(
        lambda: Gate(community=here, place=grid(here, 1), name=f"{next(numbers)} 号口", opens=time(6), checks=["health_code"]),
        but=("id", "name"),
    )


def test_what_may_not_stand_twice_is_refused_and_nothing_of_it_stays():
    kept = Body(ref=new_id(), purpose="operation", salt=b"s" * 16, content="1")
    insert([kept])
    other = Body(ref=new_id(), purpose="operation", salt=b"s" * 16, content="2")
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([other, Body(ref=kept.ref, purpose="operation", salt=b"s" * 16, content="3")])
    assert list(Body.objects.all()) == [kept]


def test_no_rows_are_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert([])


def test_a_field_that_takes_the_moment_of_writing_keeps_its_way():
    assert writing._plain(DateTimeField()) is datetime
    assert writing._plain(DateTimeField(auto_now=True)) is None
    assert writing._plain(DateTimeField(auto_now_add=True)) is None
