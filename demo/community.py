"""The whole demo community, drawn from a seed: the same seed gives the same people."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from random import Random

from demo import names
from demo.households import Household, family, sizes
from demo.people import TODAY, Papers, Person, birth_at

CODE = "540526101001"
NAME, NAME_BO = "哲古社区", "གྲི་གུ་སྡེ་ཁུལ"
TOWN, COUNTY = "哲古镇", "措美县"
RESIDENTS, INCOMERS = 1559, 312
# Households in grids 1..15; pastoral grids are small, the street's are large. 480 in all.
HOUSES = (41, 24, 33, 18, 47, 29, 36, 22, 52, 27, 31, 15, 44, 38, 23)
UNIT_MIN, UNIT_MAX = 5, 10
SITES = ("县道改建二标段工地", "光伏电站工地", "小学宿舍楼工地", "安居房建设工地", "环湖路项目部")
ERRANDS = ("务工", "探亲", "经商（百货）", "货车司机", "虫草收购", "返乡")
ORIGINS = ("拉萨市", "日喀则市", "昌都市", "林芝市", "山南市乃东区", "四川成都", "青海西宁", "云南迪庆", "重庆")


@dataclass(frozen=True)
class StaffMember:
    """Someone who works with the system: roles as (role, grid number; 0 is the whole community)."""

    username: str
    name: names.Name
    roles: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Community:
    """Everything `zhegu demo` puts into an empty system."""

    code: str
    name: str
    name_bo: str
    households: tuple[Household, ...]
    incomers: tuple[Person, ...]
    staff: tuple[StaffMember, ...]

    @property
    def grids(self) -> tuple[int, ...]:
        return tuple(range(1, len(HOUSES) + 1))

    @property
    def residents(self) -> tuple[Person, ...]:
        return tuple(person for household in self.households for person in household.members)

    def units(self, grid: int) -> tuple[int, ...]:
        """Numbers of the joint-household units of a grid."""
        return tuple(sorted({h.unit for h in self.households if h.grid == grid}))


def make(seed: int = 2022) -> Community:
    """The demo community; figures are those of the constants above, whatever the seed."""
    random = Random(f"zhegu demo {seed}")
    papers = Papers(random)
    return Community(
        CODE, NAME, NAME_BO,
        households=tuple(_households(random, papers)),
        incomers=tuple(_incomer(random, papers) for _ in range(INCOMERS)),
        staff=tuple(_staff(random)),
    )  # fmt: skip


def unit_sizes(random: Random, houses: int) -> list[int]:
    """Sizes from 5 to 10 that add up to the houses of a grid (15 or more)."""
    count = random.randint(-(-houses // UNIT_MAX), houses // UNIT_MIN)
    cuts = [round(houses * i / count) for i in range(count + 1)]
    return [b - a for a, b in pairwise(cuts)]


def _households(random: Random, papers: Papers) -> list[Household]:
    wanted = iter(sizes(random, sum(HOUSES), RESIDENTS))
    made: list[Household] = []
    for grid, houses in enumerate(HOUSES, 1):
        unit_of = [no for no, size in enumerate(unit_sizes(random, houses), 1) for _ in range(size)]
        for house, unit in enumerate(unit_of, 1):
            members = tuple(p.with_(grid=grid) for p in family(random, papers, next(wanted)))
            made.append(Household(len(made) + 1, grid, house, unit, members))
    return made


def _incomer(random: Random, papers: Papers) -> Person:
    """Someone from elsewhere: where from, since when, why, and in whose grid; one in forty has no grid yet."""
    sex = random.choice("mmmf")
    birth = birth_at(random, 18, 62)
    kind, number = papers.other_paper() if random.random() < 0.04 else ("resident_id", papers.id_number(birth, sex))
    at_site = random.random() < 0.45
    grid = 0 if random.random() < 1 / 40 else random.choices(range(1, 16), weights=HOUSES)[0]
    errand = random.choice(SITES) if at_site else random.choice(ERRANDS)
    house = f"{NAME}{grid}组{random.randint(1, HOUSES[grid - 1])}号" if grid else ""
    return Person(
        names.chinese(random) if random.random() < 0.5 else names.tibetan(random, sex),
        sex, birth, id_kind=kind, id_number=number, phone=papers.mobile(), grid=grid,
        origin=random.choice(ORIGINS), errand=errand, address=f"{errand}宿舍" if at_site else house,
        arrived=TODAY - timedelta(days=random.randrange(32)),
    )  # fmt: skip


def _staff(random: Random) -> list[StaffMember]:
    """The committee: one of the grid workers also leads group 8, as people do who hold two offices."""

    def someone(username: str, *roles: tuple[str, int]) -> StaffMember:
        return StaffMember(username, names.tibetan(random, random.choice("mf")), roles)

    workers = [someone(f"grid{no}", ("grid_worker", no), *([("leader", no)] if no == 8 else [])) for no in range(1, 16)]
    samplers = [
        someone(f"table{no}", *(("sampler", grid) for grid in range(1, 16) if grid % 3 == no % 3)) for no in (1, 2, 3)
    ]
    return [
        someone("office", ("office", 0)),
        someone("office2", ("office", 0)),
        someone("leader", ("leader", 0)),
        someone("lab", ("lab", 0)),
        someone("observer", ("observer", 0)),
        someone("clinic", ("clinic", 0)),
        someone("gate", ("gate_keeper", 0)),
        someone("patrol", ("patrol", 0)),
        *samplers,
        *workers,
        someone("desk", ("order_desk", 0)),
        someone("stores", ("store_keeper", 0)),
        someone("medicine", ("medicine", 0)),
        *(someone(f"driver{no}", ("courier", 0)) for no in (1, 2, 3)),
    ]
