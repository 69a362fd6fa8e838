"""What an outbreak brings besides rounds: people at home, checks, arrivals, a gate, a patrol, a campaign.

Everything goes through the product's own actions, so that each room shows something on the first day.
"""

from datetime import datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from demo.community import CODE
from demo.settle import BY, EVERYTHING, done
from zhegu.accounts import queries as accounts
from zhegu.accounts.actions import serve_as
from zhegu.accounts.models import ServesAs
from zhegu.arrivals import actions as arrivals
from zhegu.arrivals import queries as arrived
from zhegu.arrivals.rules import Kind, Transport, Way
from zhegu.broadcasts import actions as broadcasts
from zhegu.broadcasts import queries as announced
from zhegu.broadcasts.rules import Channel, Spoken
from zhegu.checkpoints import actions as checkpoints
from zhegu.checkpoints.rules import Check, Did, Direction, Errand, Found, Outcome, Vehicle, Why
from zhegu.lib.clock import local, local_day
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor
from zhegu.monitoring import actions as monitoring
from zhegu.monitoring.rules import Ground, How, slot_at
from zhegu.outbreaks import actions as outbreaks
from zhegu.outbreaks import queries as opened
from zhegu.outbreaks.models import Outbreak
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.registers import queries as register
from zhegu.registers.models import Person
from zhegu.rosters import actions as rosters
from zhegu.rosters.models import Post
from zhegu.rosters.rules import Pattern, PostKind
from zhegu.sanitation import actions as sanitation
from zhegu.sanitation.rules import Agent, Method, Said, SpotKind
from zhegu.visits import actions as visits
from zhegu.visits.models import Campaign
from zhegu.visits.queries import doors
from zhegu.visits.rules import Kind as Asks
from zhegu.visits.rules import Question

SECOND = Actor.system("demo-leader")
GRID = 15
"""Where most of it happens, so that the other grids stay as they were written."""


def begin(at: datetime) -> None:
    """It stands as of `at`, under the open outbreak of the demo community."""
    place = places.community(EVERYTHING, CODE)
    outbreak = opened.open_outbreak(EVERYTHING, place)
    assert outbreak
    grid = places.grids(EVERYTHING, place).get(no=GRID)
    there = list(register.people(EVERYTHING, place, register.Wanted(grid=grid.code, residence="resident"))[:12])
    _at_home(outbreak, there, at)
    _arrivals(place, outbreak, at)
    _gate(place, at)
    _duty(place, at)
    _patrol(place, at)
    _campaign(place, grid, at)
    _disinfected(place, at)
    _announced(place, at)
    asked = outbreaks.NewDirective(
        "县疫情防控指挥部", "重点场所每天消杀两次", local_day(at), tuple(opened.possible_readers(EVERYTHING, outbreak)),
        local_day(at) + timedelta(days=2), "2022-07",
    )  # fmt: skip
    done(outbreaks.give_directive(by=BY, outbreak=outbreak, directive=asked, at=at, ref=new_id()))


def _at_home(outbreak: Outbreak, people: list[Person], at: datetime) -> None:
    """Four contacts of one exposure each, one of them unwell; another one waits for a second person."""
    contacts, by_hand = people[:4], people[-1]
    acts = [
        monitoring.NewMeasure(
            ref=new_id(), at=at, code="close_contact", day0=local_day(at), ground=Ground.EXPOSURE, people=(one.pk,),
            evidence="流调 12 号", exposure_place="东街商店", exposed=at - timedelta(days=2),
        )
        for one in contacts
    ]  # fmt: skip
    acts.append(
        monitoring.NewMeasure(
            ref=new_id(), at=at, code="secondary_contact", day0=local_day(at), ground=Ground.OTHER, people=(by_hand.pk,),
            evidence="与密接者同住，待核实",
        )
    )
    for act in acts:  # each is a decision of its own
        done(monitoring.begin_measures(by=BY, scope=EVERYTHING, outbreak=outbreak, acts=[act])[0])
    checks = [
        monitoring.NewCheck(
            ref=new_id(), at=at, person=one.pk, day=local_day(at), slot=slot_at(local(at)), how=How.PHONE,
            temperature=tenths, symptoms=("dry_cough",) if tenths > 373 else (),
        )
        for one, tenths in zip(contacts, (364, 381), strict=False)
    ]  # fmt: skip
    for answer in monitoring.record_checks(by=BY, scope=EVERYTHING, outbreak=outbreak, items=checks):
        done(answer)


