"""Nothing lost, nothing twice: the one way in."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from zhegu.journal import actions as journal
from zhegu.journal.models import Body, Entry
from zhegu.journal.tests.make import command
from zhegu.lib.answers import Accepted, Refused

pytestmark = pytest.mark.django_db


def accept(fresh):
    return [Accepted({"n": c.body["n"]}) for c in fresh]


def never(fresh):
    raise AssertionError("carried out again")


def test_a_command_is_kept_with_its_answer():
    done = command(7)
    (answer,) = journal.once([done], accept)
    entry = Entry.objects.get(ref=done.ref)
    assert (answer.status, answer.facts, answer.new) == ("accepted", {"n": 7}, True)
    assert (entry.kind, entry.actor, entry.at, entry.status) == ("test.noted", "staff:bo", done.at, "accepted")
    assert Body.objects.get(ref=done.ref).content == '{"n":7}'


def test_a_repeat_answers_as_the_first_time_and_does_nothing():
    done = command()
    first = journal.once([done], accept)[0]
    again = journal.once([done], never)[0]
    assert (again.status, again.reason, again.facts) == (first.status, first.reason, first.facts)
    assert not again.new and Entry.objects.count() == 1


def test_a_refusal_is_final_too():
    done = command()
    journal.once([done], lambda fresh: [Refused("test.no", {"why": 1})])
    again = journal.once([done], accept)[0]
    assert (again.status, again.reason, again.facts) == ("refused", "test.no", {"why": 1})


def test_another_body_under_the_same_ref_is_refused_and_changes_nothing():
    done = command(1)
    journal.once([done], accept)
    other = command(2, ref=done.ref)
    answer = journal.once([other], never)[0]
    assert (answer.status, answer.reason) == ("conflict", "journal.other_body")
    assert Entry.objects.count() == 1


def test_the_same_ref_twice_in_one_batch_is_done_once():
    done = command(1)
    first, second, third = journal.once([done, done, command(2, ref=done.ref)], accept)
    assert (first.status, second.status, third.status) == ("accepted", "accepted", "conflict")
    assert Entry.objects.count() == 1


def test_one_bad_item_never_blocks_the_rest():
    """An integrity error in a batch: each item again by itself, and only the bad one is looked at anew."""
    tries = []

    def do(fresh):
        tries.append(len(fresh))
        if any(c.body["n"] == 2 for c in fresh) and tries.count(1) < 3:
            raise IntegrityError("taken")
        return [Refused("test.taken") if c.body["n"] == 2 else Accepted() for c in fresh]

    answers = journal.once([command(1), command(2), command(3)], do)
    assert [a.status for a in answers] == ["accepted", "refused", "accepted"]
    assert Entry.objects.count() == 3


def test_a_failure_keeps_nothing_of_the_batch():
    def do(fresh):
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        journal.once([command()], do)
    assert Entry.objects.count() == 0 and Body.objects.count() == 0


def test_what_a_phone_signed_decides_what_is_the_same_command():
    done = command()
    signed = journal.Command(**{**done.__dict__, "said": b'{"n":1}'})
    spaced = journal.Command(**{**done.__dict__, "said": b'{"n": 1}'})
    journal.once([signed], accept)
    assert journal.once([spaced], never)[0].status == "conflict"
    assert journal.once([signed], never)[0].status == "accepted"


class AnyOtherBody(TestCase):
    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        body=st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=8) | st.none(), max_size=4),
        later=st.integers(0, 3),
    )
    def test_any_other_body_is_a_conflict_and_the_first_moment_stands(self, body, later):
        first = command(1)
        other = journal.Command(
            **{**first.__dict__, "body": body, "at": first.at + timedelta(seconds=later)}
        )
        journal.once([first], accept)
        answer = journal.once([other], never)[0]
        assert answer.status == ("accepted" if body == {"n": 1} else "conflict")
        assert Entry.objects.get(ref=first.ref).at == first.at
