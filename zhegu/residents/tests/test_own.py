"""One person's own page, from the making of its link to an answer; and that it opens nothing else."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Look, Role
from zhegu.accounts.tests.make import staff
from zhegu.arrivals.actions import Decision, decide
from zhegu.arrivals.tests.make import RULES, Road, again
from zhegu.journal.models import Entry
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Scope
from zhegu.lib.texts import text
from zhegu.monitoring.actions import Answered, answer_contests
from zhegu.monitoring.models import Check, Contest
from zhegu.orders import actions as orders
from zhegu.orders.models import Substitute
from zhegu.orders.rules.states import OrderKind
from zhegu.registers.models import Person
from zhegu.registers.tests.make import household
from zhegu.residents import actions, queries
from zhegu.residents.models import Link, Wish
from zhegu.residents.retention import KEPT
from zhegu.residents.rules import MOST_WISHES, Asked

pytestmark = pytest.mark.django_db
WATCHED = [{**one, "monitoring": {"temperature_per_day": 2, "symptoms": True}} for one in RULES["measures"]]


@pytest.fixture
def road() -> Road:
    return Road(rules={**RULES, "measures": WATCHED, "symptoms": ["dry_cough"], "fever_threshold_c": 37.3})


class Case:
    """Zhuoma, under a measure since she came; the office; and her own link."""

    def __init__(self, road: Road):
        now = clock.now()
        self.road, self.one = road, road.came(risk="high", at=now, arrived=now, left=clock.local_day(now))
        road.link(self.one)
        self.one = again(self.one)
        item = Decision(self.one, "arrival_high_risk", "", new_id(), now)
        (answer,) = decide(by=road.office.actor, scope=road.office, outbreak=road.outbreak, items=[item])
        assert answer.accepted, answer
        self.one = again(self.one)
        self.office = Client()
        self.office.force_login(staff("own-office", Role.OFFICE, road.community))
        self.office.post(reverse("residents:make"), {"person": self.one.person_id})
        self.link = Link.objects.get()
        self.token = actions.token_of(self.link)
        self.visitor = Client()

    def at(self, name: str) -> str:
        return reverse(f"residents:{name}", args=[self.token])

    def page(self) -> str:
        answer = self.visitor.get(self.at("own"))
        assert answer.status_code == 200
        return answer.content.decode()


@pytest.fixture
def case(road: Road) -> Case:
    return Case(road)


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_the_pages_stand_in_every_language(case: Case, lang: str):
    for who in (case.visitor, case.office):
        who.cookies["zhegu_language"] = lang
    assert "卓玛" in case.page()
    actions.ask(by=case.road.office.actor, person=case.one.person, what=Asked.WITHDRAW, words="x", at=clock.now(), ref=new_id())
    for address in (reverse("residents:links"), reverse("residents:links") + "?q=卓玛", reverse("residents:link", args=[case.link.pk])):
        assert case.office.get(address).status_code == 200
    sheet = case.office.get(reverse("residents:link_pdf", args=[case.link.pk]))
    assert sheet.content.startswith(b"%PDF")


def test_somebody_sees_their_measure_with_ground_and_dates(case: Case):
    shown = case.page()
    assert "高风险区来的人" in shown and "拉萨" in shown and "正在执行" in shown


def test_somebody_enters_how_they_are_and_the_clinic_hears_of_a_fever(case: Case):
    case.visitor.post(case.at("check"), {"temperature": "３８.２", "symptoms": ["dry_cough"]})
    kept = Check.objects.get()
    assert (kept.temperature, kept.symptoms, kept.how, kept.abnormal) == (382, ["dry_cough"], "link", True)
    assert kept.by == f"resident:{case.one.person_id}" and "卫生院会打电话" in case.page()
    for wrong in ({}, {"temperature": "warm"}, {"temperature": "99"}, {"symptoms": ["plague"]}):
        assert case.visitor.post(case.at("check"), wrong).status_code == 409
    case.visitor.post(case.at("check"), {"well": "1"})
    assert Check.objects.filter(abnormal=False).count() == 1


def test_somebody_contests_and_reads_the_answer(case: Case):
    measure = case.one.laid
    case.visitor.post(case.at("contest"), {"measure": measure.pk, "words": "我没有去过拉萨"})
    contest = Contest.objects.get()
    assert contest.person == case.one.person and "等答复" in case.page()
    assert case.visitor.post(case.at("contest"), {"measure": measure.pk, "words": "again"}).status_code == 409
    assert case.visitor.post(case.at("contest"), {"measure": new_id(), "words": "x"}).status_code == 404
    other = Scope(Actor("staff", "second"), case.road.office.grants)
    said = Answered(contest, True, "查过了，您说得对", new_id(), clock.now())
    assert answer_contests(by=other.actor, scope=other, acts=[said])[0].accepted
    shown = case.page()
    assert "查过了，您说得对" in shown and "您对，措施结束" in shown


def test_somebody_asks_for_a_correction_and_reads_the_answer(case: Case):
    assert case.visitor.post(case.at("ask"), {"what": "correct", "words": " "}).status_code == 409
    case.visitor.post(case.at("ask"), {"what": "withdraw", "words": "请删除我的电话"})
    wish = Wish.objects.get()
    assert wish.what == Asked.WITHDRAW and "请删除我的电话" in case.office.get(reverse("residents:links")).content.decode()
    case.office.post(reverse("residents:answer", args=[wish.pk]), {"words": "已删除"})
    assert "已删除" in case.page()
    assert case.office.post(reverse("residents:answer", args=[wish.pk]), {"words": "x"}).status_code == 409


def test_only_so_many_wishes_wait(case: Case):
    for _ in range(MOST_WISHES):
        assert case.visitor.post(case.at("ask"), {"words": "x"}).status_code == 302
    assert case.visitor.post(case.at("ask"), {"words": "x"}).status_code == 409


def test_somebody_sees_who_looked_and_that_the_page_was_opened(case: Case):
    case.office.get(reverse("arrivals:arrival", args=[case.one.pk]))
    assert "Own-Office" in case.page() and "到达登记" in case.page()
    assert Entry.objects.filter(kind="residents.link_opened").count() == 2
    assert Look.objects.filter(screen="residents.own").count() == 2
    assert "上次打开是" in case.page()


def test_a_link_opens_nobody_elses_page_and_nothing_once_it_is_over(case: Case):
    assert case.visitor.get("/arrivals/").status_code == 302
    case.office.post(reverse("residents:make"), {"person": case.one.person_id})
    assert case.visitor.get(case.at("own")).status_code == 404
    fresh = Link.objects.get(revoked=None)
    case.token = actions.token_of(fresh)
    assert case.page()
    case.office.post(reverse("residents:revoke", args=[fresh.pk]))
    for name, posted in (("own", False), ("check", True), ("contest", True), ("ask", True)):
        asked = case.visitor.post if posted else case.visitor.get
        assert asked(case.at(name)).status_code == 404
    assert case.office.post(reverse("residents:revoke", args=[fresh.pk])).status_code == 409


def test_the_page_is_kept_by_no_browser_and_told_to_no_other_host(case: Case):
    answer = case.visitor.get(case.at("own"))
    assert "no-store" in answer["Cache-Control"] and answer["Referrer-Policy"] == "same-origin"


def test_a_personal_code_alone_opens_nothing(case: Case):
    assert case.visitor.get(reverse("residents:own", args=[case.one.person.code])).status_code == 404


@pytest.mark.parametrize("role", [Role.LEADER, Role.GRID_WORKER, Role.CLINIC, Role.OBSERVER])
def test_only_the_office_makes_links(case: Case, role: Role):
    someone = Client()
    someone.force_login(staff(f"own-{role}", role, case.road.community))
    assert someone.get(reverse("residents:links")).status_code == 404
    assert someone.post(reverse("residents:make"), {"person": case.one.person_id}).status_code == 404


def test_links_and_wishes_have_an_end(case: Case):
    actions.ask(by=case.road.office.actor, person=case.one.person, what=Asked.CORRECT, words="x", at=clock.now(), ref=new_id())
    assert {one.name for one in KEPT} == {"residents.links", "residents.wishes", "residents.words"}
    assert queries.wishes(case.road.office, case.road.community).count() == 1


def test_what_the_home_ordered_stands_there_with_its_state_and_never_medicine(case: Case):
    person = case.one.person
    Person.objects.filter(pk=person.pk).update(household=household(case.road.community, person.grid, door="7-1"))
    home = Person.objects.get(pk=person.pk).household
    said = {"at": clock.now(), "household": home.pk}
    items = [
        orders.NewOrder(ref=new_id(), **said, lines=(orders.NewLine("大米", 2, "袋", price=4500),)),
        orders.NewOrder(ref=new_id(), **said, lines=(orders.NewLine("药", 1),), kind=OrderKind.MEDICINE),
    ]
    placed = orders.place_orders(by=Actor.system("desk"), community=case.road.community, items=items)
    shown = case.page()
    assert "大米 2袋" in shown and "90.00" in shown and text("orders.state_open", "zh") in shown
    assert f"#{placed[1].facts['no']}" not in shown


def test_the_home_says_on_its_own_page_whether_another_thing_will_do(case: Case):
    person = case.one.person
    Person.objects.filter(pk=person.pk).update(household=household(case.road.community, person.grid, door="7-1"))
    who = {"by": Actor.system("desk"), "community": case.road.community}
    home = Person.objects.get(pk=person.pk).household
    mine, other = (
        orders.place_orders(**who, items=[orders.NewOrder(ref=new_id(), at=clock.now(), lines=(orders.NewLine("大米", 2, "袋"),), **of)])[0].facts["order"]
        for of in ({"household": home.pk}, {"door": "9-9"})
    )
    asked, foreign = (
        orders.propose_substitutes(**who, items=[orders.Propose(UUID(order), 1, orders.NewLine("面粉", 1, "袋"), new_id())], at=clock.now())[0].facts["substitute"]
        for order in (mine, other)
    )
    assert "面粉 1袋" in case.page()
    assert case.visitor.post(case.at("substitute"), {"substitute": foreign, "answer": "yes"}).status_code == 404
    case.visitor.post(case.at("substitute"), {"substitute": asked, "answer": "yes"})
    kept = Substitute.objects.get(pk=asked)
    assert (kept.agreed, kept.who, kept.how, kept.answered_by) == (True, person.name, "link", f"resident:{person.pk}")
    assert text("residents.substitute_ask", "zh") not in case.page(), "it is answered"
    said = {"substitute": asked, "answer": "yes"}
    assert case.visitor.post(case.at("substitute"), said).status_code == 409, "somebody said so before"
    orders.undo_substitutes(**who, items=[orders.UndoSubstitute(UUID(mine), UUID(asked), new_id())], at=clock.now())
    no = {"substitute": asked, "answer": "no", "ref": str(new_id())}
    taps = [case.visitor.post(case.at("substitute"), no).status_code for _ in range(2)]
    assert taps == [302, 302] and Substitute.objects.get(pk=asked).agreed is False, "a double tap is one answer"
    kept.order.kind = OrderKind.MEDICINE
    kept.order.save()
    assert case.visitor.post(case.at("substitute"), no).status_code == 404