def _arrivals(place: Place, outbreak: Outbreak, at: datetime) -> None:
    """Two about whom nobody has decided, and one of the register about whom somebody has."""
    said = (("尼玛旺扎", "拉萨市", 3, "high"), ("李国强", "四川成都", GRID, "medium"), ("次旺多吉", "日喀则市", GRID, "low"))
    items = [
        arrivals.NewArrival(
            ref=new_id(), at=at, way=Way.OFFICE, kind=Kind.RETURNEE, who=arrivals.Traveller(name, "m", 1985),
            came_from=where, arrived=at - timedelta(hours=n + 1), left=local_day(at) - timedelta(days=2), grid=grid,
            transport=Transport.COACH, risk=risk,
        )
        for n, (name, where, grid, risk) in enumerate(said)
    ]  # fmt: skip
    for answer in arrivals.register_arrivals(by=BY, scope=EVERYTHING, community=place, items=items):
        done(answer)
    known = register.people(EVERYTHING, place, register.Wanted(residence="incomer")).exclude(grid=None)[0]
    row = arrived.arrival(EVERYTHING, items[-1].ref)
    done(arrivals.link_person(by=BY, arrival=row, person=known, at=at, ref=new_id()))
    decision = arrivals.Decision(arrived.arrival(EVERYTHING, row.pk), "arrival_low_risk", "来自低风险地区", new_id(), at)
    done(arrivals.decide(by=BY, scope=EVERYTHING, outbreak=outbreak, items=[decision])[0])


def _gate(place: Place, at: datetime) -> None:
    """A gate on the east road; a supply truck is let through, a family comes home, somebody is turned back."""
    asks = (Check.HEALTH_CODE, Check.TEMPERATURE, Check.CARD)
    gate = checkpoints.NewGate("东路口", name_bo="ཤར་ལམ་འགག་སྒོ", road="东路", checks=asks, plate_prefix="藏C")
    facts = done(checkpoints.add_gate(by=BY, community=place, gate=gate, at=at, ref=new_id()))
    lorry = checkpoints.NewAllowed("藏C·A8888", Errand.SUPPLY, at, at + timedelta(days=30), whose="粮站")
    done(checkpoints.allow(by=BY, community=place, item=lorry, at=at, ref=new_id()))
    came = (
        ("藏C·A8888", "巴桑", Vehicle.TRUCK, Errand.SUPPLY, 2, Outcome.PASS, Why.ALLOWED),
        ("藏C·12345", "索朗", Vehicle.CAR, Errand.HOME, 4, Outcome.PASS, Why.ALL_OK),
        ("藏A·77777", "", Vehicle.CAR, Errand.OTHER, 1, Outcome.TURNED_BACK, Why.NOT_SHOWN),
    )
    items = [
        checkpoints.NewCrossing(
            ref=new_id(), at=at - timedelta(minutes=15 * n), gate=UUID(facts["gate"]), direction=Direction.IN, outcome=outcome,
            why=why, vehicle=vehicle, errand=errand, people=people, plate=plate, name=name,
        )
        for n, (plate, name, vehicle, errand, people, outcome, why) in enumerate(came)
    ]  # fmt: skip
    for answer in checkpoints.record_crossings(by=BY, scope=EVERYTHING, community=place, items=items):
        done(answer)


def _duty(place: Place, at: datetime) -> None:
    """The road is watched in two shifts, by party members and volunteers."""
    staff = {name: accounts.staff_named(EVERYTHING, name) for name in ("gate", "leader", "patrol", "grid14", "grid15")}
    serving = {ServesAs.PARTY_MEMBER: ("leader", "gate"), ServesAs.VOLUNTEER: ("patrol", "grid14", "grid15")}
    for serves_as, names in serving.items():
        for name in names:
            done(serve_as(by=BY, community=place, staff=staff[name], serves_as=serves_as, at=at, ref=new_id()))
    facts = done(
        rosters.add_post(by=BY, community=place, post=rosters.NewPost("东路口", PostKind.GATE, "ཤར་ལམ"), at=at, ref=new_id())
    )
    post, day = Post.objects.get(pk=facts["post"]), local_day(at)
    crews = tuple(tuple(staff[name].pk for name in names) for names in (("gate", "grid14", "grid15"), ("leader", "patrol")))
    plan = rosters.Plan(day, day + timedelta(days=6), time(8), Pattern.HALVES, crews)
    done(rosters.plan_shifts(by=BY, post=post, plan=plan, at=at, ref=new_id()))


