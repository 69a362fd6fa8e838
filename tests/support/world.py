"""Two communities full of things, for walks through every door."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role, RoleGrant, Staff
from zhegu.accounts.tests.make import staff
from zhegu.cards.models import CardKey
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.places.tests.make import A, B
from zhegu.registers.models import ImportDraft, Merge, Person
from zhegu.sampling.models import Conflict, Slot, Table
from zhegu.sampling.tests.make import Day, at
from zhegu.sync.tests.make import things as sync_things
from zhegu.upkeep.models import Hold
from zhegu.vault.fields import index_of

PHONE, NUMBER = "13912345678", "54052619900101002X"


def client_of(member: object) -> Client:
    client = Client()
    client.force_login(member)
    return client


def marked(who: Person, name: str, phone: str, number: str) -> Person:
    """Gives someone a name and numbers that must not turn up elsewhere."""
    who.name, who.phone, who.id_number, who.id_valid, who.id_kind = name, phone, number, True, "resident"
    who.phone_index, who.id_index = index_of(phone, "person.phone"), index_of(number, "person.id_number")
    who.save()
    return who


def of_both(day: Day, other: Day) -> Staff:
    """Somebody of the other community's office who holds every role in the day's but that."""
    made = staff("dan-of-both", Role.OFFICE, other.community)
    for role in set(Role) - {Role.OFFICE}:
        RoleGrant.objects.create(staff=made, role=role, place=day.community, since=at(0), given_by="system:test")
    return made


@dataclass
class World:
    """A with its office (Ana) and a sampler of grid 2 (Bo); B with its office (Chen). Dan is of B's office, has turned
    to B, and holds every other role in A."""

    ana: Client
    bo: Client
    chen: Client
    dan: Client
    of_a: dict[str, object]
    canaries_of_a: list[str] = field(default_factory=list)
    canaries_of_grid_1: list[str] = field(default_factory=list)
    numbers_of_a: list[str] = field(default_factory=list)

    @classmethod
    def build(cls) -> "World":
        day = Day(A).open().print_cards()
        other = Day(B)
        one = marked(day.people[0], "Canary-Grid-One", PHONE, NUMBER)
        two = marked(day.people[2], "Canary-Grid-Two", "13987654321", "540526198505050023")
        day.take(one, card=day.card(one))
        bo = staff("bo-walker", Role.SAMPLER, day.grid(2))
        dan = client_of(of_both(day, other))
        dan.post(reverse("office:choose_community"), {"community": B})
        return cls(
            ana=client_of(day.office), bo=client_of(bo), chen=client_of(other.office), dan=dan,
            of_a=things(day, one),
            canaries_of_a=[one.name, two.name, PHONE, NUMBER, str(one.id)],
            canaries_of_grid_1=[one.name, PHONE, NUMBER],
            numbers_of_a=[PHONE, NUMBER, "13987654321", "540526198505050023"],
        )  # fmt: skip


def things(day: Day, who: Person) -> dict[str, object]:
    """A real thing of the community for every parameter of an address."""
    key = CardKey.objects.filter(community=day.community).first()
    line = day.line(who)
    merge = Merge.objects.create(
        community=day.community, kept=day.people[4], dropped=day.people[5], at=at(1), by="system:world"
    )
    conflict = Conflict.objects.create(id=new_id(), line=line, what="excuse", said="ill", by="system:world", at=at(2))
    slot = Slot.objects.filter(round=day.round).first() or Slot.objects.create(
        round=day.round, table=day.round.tables.first() or Table.objects.create(round=day.round, no=1),
        grid=day.grid(1), starts_at=at(0), ends_at=at(20), people=2,
    )  # fmt: skip
    return {
        **sync_things(day.community, clock.now()),
        **upkeep_things(day),
        "outbreak_id": day.outbreak.id,
        "round_id": day.round.id,
        "line_id": line.id,
        "slot_id": slot.id,
        "conflict_id": conflict.id,
        "person_id": who.id,
        "other_id": day.people[1].id,
        "household_id": who.household_id,
        "merge_id": merge.id,
        "draft_id": ImportDraft.objects.create(community=day.community, by="system:world", at=at(2), step="read").id,
        "key_id": key.id if key else None,
        "code": day.grid(1).code,
        "no": day.round.no,
        "form_id": "f1",
        **_stock(day),
        **_handout(day, who),
        **_blanks(day),
        **_order(day, who),
        **_gates(day),
        **_disinfection(day),
        **_announcement(day),
        **_steering(day),
        **_arrivals(day, who),
        **_shop(day),
        **_own_page(day, who),
        **_care(day, who),
        **_measures(day, who),
        **_visits(day, who),
        **_run(day),
        **_duty(day),
    }


def _visits(day: Day, who: Person) -> dict[str, object]:
    """A campaign, the door of somebody's household, and a visit there."""
    from zhegu.lib.scope import Scope
    from zhegu.visits import actions
    from zhegu.visits.models import Door
    from zhegu.visits.tests.make import open_in

    everything = Scope.everything("world")
    campaign = open_in(day.community, at=at(1))
    door = Door.objects.get(campaign=campaign, household=who.household_id)
    visit = actions.NewVisit(ref=new_id(), at=at(2), door=door.pk, answers={"q4": "Canary-Answer"})
    actions.visit(by=everything.actor, scope=everything, community=day.community, items=[visit])
    return {"campaign_id": campaign.pk, "door_id": door.pk, "said_id": visit.ref}


