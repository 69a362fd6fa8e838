"""A small community, made in seconds: three grids, seventeen people, an office, a sampler of grids 1 and 2.

`made(server)` settles it in the server's (empty) data and says who carries which personal code.
`stands(server)` counts afterwards what is in the data.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.support.people import PASSWORD
from tests.support.server import ROOT, Server

CODE = "540526101007"
NAME, NAME_BO = "试验社区", "ཚོད་ལྟའི་སྡེ་ཁུལ"
SAMPLER, KEEPER = "采样甲", "值守甲"
GATE, LORRY = "东路口", "藏C·A8888"
SECOND = ("second", "办公室乙")
WALKERS = ("网格员甲", "网格员乙")
CAMPAIGN, QUESTION = "敲门行动", "家里有人发热吗"
HOUSES = {
    1: [
        [("扎西顿珠", "བཀྲ་ཤིས་དོན་གྲུབ", 1961), ("德吉卓嘎", "བདེ་སྐྱིད་སྒྲོལ་དཀར", 1964), ("次仁旺堆", "ཚེ་རིང་དབང་འདུས", 1988)],
        [("拉巴次仁", "ལྷག་པ་ཚེ་རིང", 1975), ("央金拉姆", "དབྱངས་ཅན་ལྷ་མོ", 1979), ("格桑曲珍", "སྐལ་བཟང་ཆོས་སྒྲོན", 2004)],
        [("洛桑平措", "བློ་བཟང་ཕུན་ཚོགས", 1950), ("白玛措姆", "པདྨ་མཚོ་མོ", 1953)],
    ],
    2: [
        [("边巴罗布", "སྤེན་པ་ནོར་བུ", 1982), ("尼玛仓决", "ཉི་མ་ཚེ་མཆོག", 1985), ("普布扎西", "ཕུར་བུ་བཀྲ་ཤིས", 2009)],
        [("强巴格列", "བྱམས་པ་དགེ་ལེགས", 1970)],
    ],
    3: [[("仁青多吉", "རིན་ཆེན་རྡོ་རྗེ", 1968), ("索朗央宗", "བསོད་ནམས་གཡང་འཛོམས", 1971), ("旦增罗旦", "བསྟན་འཛིན་བློ་ལྡན", 1999)]],
}  # fmt: skip
"""Grid → its households → (name, Tibetan name, year of birth)."""
WITHOUT_GRID = [("王远行", "", 1990), ("李在外", "", 1993)]
DUE = {grid: sum(map(len, houses)) for grid, houses in HOUSES.items()}


@dataclass(frozen=True)
class Village:
    """Personal codes by name."""

    codes: dict[str, str]


def made(server: Server, *, round_open: bool = False) -> Village:
    """The community stands in the server's data; log-ins `office` and `table`, both with PASSWORD.
    With `round_open` an outbreak and a round of today are open, their roster is everyone."""
    return Village(_told(server, "open" if round_open else "make"))


def gated(server: Server) -> None:
    """A gate on the east road stands in the made village, kept by KEEPER; one lorry is let through."""
    _told(server, "gate")


def campaigned(server: Server) -> None:
    """A campaign is open in the made village, two grid workers (WALKERS) go through grid 1; the first is a carer
    too, and the head of the first house is to be asked after."""
    _told(server, "campaign")


def led(server: Server) -> None:
    """The made village has a leader, whose log-in is `leader` with PASSWORD."""
    _told(server, "lead")


def watched_from_above(server: Server, days: int) -> None:
    """The outbreak of the made village began so many days ago; a town and a county lead (log-ins `town`, `county`)."""
    _told(server, "above", str(days))


def falls_ill(server: Server, name: str) -> None:
    """Somebody of the village has a positive test."""
    _told(server, "case", name)


def seconded(server: Server) -> None:
    """A second person works in the office of the made village (log-in and name: SECOND)."""
    _told(server, "second")


def stands(server: Server) -> dict[str, Any]:
    """`samples` (names of the people validly sampled, sorted), `undone`, `swabs`, `tallies` (equal to a
    recount?), `notes` (name → reason), `entries` (how often each kind was journalled), `flaws` of the journal."""
    return _told(server, "check")


def _told(server: Server, word: str, *more: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.village", word, *more],
        cwd=ROOT, env=server.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )
    if done.returncode:
        raise AssertionError(done.stderr[-3000:])
    return json.loads(done.stdout.splitlines()[-1])


# --- in a process of its own, on the server's data


def _make() -> dict[str, str]:
    from django.db import transaction

    from demo.settle import done
    from zhegu.lib import clock
    from zhegu.lib.ids import new_id
    from zhegu.lib.scope import Actor, Scope
    from zhegu.places import actions as places
    from zhegu.places import queries
    from zhegu.registers import queries as registers

    by, at, whole = Actor.system("village"), clock.now(), Scope.everything("a village is made")
    with transaction.atomic():
        done(places.found_community(by=by, code=CODE, name=NAME, name_bo=NAME_BO, at=at, ref=new_id()))
        place = queries.community(whole, CODE)
        done(places.make_grids(by=by, community=place, numbers=list(HOUSES), at=at, ref=new_id()))
        grids = {grid.no: grid for grid in queries.grids(whole, place)}
        _people(by, place, grids, at)
        _staff(by, place, grids, at)
    return {person.name: person.code for person in registers.people(whole, place)}


def _open() -> dict[str, str]:
    from datetime import timedelta

    from demo.settle import PROFILE, done
    from zhegu.lib import clock
    from zhegu.lib.ids import new_id
    from zhegu.lib.scope import Actor, Scope
    from zhegu.outbreaks import actions as outbreaks
    from zhegu.outbreaks import queries as outbreak_rows
    from zhegu.outbreaks.outside import profiles
    from zhegu.places import queries
    from zhegu.sampling import actions

    codes = _make()
    by, at, whole = Actor.system("village"), clock.now(), Scope.everything("a village opens a round")
    place, profile = queries.community(whole, CODE), profiles.profile(PROFILE)
    assert profile
    done(outbreaks.open_outbreak(by=by, community=place, profile=profile.whole, at=at, ref=new_id()))
    plan = actions.RoundPlan(
        outbreak_rows.open_outbreak(whole, place), at - timedelta(hours=1), at + timedelta(hours=8), 10,
        without_grid_reason="正在核实住处",
    )  # fmt: skip
    done(actions.open_round(by=by, scope=whole, community=place, plan=plan, at=at, ref=new_id()))
    return codes


def _people(by: Any, place: Any, grids: dict, at: Any) -> None:
    from demo.settle import done
    from zhegu.lib.ids import new_id
    from zhegu.registers import actions as registers
    from zhegu.registers.models import Household

    items = [_person(facts, at, None) for facts in WITHOUT_GRID]
    for no, (grid, members) in enumerate(_houses(), 1):
        facts = registers.HouseholdFacts(str(no), members[0][0])
        said = done(registers.add_household(by=by, community=place, facts=facts, grid=grids[grid], at=at, ref=new_id()))
        home = Household.objects.get(pk=said["household"])
        items += [_person(one, at, home) for one in members]
    for answer in registers.add_people(by=by, community=place, items=items):
        done(answer)


def _houses() -> Iterator[tuple[int, list[tuple[str, str, int]]]]:
    for grid, houses in HOUSES.items():
        yield from ((grid, members) for members in houses)


def _person(facts: tuple[str, str, int], at: Any, home: Any) -> Any:
    from zhegu.lib.ids import new_id
    from zhegu.registers.actions import NewPerson

    name, name_bo, year = facts
    return NewPerson({"name": name, "name_bo": name_bo, "birth_date": f"{year}-06-01", "sex": "f"}, at, new_id(), home)


def _staff(by: Any, place: Any, grids: dict, at: Any) -> None:
    from zhegu.accounts.models import Role

    for one in (
        ("office", "办公室甲", Role.OFFICE, [place]), ("table", SAMPLER, Role.SAMPLER, [grids[1], grids[2]]),
    ):  # fmt: skip
        _member(by, place, one, at)


def _member(by: Any, place: Any, facts: tuple[str, str, Any, list], at: Any) -> None:
    """Someone with a log-in, a name and a role at these places."""
    from uuid import UUID

    from demo.settle import done
    from zhegu.accounts import actions as accounts
    from zhegu.accounts.models import Staff
    from zhegu.lib.ids import new_id

    username, name, role, where = facts
    said = done(
        accounts.add_staff(
            by=by, community=place, username=username, name=name, name_bo="", password=PASSWORD, at=at, ref=new_id()
        )
    )
    for one in where:
        done(accounts.give_role(by=by, staff=Staff(id=UUID(said["staff"])), role=role, place=one, at=at, ref=new_id()))


def _lead() -> None:
    from zhegu.accounts.models import Role
    from zhegu.lib import clock
    from zhegu.lib.scope import Actor, Scope
    from zhegu.places import queries

    place = queries.community(Scope.everything("a village has a leader"), CODE)
    _member(Actor.system("village"), place, ("leader", "主任甲", Role.LEADER, [place]), clock.now())


def _above(days: str) -> None:
    from datetime import timedelta

    from zhegu.accounts.models import Role
    from zhegu.lib import clock
    from zhegu.outbreaks.models import Outbreak
    from zhegu.upward.tests.make import BY, upper

    now = clock.now()
    Outbreak.objects.update(opened=now - timedelta(days=int(days)))
    for name, code in (("town", CODE[:9]), ("county", CODE[:6])):
        place = upper(code, now)
        _member(BY, place, (name, name, Role.LEADER, [place]), now)


def _case(name: str) -> None:
    from zhegu.lib import clock
    from zhegu.outbreaks.models import Outbreak, Tested
    from zhegu.outbreaks.rules import Result
    from zhegu.registers.models import Person

    who = Person.objects.get(name=name)
    Tested.objects.create(outbreak=Outbreak.objects.get(), person=who, at=clock.now(), result=Result.POSITIVE)


def _second() -> None:
    from zhegu.accounts.models import Role
    from zhegu.lib import clock
    from zhegu.lib.scope import Actor, Scope
    from zhegu.places import queries

    by, at, whole = Actor.system("village"), clock.now(), Scope.everything("a village gets a second pair of eyes")
    place = queries.community(whole, CODE)
    _member(by, place, (*SECOND, Role.OFFICE, [place]), at)


def _gate() -> None:
    from datetime import timedelta

    from demo.settle import done
    from zhegu.accounts.models import Role
    from zhegu.checkpoints import actions
    from zhegu.checkpoints.rules import Check, Errand
    from zhegu.lib import clock
    from zhegu.lib.ids import new_id
    from zhegu.lib.scope import Actor, Scope
    from zhegu.places import queries

    by, at, whole = Actor.system("village"), clock.now(), Scope.everything("a village gets a gate")
    place = queries.community(whole, CODE)
    _member(by, place, ("keeper", KEEPER, Role.GATE_KEEPER, [place]), at)
    asked = (Check.HEALTH_CODE, Check.TEMPERATURE, Check.CARD)
    gate = actions.NewGate(GATE, name_bo="ཤར་ལམ་འགག་སྒོ", road="东路", checks=asked, plate_prefix="藏C")
    done(actions.add_gate(by=by, community=place, gate=gate, at=at, ref=new_id()))
    lorry = actions.NewAllowed(LORRY, Errand.SUPPLY, at, at + timedelta(days=1), whose="粮站")
    done(actions.allow(by=by, community=place, item=lorry, at=at, ref=new_id()))
    _shifts(by, place, at)
    _disinfected(by, place, at)


def _disinfected(by: Any, place: Any, at: Any) -> None:
    """A street twice a day, done once so far, and a toilet."""
    from decimal import Decimal
    from uuid import UUID

    from demo.settle import done
    from zhegu.lib.ids import new_id
    from zhegu.lib.scope import Scope
    from zhegu.sanitation import actions
    from zhegu.sanitation.rules import Agent, Method, Said, SpotKind

    spots = [actions.NewSpot("东路", "ཤར་ལམ", SpotKind.STREET, 800, 2), actions.NewSpot("公共厕所", "སྤྱི་སྤྱོད་གསང་སྤྱོད", SpotKind.TOILET, 40, 2)]
    street, _ = (done(actions.add_spot(by=by, community=place, spot=spot, at=at, ref=new_id()))["spot"] for spot in spots)
    said = Said(agent=Agent.CHLORINE, method=Method.SPRAY, mg_per_litre=500, minutes=30, litres=Decimal(15), area=800)
    item = actions.NewDisinfection(ref=new_id(), at=at, spot=UUID(street), said=said)
    done(actions.record(by=by, scope=Scope.everything("a village is disinfected"), community=place, items=[item])[0])


def _shifts(by: Any, place: Any, at: Any) -> None:
    """The keeper is on since yesterday, and tomorrow again."""
    from datetime import time, timedelta
    from uuid import UUID

    from demo.settle import done
    from zhegu.accounts import queries as accounts
    from zhegu.lib import clock
    from zhegu.lib.ids import new_id
    from zhegu.lib.scope import Scope
    from zhegu.rosters import actions
    from zhegu.rosters.models import Post
    from zhegu.rosters.rules import Pattern, PostKind

    keeper = accounts.staff_named(Scope.everything("a village plans its shifts"), "keeper")
    facts = done(actions.add_post(by=by, community=place, post=actions.NewPost(GATE, PostKind.GATE), at=at, ref=new_id()))
    post, day = Post.objects.get(pk=UUID(facts["post"])), clock.local_day(at)
    plan = actions.Plan(day - timedelta(days=1), day + timedelta(days=1), time(0), Pattern.FULL, ((keeper.pk,),))
    done(actions.plan_shifts(by=by, post=post, plan=plan, at=at, ref=new_id()))


def _campaign() -> None:
    from datetime import timedelta

    from demo.settle import done
    from zhegu.accounts.models import Role
    from zhegu.care import actions as care
    from zhegu.care.rules import Source
    from zhegu.lib import clock
    from zhegu.lib.ids import new_id
    from zhegu.lib.scope import Actor, Scope
    from zhegu.places import queries
    from zhegu.registers import queries as registers
    from zhegu.visits import actions
    from zhegu.visits.rules import Kind, Question

    by, at, whole = Actor.system("village"), clock.now(), Scope.everything("a village is walked through")
    place = queries.community(whole, CODE)
    grid = queries.grids(whole, place).get(no=1)
    for no, name in enumerate(WALKERS, 1):
        _member(by, place, (f"walker{no}", name, Role.GRID_WORKER, [grid]), at)
    _member_too(by, WALKERS[0], Role.CARER, grid, at)
    today = clock.local_day(at)
    campaign = actions.NewCampaign(
        CAMPAIGN, today, today + timedelta(days=2), (Question("q1", Kind.YES_NO, QUESTION),), "སྒོ་བརྡུང་བྱ་འགུལ", True, "勤洗手，戴口罩",
    )  # fmt: skip
    done(actions.open_campaign(by=by, community=place, campaign=campaign, at=at, ref=new_id()))
    head = registers.people(whole, place).get(name=HOUSES[1][0][0][0])
    facts = care.Facts(("chronic",), every_days=1)
    done(care.begin_care(by=by, person=head, facts=facts, source=Source.OFFICE, at=at, ref=new_id()))


def _member_too(by: Any, name: str, role: Any, place: Any, at: Any) -> None:
    """One more role for somebody who is there."""
    from demo.settle import done
    from zhegu.accounts import actions as accounts
    from zhegu.accounts.models import Staff
    from zhegu.lib.ids import new_id

    done(accounts.give_role(by=by, staff=Staff.objects.get(name=name), role=role, place=place, at=at, ref=new_id()))


def _check() -> dict[str, Any]:
    from collections import Counter

    from zhegu.journal import chain
    from zhegu.journal.models import Entry
    from zhegu.lib.scope import Scope
    from zhegu.sampling.models import Line, Round, Sample
    from zhegu.sampling.queries.recount import kept, recount

    while chain.seal():
        pass
    whole, round_ = Scope.everything("a recount of the village"), Round.objects.get()
    valid = Sample.objects.filter(aside="", undone_at=None)
    noted = Line.objects.exclude(reason="").values_list("person__name", "reason")
    return {
        "samples": sorted(valid.values_list("person__name", flat=True)),
        "cards": valid.filter(card="active").count(),
        "undone": Sample.objects.exclude(undone_at=None).count(),
        "swabs": Sample.objects.count(),
        "notes": dict(noted),
        "entries": dict(Counter(Entry.objects.filter(status="accepted").values_list("kind", flat=True))),
        "tallies": recount(whole, round_) == kept(whole, round_),
        "flaws": [flaw.code for flaw in chain.verify(CODE).flaws],
    }


def main(words: list[str]) -> int:
    from zhegu.config import start

    start.begin()
    start.ready()
    told = {
        "make": _make, "open": _open, "second": _second, "gate": _gate, "lead": _lead, "campaign": _campaign, "check": _check,
        "above": _above, "case": _case,
    }  # fmt: skip
    print(json.dumps(told[words[0]](*words[1:])))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
