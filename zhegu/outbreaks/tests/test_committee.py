"""The leading group and its phone tree, directives, bulletins."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Look, Role
from zhegu.accounts.tests.make import staff
from zhegu.journal.models import Body
from zhegu.journal.tests.make import MORNING
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Scope
from zhegu.lib.tables import say
from zhegu.lib.upkeep import Due
from zhegu.outbreaks import actions, ledgers, queries
from zhegu.outbreaks.actions import NewBulletin, NewDirective, NewMember
from zhegu.outbreaks.models import Bulletin, Directive, DirectiveFor, GroupMember, Outbreak
from zhegu.outbreaks.retention import KEPT
from zhegu.outbreaks.rules import BadLine, PlaceCount, Post, read_areas, read_counts, tree, would_loop
from zhegu.outbreaks.tests import make
from zhegu.places.tests.make import A, B, community

pytestmark = pytest.mark.django_db

BY = Actor("staff", "ana")
EVERYTHING = Scope.everything("test")
RISKS = {"levels": [{"code": "high"}, {"code": "medium"}, {"code": "low"}]}
DAY = date(2022, 8, 21)


@pytest.fixture
def outbreak() -> Outbreak:
    return make.outbreak(community(A), risk_levels=RISKS)


def visitor(username: str, role: Role, place) -> Client:
    client = Client()
    client.force_login(staff(username, role, place))
    return client


# --- the group and who calls whom


def joins(outbreak: Outbreak, name: str, post: Post = Post.MEMBER, called_by: str | None = None, phone: str = "13900000000"):
    member = NewMember(post, name, "值守", phone, UUID(called_by) if called_by else None)
    return actions.add_member(by=BY, outbreak=outbreak, member=member, at=MORNING, ref=new_id())


def test_the_tree_begins_with_leaders_and_nobody_is_left_out():
    said = [("c", "b", Post.MEMBER, True), ("x", "gone", Post.MEMBER, False), ("b", "a", Post.DEPUTY, True), ("a", None, Post.LEADER, True)]
    found = [(one.id, one.depth, one.no_phone) for one in tree(said)]
    assert found == [("a", 0, False), ("b", 1, False), ("c", 2, False), ("x", 0, True)]


@pytest.mark.parametrize(
    ("member", "caller", "loops"), [("a", "c", True), ("a", "a", True), ("c", "a", False), ("a", None, False), ("d", "c", False)]
)
def test_a_ring_of_calls_is_seen(member: str, caller: str | None, loops: bool):
    assert would_loop({"a": None, "b": "a", "c": "b"}, member, caller) is loops


def test_whom_a_leaving_member_called_is_called_by_their_caller(outbreak):
    leader = joins(outbreak, "组长", Post.LEADER).facts["member"]
    middle = joins(outbreak, "副组长", Post.DEPUTY, leader).facts["member"]
    joins(outbreak, "成员", Post.MEMBER, middle)
    row = GroupMember.objects.get(pk=leader)
    ring = actions.set_caller(by=BY, member=row, caller=UUID(middle), at=MORNING, ref=new_id())
    assert ring.reason == "outbreaks.calls_in_a_ring"
    actions.end_member(by=BY, member=GroupMember.objects.get(pk=middle), at=MORNING, ref=new_id())
    assert [(one.name, place.depth) for one, place in queries.group(EVERYTHING, outbreak)] == [("组长", 0), ("成员", 1)]
    assert joins(outbreak, "晚来", called_by=middle).reason == "outbreaks.not_in_group"


def test_phones_are_masked_on_the_page_and_nowhere_in_the_journal(outbreak):
    joins(outbreak, "组长", Post.LEADER)
    ana = visitor("ana", Role.OFFICE, outbreak.community)
    page = ana.get(reverse("outbreaks:group", args=[outbreak.id])).content.decode()
    assert "组长" in page and "139****0000" in page and "13900000000" not in page
    assert not [body for body in Body.objects.all() if "13900000000" in body.content]


def test_the_phone_tree_on_paper_is_a_look(outbreak):
    leader = joins(outbreak, "组长", Post.LEADER).facts["member"]
    joins(outbreak, "成员", called_by=leader)
    ana = visitor("ana", Role.OFFICE, outbreak.community)
    answer = ana.post(reverse("outbreaks:print_group", args=[outbreak.id]))
    assert answer.content.startswith(b"%PDF") and Look.objects.get().screen == "outbreaks.phone_tree"


def test_the_office_builds_the_group_on_its_page(outbreak):
    ana = visitor("ana", Role.OFFICE, outbreak.community)
    form = {"post": "leader", "name": "旺堆", "duty": "总指挥", "phone": "13911112222"}
    ana.post(reverse("outbreaks:add_member", args=[outbreak.id]), form)
    row = GroupMember.objects.get()
    assert (row.name, row.phone) == ("旺堆", "13911112222")
    assert ana.post(reverse("outbreaks:change_member", args=[row.id]), {"called_by": "nonsense"}).status_code == 409
    ana.post(reverse("outbreaks:change_member", args=[row.id]), {"leave": "1"})
    assert not queries.group(EVERYTHING, outbreak)


def test_the_group_and_its_words_go_when_their_time_is_up(outbreak):
    joins(outbreak, "组长", Post.LEADER)
    actions.close_outbreak(by=BY, outbreak=outbreak, at=MORNING, ref=new_id())
    kept = {one.name: one for one in KEPT}
    due = Due(outbreak.community, MORNING + timedelta(days=1))
    assert [kept[f"outbreaks.{name}"].expired(due).count() for name in ("group", "group_words")] == [1, 1]


# --- directives


def given(outbreak: Outbreak, *readers, due: date | None = DAY, **more):
    new = NewDirective("州防控办", more.pop("title", "全员培训"), DAY, readers, due, **more)
    return actions.give_directive(by=BY, outbreak=outbreak, directive=new, at=MORNING, ref=new_id())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"title": " "}, "outbreaks.issuer_and_title"),
        ({"due": DAY - timedelta(days=1)}, "outbreaks.ends_too_early"),
    ],
)
def test_a_directive_without_its_facts_is_refused(outbreak, change, reason):
    bo = staff("bo", Role.GRID_WORKER, outbreak.community)
    assert given(outbreak, bo, **change).reason == reason
    assert given(outbreak).reason == "outbreaks.readers_needed"


def test_who_has_read_and_done_it_and_who_is_late(outbreak):
    place = outbreak.community
    ana, bo = visitor("ana", Role.OFFICE, place), visitor("bo", Role.GRID_WORKER, place)
    staff("dawa", Role.LEADER, place)
    form = {"issuer": "州防控办", "title": "全员培训", "received": "2022-08-01", "due": "2022-08-21"}
    people = {one.username: str(one.pk) for one in queries.possible_readers(EVERYTHING, outbreak)}
    ana.post(reverse("outbreaks:give_directive", args=[outbreak.id]), {**form, "reader": [people["bo"], people["dawa"]]})
    one = Directive.objects.get()
    mine, mark = reverse("outbreaks:my_directives"), reverse("outbreaks:mark", args=[one.id])
    assert "全员培训" in bo.get(mine).content.decode() and "全员培训" not in ana.get(mine).content.decode()
    bo.post(mark, {"how": "read"})
    bo.post(mark, {"how": "done", "said": "培训了12人"})
    row = queries.directives(EVERYTHING, outbreak).get()
    assert (row.asked, row.have_read, row.have_done) == (2, 1, 1)
    page = ana.get(reverse("outbreaks:directive", args=[one.id])).content.decode()
    assert "培训了12人" in page and "signal-no" in page
    bo.post(mark, {"how": "undone"})
    assert DirectiveFor.objects.get(staff__username="bo").done is None
    assert ana.post(mark, {"how": "read"}).status_code == 404
    ana.post(reverse("outbreaks:withdraw_directive", args=[one.id]))
    assert "全员培训" not in bo.get(mine).content.decode()


def test_the_home_page_says_what_is_asked_of_me(outbreak):
    bo = staff("bo", Role.OFFICE, outbreak.community)
    make.person(outbreak.community)
    given(outbreak, bo, due=DAY)
    client = Client()
    client.force_login(bo)
    assert reverse("outbreaks:my_directives") in client.get("/", follow=True).content.decode()
    assert queries.left_to_do(DirectiveFor.objects.all(), DAY) == (1, 0)
    assert queries.left_to_do(DirectiveFor.objects.all(), DAY + timedelta(days=1)) == (1, 1)


# --- bulletins


def test_lines_as_they_are_pasted():
    pasted = "乃东区 3 40\n\n 贡嘎县，0，3\n桑日县\t1\t2\t10\t20 "
    assert read_counts(pasted) == [PlaceCount("乃东区", 3, 40), PlaceCount("贡嘎县", 0, 3), PlaceCount("桑日县", 1, 2, 10, 20)]
    levels = {"高风险": "high", "解除": ""}
    assert read_areas("拉萨市 城关区 高风险\n贡嘎县：解除", levels) == [("拉萨市 城关区", "high"), ("贡嘎县", "")]


@pytest.mark.parametrize(("pasted", "no"), [("乃东区 3", 1), ("乃东区 3 4\n贡嘎县 三 1", 2), ("1 2 3 4 5 6", 1), ("县 99999999999 1", 1)])
def test_a_line_that_cannot_be_read_is_named(pasted: str, no: int):
    with pytest.raises(BadLine) as bad:
        read_counts(pasted)
    assert bad.value.no == no


@pytest.mark.parametrize("pasted", ["拉萨市 紫", "高风险"])
def test_an_area_without_a_known_level_is_named(pasted: str):
    with pytest.raises(BadLine):
        read_areas(pasted, {"高风险": "high"})


def test_a_bulletin_feeds_the_risk_areas_and_is_taken_back_as_one(outbreak):
    ana = visitor("ana", Role.OFFICE, outbreak.community)
    form = {
        "issuer": "山南市防控办", "number": "〔2022〕18号", "day": "2022-08-21", "counts": "乃东区 3 40\n贡嘎县 0 3",
        "areas": "拉萨市城关区 高风险\n贡嘎县 解除", "areas_since": "2022-08-22",
    }  # fmt: skip
    ana.post(reverse("outbreaks:write_bulletin", args=[outbreak.id]), form)
    page = ana.get(reverse("outbreaks:bulletins", args=[outbreak.id]))
    assert page.context["rows"][0][2] == (3, 43)
    risks = [queries.risk_on(EVERYTHING, outbreak.community, "拉萨城关", day) for day in (DAY, DAY + timedelta(days=1))]
    assert risks == ["", "high"]
    assert ana.post(reverse("outbreaks:write_bulletin", args=[outbreak.id]), form).status_code == 409
    ana.post(reverse("outbreaks:take_back_bulletin", args=[Bulletin.objects.get().id]))
    assert queries.risk_on(EVERYTHING, outbreak.community, "拉萨城关", DAY + timedelta(days=1)) == ""


def test_a_bad_line_is_said_and_nothing_is_written(outbreak):
    ana = visitor("ana", Role.OFFICE, outbreak.community)
    form = {"issuer": "山南", "day": "2022-08-21", "counts": "乃东区 三"}
    page = ana.post(reverse("outbreaks:write_bulletin", args=[outbreak.id]), form, follow=True)
    assert "第1行" in page.content.decode() and not Bulletin.objects.exists()


def test_an_empty_bulletin_or_an_unknown_level_is_refused(outbreak):
    empty = actions.write_bulletin(by=BY, outbreak=outbreak, bulletin=NewBulletin("山南", DAY), at=MORNING, ref=new_id())
    odd = NewBulletin("山南", DAY, areas=(("拉萨市", "purple"),))
    assert empty.reason == "outbreaks.nothing_in_it"
    refused = actions.write_bulletin(by=BY, outbreak=outbreak, bulletin=odd, at=MORNING, ref=new_id())
    assert refused.reason == "outbreaks.unknown_level"


@pytest.mark.parametrize("name", ["group", "directives", "bulletins", "numbers", "risks"])
@pytest.mark.parametrize("lang", ["bo", "en"])
def test_pages_stand_in_every_language_and_for_leaders_but_not_for_others(outbreak, name: str, lang: str):
    dawa, bo = visitor("dawa", Role.LEADER, outbreak.community), visitor("bo", Role.SAMPLER, outbreak.community)
    chen, address = visitor("chen", Role.OFFICE, community(B)), reverse(f"outbreaks:{name}", args=[outbreak.id])
    dawa.cookies["zhegu_language"] = lang
    assert [one.get(address).status_code for one in (dawa, bo, chen)] == [200, 404, 404]


def test_form_f21_says_the_numbers_and_the_areas_of_the_days_asked_for(outbreak):
    counts, areas = (PlaceCount("乃东区", 3, 40, 5, 90), PlaceCount("贡嘎县", 0, 3)), (("拉萨市", "high"), ("贡嘎县", ""))
    told = NewBulletin("山南", DAY, number="〔2022〕18号", counts=counts, areas=areas, words="请勿聚集")
    actions.write_bulletin(by=BY, outbreak=outbreak, bulletin=told, at=MORNING, ref=new_id())
    known = {"as_of": clock.now(), "community": outbreak.community}
    rows = ledgers.bulletins(EVERYTHING, since=DAY, until=DAY, **known).rows
    assert [(row["place"], row.get("new_asymptomatic"), row.get("words")) for row in rows] == [
        ("乃东区", 40, "请勿聚集"), ("贡嘎县", 3, None), ("拉萨市", None, None), ("贡嘎县", None, None),
    ]  # fmt: skip
    assert [say(row["level"], "zh") for row in rows[2:]] == ["高风险", "解除"]
    after = DAY + timedelta(days=1)
    assert ledgers.bulletins(EVERYTHING, since=after, until=after, **known).rows == ()
    ana = visitor("ana", Role.OFFICE, outbreak.community)
    asked = {"form": "F21", "since": DAY, "until": DAY}
    assert "〔2022〕18号" in ana.get(reverse("reports:period_form"), asked).content.decode()
    bo = visitor("bo", Role.SAMPLER, outbreak.community)
    assert bo.get(reverse("reports:period_form"), asked).status_code == 404