def _care(day: Day, who: Person) -> dict[str, object]:
    """Somebody who needs care and was asked; and a hint that another may."""
    from zhegu.care import actions
    from zhegu.care.rules import How, Source
    from zhegu.lib.scope import Actor, Scope

    by, everything = Actor.system("world"), Scope.everything("world")
    facts = actions.Facts(("chronic",), contact_name="Canary-Kin", contact_phone=PHONE, illness="Canary-Illness")
    care = actions.begin_care(by=by, person=who, facts=facts, source=Source.OFFICE, at=at(1), ref=new_id()).facts["care"]
    asked = actions.NewContact(ref=new_id(), at=at(2), care=UUID(care), how=How.PHONE)
    actions.note_contacts(by=by, scope=everything, community=day.community, items=[asked])
    hint = actions.give_hint(
        by=by, whose=day.people[1], categories=["chronic"], words="", source=Source.SURVEY, at=at(1), ref=new_id()
    )
    return {"care_id": care, "contact_id": asked.ref, "hint_id": hint.facts["hint"]}
def _blanks(day: Day) -> dict[str, object]:
    """An upper office's blank, and what was filled from it."""
    from zhegu.lib.scope import Actor
    from zhegu.reports import actions, queries
    from zhegu.reports.models import FreeApplication
    from zhegu.reports.outside.blanks import open_blank
    from zhegu.reports.rules.periods import Period
    from zhegu.reports.tests.blanks.drawing import drawn, forms

    content = drawn(forms()[0], 1).content
    who = {"by": Actor.system("world"), "community": day.community}
    kept = actions.keep_blank(**who, blank=actions.NewBlank("日报.xlsx", content), at=at(1), ref=new_id()).facts["blank"]
    filling = actions.Filling("日报.xlsx", UUID(kept))
    now = clock.now()
    done = actions.fill_blank(day.scope, day.community, open_blank(content), filling, as_of=now, at=now, ref=new_id())
    assert queries.submission(day.scope, day.community, UUID(done.answer.facts["submission"])).cells
    asked = actions.Asked("县卫健委", "通知", "day")
    row = queries.blank(day.scope, day.community, UUID(kept))
    actions.register_request(**who, blank=row, asked=asked, at=at(1), ref=new_id())
    today = clock.local_day(now)
    handing = actions.HandingIn(row, Period(today, today), UUID(done.answer.facts["submission"]))
    report = actions.hand_in(**who, handing=handing, at=now, ref=new_id()).facts["report"]
    application = FreeApplication.objects.create(
        community=day.community, outbreak=day.outbreak, model="chongqing", at=at(1), evidence=[]
    )
    application.steps.create(step="applied", at=at(1), by="system:world")
    return {
        "blank_id": kept, "submission_id": done.answer.facts["submission"], "application_id": application.pk,
        "first": today.isoformat(), "report_id": report,
    }  # fmt: skip