def _patrol(place: Place, at: datetime) -> None:
    points = ("村口", "学校门口", "商店", "河边")
    route = done(
        checkpoints.add_route(by=BY, community=place, name="东线", name_bo="ཤར་ཕྱོགས་ལམ", points=points, at=at, ref=new_id())
    )
    met = ((Found.NOTHING, 0, Did.NOTHING), (Found.NO_MASK, 2, Did.EXPLAINED), (Found.GATHERING, 5, Did.SENT_HOME))
    items = [
        checkpoints.NewFinding(
            ref=new_id(), at=at - timedelta(minutes=30 - 5 * n), route=UUID(route["route"]), point=n, found=found, people=people,
            did=did,
        )
        for n, (found, people, did) in enumerate(met)
    ]  # fmt: skip
    for answer in checkpoints.record_findings(by=BY, scope=EVERYTHING, community=place, items=items):
        done(answer)


def _campaign(place: Place, grid: Place, at: datetime) -> None:
    """A survey goes from door to door; ten doors of one grid are done."""
    questions = (
        Question("q1", Asks.YES_NO, "家里有人发热吗", "ཁྱིམ་དུ་ཚ་བ་རྒྱས་མཁན་ཡོད་དམ"), Question("q2", Asks.NUMBER, "在家几口人"),
        Question("q3", Asks.CHOICE, "现在最缺什么", choices=("粮食", "药品", "燃料", "不缺")),
    )  # fmt: skip
    today = local_day(at)
    new = visits.NewCampaign("入户摸底", today, today + timedelta(days=3), questions, "ཁྱིམ་འཚོལ་རྩད་ཞིབ", True, "勤洗手，戴口罩，少出门")
    facts = done(visits.open_campaign(by=BY, community=place, campaign=new, at=at, ref=new_id()))
    campaign = Campaign(pk=UUID(facts["campaign"]), community=place)
    ends = ("粮食", "药品", "不缺")
    items = [
        visits.NewVisit(
            ref=new_id(), at=at, door=door.pk, answers={"q1": n == 3, "q2": door.people, "q3": ends[n % len(ends)]}, masks=door.people,
            advised=True,
        )
        for n, door in enumerate(doors(EVERYTHING, campaign).filter(grid=grid)[:10])
    ]  # fmt: skip
    for answer in visits.visit(by=BY, scope=EVERYTHING, community=place, items=items):
        done(answer)


def _disinfected(place: Place, at: datetime) -> None:
    """Three spots, each disinfected this morning; the street is due once more today."""
    spots = [
        sanitation.NewSpot("东街", "ཤར་ལམ", SpotKind.STREET, 1200, 2),
        sanitation.NewSpot("居委会大厅", "གྲོང་སྡེའི་ཚོགས་ཁང", SpotKind.HALL, 180, 1),
        sanitation.NewSpot("采样点", "དཔེ་ཚད་ལེན་ས", SpotKind.SAMPLING, 300, 1),
    ]
    for spot in spots:
        facts = done(sanitation.add_spot(by=BY, community=place, spot=spot, at=at - timedelta(days=1), ref=new_id()))
        said = Said(
            agent=Agent.CHLORINE, method=Method.SPRAY, mg_per_litre=500, minutes=30,
            litres=Decimal(spot.area) / 5, area=spot.area,
        )  # fmt: skip
        item = sanitation.NewDisinfection(ref=new_id(), at=at, spot=UUID(facts["spot"]), said=said)
        done(sanitation.record(by=BY, scope=EVERYTHING, community=place, items=[item])[0])


def _announced(place: Place, at: datetime) -> None:
    """When tubes are taken tomorrow, approved and heard once; another one waits for the leader."""
    words = [
        ("明天采样", "明天早上8点起按网格采样，请带个人码，戴好口罩，听网格员通知再下楼。", "སང་ཉིན་སྔ་དྲོའི་ཆུ་ཚོད་ 8 ནས་དྲ་མིག་ལྟར་དཔེ་ཚད་ལེན། ཁ་རས་གྱོན་རོགས།"),
        ("菜价公布", "商店每天10点公布当天的菜价，可以用手机或纸条订购。", ""),
    ]
    made = [done(broadcasts.write(by=BY, scope=EVERYTHING, community=place, title=title, zh=zh, bo=bo, at=at, ref=new_id())) for title, zh, bo in words]
    first = announced.announcement(EVERYTHING, UUID(made[0]["announcement"]))
    done(broadcasts.approve(by=SECOND, scope=EVERYTHING, announcement=first, at=at, ref=new_id()))
    play = broadcasts.NewPlay(channel=Channel.LOUDSPEAKER, place="东街", spoken=Spoken.BOTH, minutes=10)
    done(broadcasts.announce(by=BY, scope=EVERYTHING, announcement=first, play=play, at=at, ref=new_id()))
