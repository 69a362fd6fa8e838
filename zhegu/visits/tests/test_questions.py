"""A campaign's questions change: what was answered belongs to what was asked, for ever."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.visits import actions, queries
from zhegu.visits.models import Campaign
from zhegu.visits.rules import BadQuestion, Kind, Question, renewed
from zhegu.visits.tests.make import BY, EVERYTHING, QUESTIONS, Walk

FEVER, OUTSIDE, HEATING, LACKS = QUESTIONS
NEW = Question("q1", Kind.YES_NO, "有口罩吗")


def codes(questions) -> list[str]:
    return [one.code for one in questions]


def test_a_code_means_one_question_for_ever():
    now, earlier = renewed(QUESTIONS, (), (NEW, replace(FEVER, code="q2")))
    assert codes(now) == ["q5", "q1"] and codes(earlier) == ["q2", "q3", "q4"]
    back, left = renewed(now, earlier, (replace(HEATING, code="q1"),))
    assert codes(back) == ["q3"] and set(codes(left)) == {"q1", "q2", "q4", "q5"}


def test_other_choices_are_another_question_and_other_tibetan_is_not():
    now, earlier = renewed((HEATING,), (), (replace(HEATING, choices=("电", "煤")),))
    assert codes(now) == ["q4"] and codes(earlier) == ["q3"]
    now, earlier = renewed((FEVER,), (), (replace(FEVER, words_bo="གཞན"),))
    assert (codes(now), now[0].words_bo, earlier) == (["q1"], "གཞན", ())


def test_the_same_question_twice_and_more_than_there_are_codes_are_refused():
    with pytest.raises(BadQuestion, match="asked_twice"):
        renewed((), (), (NEW, NEW))
    with pytest.raises(BadQuestion, match="too_many"):
        renewed((replace(FEVER, code="q99"),), (), (NEW,))


@pytest.fixture
def walk(db) -> Walk:
    return Walk()


def change(walk: Walk, *questions: Question):
    answer = actions.change_questions(by=BY, campaign=walk.campaign, questions=questions, at=MORNING, ref=new_id())
    walk.campaign = Campaign.objects.get(pk=walk.campaign.pk)
    return answer


def counted(walk: Walk) -> dict[str, tuple]:
    return {one.question.code: one.counts for one in queries.results(EVERYTHING, walk.campaign).answers}


def test_while_nobody_has_answered_the_old_ones_are_not_in_the_results(walk):
    assert change(walk, NEW).facts["version"] == 2
    assert list(counted(walk)) == ["q5"]


def test_what_was_answered_is_kept_and_what_phones_still_hold_is_taken(walk):
    walk.visit(1, answers={"q1": True})
    change(walk, NEW)
    assert walk.visit(2, answers={"q1": False, "q3": "电"}).accepted, "a phone that has not heard of it"
    assert walk.visit(3, answers={"q5": True}).accepted
    assert counted(walk) == {"q5": ((True, 1),), "q1": ((True, 1), (False, 1)), "q3": (("电", 1),)}
    door = walk.door(1)
    (said,) = queries.said(EVERYTHING, door)
    assert [(question.words, answer) for question, answer in queries.answers_of(EVERYTHING, said)] == [(FEVER.words, True)]
    assert not walk.visit(4, answers={"q6": True}).accepted


def test_the_same_again_is_no_new_version_and_a_closed_one_stays(walk):
    assert change(walk, *QUESTIONS).facts["version"] == 1
    actions.close_campaign(by=BY, campaign=walk.campaign, at=MORNING, ref=new_id())
    assert change(walk, NEW).reason == "visits.closed"


def test_the_office_changes_them_on_a_page(walk):
    ana = Client()
    ana.force_login(staff("ana-questions", Role.OFFICE, walk.community))
    address = reverse("visits:questions", args=[walk.campaign.pk])
    page = ana.get(address).content.decode()
    assert all(one.words in page for one in QUESTIONS) and "牛粪，电，煤" in page
    post = {"words": ["外出几人", "有口罩吗"], "words_bo": ["", ""], "kind": ["number", "yes_no"], "choices": ["", ""]}
    page = ana.post(address, post, follow=True).content.decode()
    assert "有口罩吗" in page and FEVER.words not in page
    assert codes(Campaign.objects.get(pk=walk.campaign.pk).asked) == ["q2", "q5"]