def _measures(day: Day, who: Person) -> dict[str, object]:
    """A measure on somebody, what they say against it, and a check that was not normal."""
    from zhegu.monitoring.models import Check, Contest, Measure, Step
    from zhegu.outbreaks.models import Outbreak

    stages = [{"kind": "home_isolation", "days": 7, "day0": "last_exposure", "test_days": [1, 7]}]
    watched = {"code": "close_contact", "stages": stages, "monitoring": {"temperature_per_day": 2, "symptoms": True}}
    profile = {**day.outbreak.profile, "measures": [watched], "symptoms": ["fever"], "fever_threshold_c": 37.3}
    Outbreak.objects.filter(pk=day.outbreak.pk).update(profile=profile)
    here, day0 = {"community": day.community, "outbreak": day.outbreak}, at(1).date()
    measure = Measure.objects.create(
        **here, person=who, code="close_contact", laid=new_id(), ground="other", evidence="Canary-Grid-One",
        second=True, approved=at(1), approved_by="system:world", day0=day0, holds_from=day0, begun=at(1),
        by="system:world", looked_on=day0, review_on=day0,
    )  # fmt: skip
    Step.objects.create(measure=measure, at=at(1), by="system:world", did="reviewed", note="Canary-Illness")
    contest = Contest.objects.create(id=new_id(), measure=measure, person=who, at=at(2), by="system:world", words="x")
    check = Check.objects.create(
        id=new_id(), **here, person=who, at=at(2), day=day0, slot="morning", by="system:world", how="phone",
        temperature=385, abnormal=True,
    )  # fmt: skip
    return {"measure_id": measure.id, "contest_id": contest.id, "check_id": check.id}


def _run(day: Day) -> dict[str, object]:
    """A run of one door, with its office in the team: a hand-over and an entry of cash."""
    from zhegu.accounts.models import RoleGrant
    from zhegu.deliveries.tests.make import world_of

    RoleGrant.objects.create(staff=day.office, role=Role.MEDICINE, place=day.community, since=at(0), given_by="system:world")
    return world_of(day.community, day.office, day.grid(1))


def _gates(day: Day) -> dict[str, object]:
    """A gate, somebody who crossed it, and a truck that is let through."""
    from zhegu.checkpoints import actions
    from zhegu.checkpoints.rules import Direction, Errand, Found, Outcome, Why
    from zhegu.checkpoints.tests.make import route_in
    from zhegu.lib.scope import Actor, Scope

    who, now = {"by": Actor.system("world"), "community": day.community}, clock.now()
    gate = actions.add_gate(**who, gate=actions.NewGate("东路口"), at=at(1), ref=new_id()).facts["gate"]
    crossing = actions.NewCrossing(
        ref=new_id(), at=now, gate=UUID(gate), direction=Direction.IN, outcome=Outcome.PASS, why=Why.ALL_OK,
        plate="藏C12345", name="Canary-Grid-One", phone=PHONE, id_number=NUMBER, offline=True,
    )  # fmt: skip
    actions.record_crossings(**who, scope=Scope.everything("world"), items=[crossing])
    truck = actions.NewAllowed("藏A77777", Errand.SUPPLY, now, now + timedelta(days=9))
    allowed = actions.allow(**who, item=truck, at=now, ref=new_id()).facts["allowed"]
    leave = actions.NewLeave("上午", now, now + timedelta(days=9))
    route = route_in(day.community)
    finding = actions.NewFinding(ref=new_id(), at=now, route=route.pk, point=0, found=Found.OUTSIDE, people=3)
    actions.record_findings(**who, scope=Scope.everything("world"), items=[finding])
    return {
        "gate_id": gate, "crossing_id": crossing.ref, "allowed_id": allowed, "route_id": route.pk, "finding_id": finding.ref,
        "leave_id": actions.give_leave(**who, leave=leave, at=now, ref=new_id()).facts["leave"],
    }  # fmt: skip


