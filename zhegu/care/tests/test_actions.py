"""The ledger with real objects: who stands on it, who was asked, who may see it, when it goes."""

from datetime import date, timedelta

import pytest

from zhegu.accounts.models import Role
from zhegu.care import actions, queries
from zhegu.care.models import CareNeed, Contact, Hint
from zhegu.care.retention import KEPT
from zhegu.care.rules import Source
from zhegu.care.tests.make import BY, EVERYTHING, Village, begin
from zhegu.journal.models import Body
from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import NotFound
from zhegu.lib.upkeep import Due
from zhegu.places.tests.make import B
from zhegu.registers.tests.make import person

pytestmark = pytest.mark.django_db
DAY = date(2022, 9, 13)


@pytest.fixture
def village() -> Village:
    return Village()


def names(scope, village: Village) -> list[str]:
    return [row.person.name for row in queries.cared_for(scope, village.community)]


SEEN = {
    Role.OFFICE: ["央金", "次仁"], Role.LEADER: ["央金", "次仁"], Role.CARER: ["央金", "次仁"],
    Role.GRID_WORKER: None, Role.SAMPLER: None, Role.CLINIC: None, Role.GATE_KEEPER: None, Role.OBSERVER: None,
}  # fmt: skip


@pytest.mark.parametrize("role", SEEN)
def test_who_sees_the_ledger(village: Village, role: Role):
    scope = village.scope(role)
    if SEEN[role] is None:
        with pytest.raises(NotFound):
            queries.cared_for(scope, village.community)
        with pytest.raises(NotFound):
            queries.care(scope, village.yangjin.pk)
    else:
        assert names(scope, village) == SEEN[role]


def test_a_carer_sees_their_own_grid(village: Village):
    carer = village.scope(Role.CARER, village.grids[0])
    assert names(carer, village) == ["央金"]
    with pytest.raises(NotFound):
        queries.care(carer, village.tsering.pk)
    assert village.asked(village.yangjin, carer).accepted
    assert village.asked(village.tsering, carer).reason == "care.unknown"
    assert [one.name for one in queries.people_named(carer, village.community, "央")] == ["央金"]
    assert queries.people_named(carer, village.community, "次仁") == []


def test_another_community_finds_nothing(village: Village):
    other = Village(B)
    with pytest.raises(NotFound):
        queries.cared_for(other.scope(Role.OFFICE), village.community)
    assert other.asked(village.yangjin).reason == "care.unknown"


def test_somebody_stands_on_the_ledger_once(village: Village):
    again = actions.begin_care(
        by=BY, person=village.people[0], facts=actions.Facts(("other",)), source=Source.OFFICE, at=MORNING, ref=new_id()
    )
    assert again.reason == "care.already"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (actions.Facts(()), "care.category_needed"),
        (actions.Facts(("strange",)), "care.category_needed"),
        (actions.Facts(("other",), every_days=400), "care.bad_frequency"),
        (actions.Facts(("other",), helper=new_id()), "care.unknown_helper"),
    ],
)
def test_what_makes_no_sense_is_refused(village: Village, facts: actions.Facts, reason: str):
    changed = actions.change_care(by=BY, care=village.yangjin, facts=facts, at=MORNING, ref=new_id())
    assert changed.reason == reason


def test_whoever_is_not_reached_is_still_to_be_asked(village: Village):
    rows = queries.cared_for(EVERYTHING, village.community)
    assert len(queries.late(EVERYTHING, rows, DAY)) == 2
    village.asked(village.yangjin, reached=False)
    assert len(queries.late(EVERYTHING, rows.all(), DAY)) == 2
    answer = village.asked(village.yangjin, medicine_until=date(2022, 9, 15))
    assert [row.person.name for row in queries.late(EVERYTHING, rows.all(), DAY)] == ["次仁"]
    assert queries.counts(EVERYTHING, village.community, DAY) == queries.Counts(2, 1, 1)
    village.undo(answer.facts["contact"])
    assert len(queries.late(EVERYTHING, rows.all(), DAY)) == 2
    assert village.undo(answer.facts["contact"]).reason == "care.undone_before"


def test_contacts_in_any_order_leave_the_latest(village: Village):
    for hours in (3, 1, 2):
        village.asked(village.yangjin, at=MORNING + timedelta(hours=hours))
    village.yangjin.refresh_from_db()
    assert village.yangjin.last_contact == MORNING + timedelta(hours=3)


