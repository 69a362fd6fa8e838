"""Who lives behind which door: couples, children, the old, the alone."""

from dataclasses import dataclass
from random import Random

from demo import names
from demo.people import Papers, Person, age, birth_at

# How often a household of 1, 2, 3 … people occurs; the mean is 1,559 / 480.
SIZES = {1: 12, 2: 20, 3: 26, 4: 22, 5: 11, 6: 6, 7: 3}


@dataclass(frozen=True)
class Household:
    """`no` counts through the community; `house` counts within the grid; `unit` within the grid too."""

    no: int
    grid: int
    house: int
    unit: int
    members: tuple[Person, ...]

    @property
    def head(self) -> Person:
        return self.members[0]

    @property
    def door(self) -> str:
        return f"{self.grid}-{self.house:03d}"

    @property
    def address(self) -> str:
        return f"哲古镇哲古社区{self.grid}组{self.house}号"


def sizes(random: Random, households: int, people: int) -> list[int]:
    """That many household sizes that add up to that many people."""
    drawn = random.choices(list(SIZES), weights=list(SIZES.values()), k=households)
    while (missing := people - sum(drawn)) != 0:
        at = random.randrange(households)
        step = 1 if missing > 0 else -1
        if 1 <= drawn[at] + step <= 8:
            drawn[at] += step
    return drawn


def family(random: Random, papers: Papers, size: int) -> tuple[Person, ...]:
    """A household of that size, its head first; everyone's parents are at least 18 years older."""
    head = _person(random, random.choice("mmf"), 30 if size > 1 else 24, 78 if size < 4 else 60, "户主")
    people = [head]
    if size > 1 and random.random() < 0.86:
        spouse = _person(random, "f" if head.sex == "m" else "m", max(22, age(head) - 6), age(head) + 4, "")
        people.append(spouse.with_(relation="妻" if spouse.sex == "f" else "夫"))
    while len(people) < size:
        people.append(_relative(random, people))
    return tuple(_with_papers(random, papers, people))


def _person(random: Random, sex: str, youngest: int, oldest: int, relation: str) -> Person:
    return Person(names.tibetan(random, sex), sex, birth_at(random, youngest, max(youngest, oldest)), relation)


def _relative(random: Random, people: list[Person]) -> Person:
    """One more: an old parent, a child, or a grandchild once a child is grown."""
    head, sex = people[0], random.choice("mf")
    parents = [p for p in people if p.relation in ("父", "母")]
    grown = [p for p in people if p.relation in ("子", "女") and age(p) >= 20]
    if age(head) <= 58 and len(parents) < 2 and random.random() < 0.22:
        sex = "f" if any(p.relation == "父" for p in parents) else "m" if parents else sex
        youngest = age(head) + 19
        return _person(random, sex, youngest, max(youngest, min(age(head) + 32, 92)), "父" if sex == "m" else "母")
    if grown and random.random() < 0.45:
        oldest = max(age(p) for p in grown) - 19
        return _person(random, sex, 0, max(0, oldest), "孙子" if sex == "m" else "孙女")
    mother = min(age(p) for p in people[:2] if p.relation in ("户主", "妻", "夫"))
    return _person(random, sex, max(0, mother - 42), max(0, mother - 19), "子" if sex == "m" else "女")


def _with_papers(random: Random, papers: Papers, people: list[Person]) -> list[Person]:
    """Id numbers, phones (the old and the young share the household's), nicknames and notes."""
    shared = papers.mobile() if random.random() < 0.95 else papers.land_line()
    finished = []
    for person in people:
        years = age(person)
        own = 16 <= years <= 70 and random.random() < 0.7
        newborn = years < 1 and random.random() < 0.5
        finished.append(
            person.with_(
                id_number="" if newborn else papers.id_number(person.birth, person.sex),
                id_kind="none" if newborn else "resident_id",
                phone=papers.mobile() if own else shared,
                nickname=names.nickname(random, person.name, person.birth.year, 2022) if random.random() < 0.2 else "",
                note=_note(random, person, len(people)),
            )
        )
    return finished


def _note(random: Random, person: Person, household_size: int) -> str:
    """What the register says about someone, in the committee's own words; mostly nothing."""
    years, chance = age(person), random.random()
    if years < 1:
        return "新生儿" if chance < 0.5 else ""
    if years >= 66 and household_size == 1:
        return "独居老人"
    if years >= 50 and chance < 0.16:
        return random.choice(("高血压", "糖尿病", "慢性病"))
    if person.sex == "f" and 20 <= years <= 40 and chance < 0.05:
        return "孕妇"
    if 18 <= years <= 45 and chance > 0.93:
        return random.choice(("外出务工", "在外上学", "外出"))
    return random.choice(("肢体残疾", "视力残疾")) if chance > 0.985 else ""