def _disinfection(day: Day) -> dict[str, object]:
    """A street that was disinfected."""
    from zhegu.sanitation.tests.make import disinfected, spot_in

    spot = spot_in(day.community)
    return {"spot_id": spot.pk, "disinfection_id": disinfected(day.community, spot).facts["disinfection"]}


def _announcement(day: Day) -> dict[str, object]:
    """Words for everybody that went out."""
    from zhegu.broadcasts.tests.make import announced, approved_in

    one = approved_in(day.community)
    return {"announcement_id": one.pk, "play_id": announced(one).facts["play"]}


def _steering(day: Day) -> dict[str, object]:
    """A risk area somewhere else, a bulletin, a directive, someone of the leading group, a number to be changed."""
    from zhegu.accounts.models import Staff
    from zhegu.lib.scope import Actor
    from zhegu.outbreaks import actions
    from zhegu.outbreaks.models import ProfileChange, RiskArea
    from zhegu.outbreaks.rules import Post

    who = {"by": Actor.system("world"), "outbreak": day.outbreak, "at": at(1)}
    risk = RiskArea.objects.create(
        outbreak=day.outbreak, name="拉萨市城关区", level="high", since=at(1).date(), source="通报", at=at(1), by="system:world"
    )
    change = ProfileChange.objects.create(
        outbreak=day.outbreak, path="sampling.mix_ratios.0", was=1, becomes=2, why="x", source="x", confidence="B",
        asked_by="system:world", asked_at=at(1),
    )  # fmt: skip
    bulletin = actions.NewBulletin("州防控办", at(1).date(), words="无新增")
    member = actions.NewMember(Post.LEADER, "Canary-Leader", phone=PHONE)
    asked = actions.NewDirective("州防控办", "全员培训", at(1).date(), (Staff.objects.get(pk=day.office.pk),))
    return {
        "risk_id": risk.id,
        "change_id": change.id,
        "bulletin_id": actions.write_bulletin(**who, bulletin=bulletin, ref=new_id()).facts["bulletin"],
        "member_id": actions.add_member(**who, member=member, ref=new_id()).facts["member"],
        "directive_id": actions.give_directive(**who, directive=asked, ref=new_id()).facts["directive"],
    }


def _own_page(day: Day, who: Person) -> dict[str, object]:
    """A link to somebody's own page, and something they ask for."""
    from zhegu.lib.scope import Actor
    from zhegu.residents import actions
    from zhegu.residents.models import Link
    from zhegu.residents.rules import Asked

    by = Actor.system("world")
    made = actions.make_link(by=by, community=day.community, person=who, at=clock.now(), ref=new_id())
    wish = actions.ask(by=by, person=who, what=Asked.CORRECT, words="Canary-Grid-One", at=clock.now(), ref=new_id())
    found = Link.objects.get(pk=made.facts["link"])
    return {"link_id": found.pk, "link_token": actions.token_of(found), "wish_id": wish.facts["wish"]}


