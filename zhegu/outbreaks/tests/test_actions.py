"""Opening, closing, and the two facts that neighbours share."""

from datetime import timedelta

import pytest

from zhegu.journal import actions as journal
from zhegu.journal.models import Entry
from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Grant, NotFound, Scope
from zhegu.outbreaks import actions, queries
from zhegu.outbreaks.models import Outbreak
from zhegu.outbreaks.outside.profiles import FOLDER, read_file
from zhegu.outbreaks.rules import Result, StandingKind
from zhegu.outbreaks.tests import make
from zhegu.places.tests.make import A, B, community, grid
from zhegu.registers.actions import merge_people

pytestmark = pytest.mark.django_db
ANA = Actor("staff", "ana")


def opened(place, **changes):
    return actions.open_outbreak(by=ANA, community=place, profile=make.profile(**changes), at=MORNING, ref=new_id())


def scope(*grants: tuple[str, str]) -> Scope:
    return Scope(ANA, frozenset(Grant(role, place) for role, place in grants))


def test_an_outbreak_keeps_its_own_copy_of_the_profile():
    whole = make.profile()
    answer = actions.open_outbreak(by=ANA, community=community(), profile=whole, at=MORNING, ref=new_id())
    whole["sampling"]["mix_ratios"] = [20]
    assert Outbreak.objects.get(pk=answer.facts["outbreak"]).rules.mix_ratios == (1, 10)
    assert Entry.objects.get(ref=answer.ref).kind == "outbreaks.outbreak_opened"


def test_every_profile_file_opens_dates_and_all():
    place = community()
    for path in sorted(FOLDER.glob("*.yaml")):
        answer = actions.open_outbreak(by=ANA, community=place, profile=read_file(path), at=MORNING, ref=new_id())
        assert answer.accepted, (path, answer)


def test_a_bad_profile_opens_nothing_and_says_where():
    answer = opened(community(), status="?")
    assert (answer.status, answer.reason) == ("refused", "outbreaks.bad_profile")
    assert answer.facts["problems"] == ["status: unknown ?"]
    assert not Outbreak.objects.exists()


def test_a_disease_is_open_only_once_and_may_open_again_after_closing():
    place = community()
    first = Outbreak.objects.get(pk=opened(place).facts["outbreak"])
    assert opened(place).reason == "outbreaks.already_open"
    assert opened(place, id="other").accepted
    assert actions.close_outbreak(by=ANA, outbreak=first, at=MORNING, ref=new_id()).accepted
    assert opened(place).accepted


def test_closing_twice_is_refused_and_closing_again_under_the_same_ref_is_not():
    outbreak, ref = make.outbreak(community()), new_id()
    for expected in ("accepted", "accepted"):
        assert actions.close_outbreak(by=ANA, outbreak=outbreak, at=MORNING, ref=ref).status == expected
    assert actions.close_outbreak(by=ANA, outbreak=outbreak, at=MORNING, ref=new_id()).reason == "outbreaks.already_closed"


def test_an_outbreak_cannot_close_before_it_opened():
    outbreak = make.outbreak(community())
    answer = actions.close_outbreak(by=ANA, outbreak=outbreak, at=MORNING - timedelta(hours=1), ref=new_id())
    assert answer.reason == "outbreaks.closed_before_opened"


def standing(outbreak, person, kind, minutes=0):
    act = actions.SetStanding(person, kind, MORNING + timedelta(minutes=minutes), new_id())
    return actions.set_standings(by=ANA, outbreak=outbreak, acts=[act])[0]


def test_the_later_word_about_a_person_counts_in_either_order_of_arrival():
    place = community()
    outbreak, person = make.outbreak(place), make.person(place)
    standing(outbreak, person, StandingKind.ISOLATED, minutes=10)
    standing(outbreak, person, StandingKind.CONTACT, minutes=5)
    assert queries.standings(scope(("office", A)), outbreak) == {person.id: StandingKind.ISOLATED}
    standing(outbreak, person, StandingKind.NONE, minutes=20)
    assert queries.standings(scope(("office", A)), outbreak) == {}


def test_another_communitys_person_is_refused_and_the_rest_is_kept():
    ours, theirs = community(A), community(B)
    outbreak, bad, good = make.outbreak(ours), make.person(theirs), make.person(ours)
    acts = [actions.RecordTest(p, Result.NEGATIVE, MORNING, new_id()) for p in (bad, good)]
    answers = actions.record_tests(by=ANA, outbreak=outbreak, acts=acts)
    assert [a.reason for a in answers] == ["outbreaks.other_community", ""]
    assert set(queries.last_tests(scope(("office", A)), outbreak)) == {good.id}


def test_a_later_result_of_the_same_swab_corrects_it_even_after_closing():
    place = community()
    outbreak, person = make.outbreak(place), make.person(place)
    actions.close_outbreak(by=ANA, outbreak=outbreak, at=MORNING, ref=new_id())
    for result in (Result.GREY, Result.NEGATIVE):
        act = actions.RecordTest(person, result, MORNING, new_id())
        actions.record_tests(by=ANA, outbreak=Outbreak.objects.get(pk=outbreak.pk), acts=[act])
    tests = queries.last_tests(scope(("office", A)), outbreak)
    assert [t.result for t in tests.values()] == ["negative"]
    assert not queries.positives(scope(("office", A)), outbreak).exists()


def test_a_result_counts_for_whom_the_row_is_shown_as_when_it_is_written(monkeypatch):
    """Between the call and the writing somebody else merges the two rows."""
    place = community()
    outbreak, kept, dropped = make.outbreak(place), make.person(place), make.person(place, name="试二")
    once = journal.once

    def merged_before(commands, do):
        monkeypatch.setattr(journal, "once", once)
        merge_people(by=ANA, kept=kept, dropped=dropped, at=MORNING, ref=new_id())
        return once(commands, do)

    monkeypatch.setattr(journal, "once", merged_before)
    actions.record_tests(by=ANA, outbreak=outbreak, acts=[actions.RecordTest(dropped, Result.NEGATIVE, MORNING, new_id())])
    assert set(queries.last_tests(scope(("office", A)), outbreak)) == {kept.pk}


def test_a_grid_worker_learns_of_their_own_grids_people_only():
    place = community()
    outbreak = make.outbreak(place)
    mine, other, nowhere = make.person(place, grid(place, 1)), make.person(place, grid(place, 2)), make.person(place)
    for person in (mine, other, nowhere):
        standing(outbreak, person, StandingKind.CONTACT)
    assert set(queries.standings(scope(("grid_worker", grid(place, 1).code)), outbreak)) == {mine.id}
    for whole in (scope(("office", A)), Scope.everything("a test")):
        assert set(queries.standings(whole, outbreak)) == {mine.id, other.id, nowhere.id}
    assert queries.outbreaks(Scope.everything("a test"), place).get() == outbreak


def test_another_community_finds_no_outbreak_of_ours():
    ours, _theirs = community(A), community(B)
    outbreak = make.outbreak(ours)
    chen = scope(("office", B))
    for ask in (
        lambda: queries.outbreak(chen, outbreak.id),
        lambda: queries.outbreaks(chen, ours),
        lambda: queries.open_outbreak(chen, ours),
    ):
        with pytest.raises(NotFound):
            ask()
    assert queries.standings(chen, outbreak) == {}
