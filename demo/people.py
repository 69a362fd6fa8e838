"""Births, id numbers and phones of people who do not exist."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from demo.names import Name

TODAY = date(2022, 8, 20)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
# Segments believed not to be handed out by any operator.
UNUSED = ("142", "143", "154", "160", "161", "163", "164", "168", "169", "179")
OLD_COUNTY, NEW_COUNTY = "542227", "540526"


@dataclass(frozen=True)
class Person:
    """Someone of the demo community. `relation` is towards the head; incomers have `origin` and `errand`."""

    name: Name
    sex: str
    birth: date
    relation: str = ""
    id_kind: str = "resident_id"
    id_number: str = ""
    phone: str = ""
    nickname: str = ""
    note: str = ""
    grid: int = 0
    origin: str = ""
    errand: str = ""
    address: str = ""
    arrived: date | None = None

    def with_(self, **changes: object) -> "Person":
        return replace(self, **changes)  # type: ignore[arg-type]


def check_character(seventeen: str) -> str:
    """The eighteenth character of a resident identity number (GB 11643, MOD 11-2)."""
    return CHECKS[sum(int(d) * w for d, w in zip(seventeen, WEIGHTS, strict=True)) % 11]


@dataclass
class Papers:
    """Hands out numbers, never the same twice."""

    random: Random
    taken: set[str] = field(default_factory=set)

    def _fresh(self, draw) -> str:  # type: ignore[no-untyped-def]
        while (value := draw()) in self.taken:
            pass
        self.taken.add(value)
        return value

    def id_number(self, birth: date, sex: str) -> str:
        """A resident identity number; those born before 2016 keep the county's old code."""
        region = OLD_COUNTY if birth.year < 2016 else NEW_COUNTY

        def draw() -> str:
            order = self.random.randrange(0, 499) * 2 + (1 if sex == "m" else 2)
            seventeen = f"{region}{birth:%Y%m%d}{order:03d}"
            return seventeen + check_character(seventeen)

        return self._fresh(draw)

    def mobile(self) -> str:
        return self._fresh(lambda: self.random.choice(UNUSED) + f"{self.random.randrange(10**8):08d}")

    def land_line(self) -> str:
        return self._fresh(lambda: f"0893-1{self.random.randrange(10**6):06d}")

    def other_paper(self) -> tuple[str, str]:
        """Another kind of paper, as visitors carry: its kind and number."""
        kind = self.random.choice(("mainland_travel_permit", "passport", "taiwan_permit"))
        drawn = {
            "mainland_travel_permit": lambda: self.random.choice("HM") + f"{self.random.randrange(10**8):08d}",
            "passport": lambda: "X" + f"{self.random.randrange(10**7):07d}",
            "taiwan_permit": lambda: f"{self.random.randrange(10**8):08d}",
        }[kind]
        return kind, self._fresh(drawn)


def birth_at(random: Random, youngest: int, oldest: int) -> date:
    """A birthday of someone who is between those ages today."""
    first = date(TODAY.year - oldest - 1, TODAY.month, TODAY.day) + timedelta(days=1)
    last = date(TODAY.year - youngest, TODAY.month, TODAY.day)
    return first + timedelta(days=random.randrange((last - first).days + 1))


def age(person: Person) -> int:
    born = person.birth
    return TODAY.year - born.year - ((TODAY.month, TODAY.day) < (born.month, born.day))