def _arrivals(day: Day, who: Person) -> dict[str, object]:
    """Somebody who arrived and is known, a notice, and a site with one worker."""
    from zhegu.arrivals import actions
    from zhegu.arrivals.models import Arrival, Notice, Site
    from zhegu.arrivals.rules import Way
    from zhegu.lib.scope import Actor, Scope

    by, now = {"by": Actor.system("world")}, clock.now()
    item = actions.NewArrival(
        ref=new_id(), at=now, who=actions.Traveller("Canary-Grid-One", phone=PHONE, id_number=NUMBER), arrived=now,
        came_from="拉萨", way=Way.OFFICE, grid=1,
    )  # fmt: skip
    actions.register_arrivals(**by, scope=Scope.everything("world"), community=day.community, items=[item])
    Arrival.objects.filter(pk=item.ref).update(measure="close_contact", person=who)
    leg = actions.NewLeg(clock.local_day(now), "Canary-Grid-One")
    assert actions.record_leg(**by, arrival=Arrival.objects.get(pk=item.ref), leg=leg, at=now, ref=new_id()).accepted
    actions.make_notice(**by, community=day.community, grid=None, where="东路口", at=now, ref=new_id())
    notice = Notice.objects.get(community=day.community)
    site = actions.add_site(
        **by, community=day.community, site=actions.NewSite("水电站", contact_phone=PHONE, grid=day.grid(1)), at=now, ref=new_id()
    )
    worker = actions.NewWorker(who, clock.local_day(now))
    added = actions.add_worker(**by, site=Site.objects.get(pk=site.facts["site"]), worker=worker, at=now, ref=new_id())
    return {
        "arrival_id": Arrival.objects.get(pk=item.ref).pk, "notice_id": notice.pk, "notice_token": actions.token_of(notice),
        "site_id": site.facts["site"], "worker_id": added.facts["worker"],
    }  # fmt: skip
def _duty(day: Day) -> dict[str, object]:
    """A post, its shift of now, and what was handed over."""
    from zhegu.lib.scope import Actor, Scope
    from zhegu.rosters import actions
    from zhegu.rosters.rules import Pattern
    from zhegu.rosters.tests.make import plan_for, post_in

    post, now = post_in(day.community, name="值班室"), clock.now()
    shift = plan_for(post, pattern=Pattern.FULL, since=clock.local_day(now) - timedelta(days=1)).facts["shifts"][0]
    said = actions.HandOver(ref=new_id(), at=now, shift=UUID(shift), notes="Canary-Grid-One")
    who = {"by": Actor.system("world"), "scope": Scope.everything("world"), "community": day.community}
    (answer,) = actions.hand_over(**who, items=[said])
    return {"post_id": post.pk, "shift_id": shift, "handover_id": answer.facts["handover"]}


def _order(day: Day, who: Person) -> dict[str, object]:
    """Somebody behind a door asks for vegetables, and is asked whether others will do; another home needs medicine."""
    from zhegu.lib.scope import Actor, Scope
    from zhegu.lib.tests.make import a_picture
    from zhegu.orders.actions import (
        KeepBoxPhoto,
        NewLine,
        NewMedicine,
        NewOrder,
        Propose,
        keep_box_photos,
        place_orders,
        propose_substitutes,
    )
    from zhegu.orders.rules.states import OrderKind

    who_asks = {"by": Actor.system("world"), "community": day.community}
    wanted = NewOrder(ref=new_id(), at=at(1), lines=(NewLine("白菜", 2, "斤"),), door="1-101", asker="次仁")
    drug = NewMedicine("Canary-Illness", "5 mg", person=who.pk)
    exact = NewOrder(
        ref=new_id(), at=at(1), lines=(NewLine("药"),), kind=OrderKind.MEDICINE, household=who.household_id, medicine=drug
    )  # fmt: skip
    assert place_orders(**who_asks, items=[exact])[0].accepted
    taken = KeepBoxPhoto(ref=new_id(), at=at(1), order=exact.ref, picture=a_picture())
    assert keep_box_photos(**who_asks, scope=Scope.everything("world"), items=[taken])[0].accepted
    order = place_orders(**who_asks, items=[wanted])[0].facts["order"]
    (asked,) = propose_substitutes(**who_asks, items=[Propose(UUID(order), 1, NewLine("菠菜", 2, "斤"), new_id())], at=at(1))
    return {"order_id": order, "substitute_id": asked.facts["substitute"], "box_photo_id": taken.ref}