def test_an_entry_ends_and_stands_again(village: Village):
    care = village.yangjin
    assert actions.end_care(by=BY, care=care, why=" ", at=MORNING, ref=new_id()).reason == "care.why_needed"
    assert actions.end_care(by=BY, care=care, why="搬到女儿家", at=MORNING, ref=new_id()).accepted
    assert village.asked(care, at=MORNING + timedelta(hours=1)).reason == "care.ended_already"
    assert village.asked(care, at=MORNING - timedelta(hours=1)).accepted  # noted before, delivered late
    assert actions.reopen_care(by=BY, care=care, at=MORNING, ref=new_id()).accepted
    assert names(EVERYTHING, village) == ["央金", "次仁"]
    actions.end_care(by=BY, care=care, why="x", at=MORNING, ref=new_id())
    begin(village.people[0])
    assert actions.reopen_care(by=BY, care=care, at=MORNING, ref=new_id()).reason == "care.already"


def test_remarks_and_surveys_bring_people_up_until_somebody_has_looked(village: Village):
    pregnant = person(village.community, "卓玛", village.grids[0], note="孕妇，预产期10月")
    person(village.community, "扎西", village.grids[0], note="外出务工")
    house = village.people[1].household
    given = actions.give_hint(by=BY, whose=house, categories=[], words="老人腿脚不便", source=Source.SURVEY, at=MORNING, ref=new_id())
    found = queries.found(EVERYTHING, village.community)
    assert [(one.person and one.person.name, one.categories, one.words) for one in found] == [
        (None, (), "老人腿脚不便"), ("卓玛", ("pregnant",), "孕妇,预产期10月"),
    ]  # fmt: skip
    hint = queries.hint(EVERYTHING, given.facts["hint"])
    assert actions.settle_hint(by=BY, hint=hint, at=MORNING, ref=new_id()).accepted
    assert actions.settle_hint(by=BY, hint=hint, at=MORNING, ref=new_id()).reason == "care.settled_already"
    assert actions.skip_note(by=BY, person=pregnant, at=MORNING, ref=new_id()).accepted
    assert queries.found(EVERYTHING, village.community) == []


def test_a_hint_is_settled_by_taking_them_into_care(village: Village):
    somebody = person(village.community, "卓玛", village.grids[0])
    given = actions.give_hint(by=BY, whose=somebody, categories=["pregnant"], words="", source=Source.SURVEY, at=MORNING, ref=new_id())
    facts, hint = actions.Facts(("pregnant",)), Hint.objects.get(pk=given.facts["hint"])
    actions.begin_care(by=BY, person=somebody, facts=facts, source=Source.SURVEY, at=MORNING, ref=new_id(), hint=hint)
    assert queries.found(EVERYTHING, village.community) == []
    assert not Hint.objects.filter(settled=None).exists()


def test_only_the_office_goes_through_remarks(village: Village):
    with pytest.raises(NotFound):
        queries.found(village.scope(Role.CARER), village.community)


def test_illness_and_numbers_are_sealed(village: Village):
    begin(person(village.community, "卓玛", village.grids[0]), illness="糖尿病二型", contact_phone="13912345678")
    stored = CareNeed.objects.extra(select={"i": "illness", "p": "contact_phone"}).values_list("i", "p")
    assert "糖尿病" not in str(list(stored)) and "13912345678" not in str(list(stored))
    assert "糖尿病" not in str(list(Body.objects.extra(select={"c": "content"}).values_list("c", flat=True)))


def test_what_ended_goes_with_its_contacts_and_words(village: Village):
    answer = village.asked(village.yangjin)
    ended = actions.end_care(by=BY, care=village.yangjin, why="x", at=MORNING, ref=new_id())
    needs = KEPT[0]
    rows = needs.expired(Due(village.community, MORNING + timedelta(days=needs.days)))
    assert [row.pk for row in rows] == [village.yangjin.pk]
    assert {str(ref) for ref in needs.refs(rows)} == {str(village.yangjin.pk), answer.facts["contact"]}
    rows.delete()
    assert not Contact.objects.exists() and CareNeed.objects.count() == 1 and ended.accepted