def _shop(day: Day) -> dict[str, object]:
    """A shop with one thing on its board."""
    from zhegu.lib.scope import Actor
    from zhegu.orders import actions
    from zhegu.orders.models import Shop

    by, now = Actor.system("world"), clock.now()
    made = actions.add_shop(by=by, community=day.community, name="Canary-Shop", phone="0891-6330000", at=now, ref=new_id())
    shop = Shop.objects.get(pk=made.facts["shop"])
    cabbage = actions.NewOffer(new_id(), "白菜", 350, "斤")
    (put,) = actions.put_offers(by=by, shop=shop, day=clock.local_day(now), items=[cabbage], at=now)
    return {"shop_id": shop.pk, "menu_token": actions.menu_token(shop), "offer_id": put.facts["offer"]}


def _stock(day: Day) -> dict[str, object]:
    """A store, a slip and a gift."""
    from zhegu.lib.scope import Actor
    from zhegu.stock.actions import (
        Lend,
        Line,
        NewBox,
        NewGift,
        NewItem,
        NewSlip,
        Wanted,
        add_item,
        add_store,
        lend,
        move_goods,
        pack_box,
        receive_gift,
        take_in,
        write_pick,
    )
    from zhegu.stock.rules import DonorKind, MoveKind, StoreKind

    who = {"by": Actor.system("world"), "community": day.community}
    store = add_store(**who, name="大院", name_bo="", kind=StoreKind.YARD, at=at(1), ref=new_id()).facts["store"]
    item = add_item(**who, item=NewItem("口罩", "只"), at=at(1), ref=new_id()).facts["item"]
    slip = NewSlip(MoveKind.PURCHASE, (Line(UUID(item), 1000),), at(1), new_id(), into=UUID(store))
    gift = NewGift(DonorKind.PERSON, "Canary-Donor", PHONE, 100)
    slip_id = move_goods(**who, slips=[slip])[0].facts["slip"]
    loan = lend(**who, loan=Lend(UUID(store), UUID(item), 2, holder="Canary-Holder"), at=at(1), ref=new_id()).facts["loan"]
    back = {"loan": UUID(loan), "amount": 1, "store": UUID(store), "note": "", "ref": new_id()}
    assert take_in(**who, **back, at=at(1)).accepted
    wanted = Wanted(UUID(item), 100, to="Canary-Destination")
    pick = write_pick(**who, store=UUID(store), lines=[wanted], at=at(1), ref=new_id()).facts["pick"]
    box = NewBox(UUID(store), (Wanted(UUID(item), 100),), "Canary-Holder", to="Canary-Destination")
    return {
        "box_id": pack_box(**who, box=box, at=at(1), ref=new_id()).facts["box"],
        "pick_id": pick,
        "loan_id": loan,
        "back_id": back["ref"],
        "store_id": store,
        "slip_id": slip_id,
        "gift_id": receive_gift(**who, gift=gift, at=at(1), ref=new_id()).facts["donation"],
    }


def _handout(day: Day, who: Person) -> dict[str, object]:
    """A distribution, the share of somebody's household, and its handing out."""
    from zhegu.handouts.models import Share
    from zhegu.handouts.tests.make import give, handout_in

    found = handout_in(day.community, at=at(1))
    share = Share.objects.select_related("handout__community").get(handout=found, household=who.household_id)
    return {"handout_id": found.pk, "share_id": share.pk, "given_id": give(share, at=clock.now()).facts["given"]}


def upkeep_things(day: Day) -> dict[str, object]:
    """A legal hold."""
    weighed = {"legality": "x", "necessity": "x", "security": "x"}
    hold = Hold.objects.create(community=day.community, since=at(1), until=at(1).date(), by="system:world", **weighed)
    return {"hold_id": hold.id}
