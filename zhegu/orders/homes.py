"""The households of a register that the entries of a sign-up could be."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhegu.lib.scope import Scope
from zhegu.orders.rules.matching import MOST_AMONG, NAME, PHONE, Home, match, register_door, settle
from zhegu.orders.rules.signup import Entry
from zhegu.places.models import Place
from zhegu.registers import queries as registers
from zhegu.registers.models import Household, Person, phone_index
from zhegu.registers.queries import Hit

SCOPE = Scope.everything("the entries of a sign-up are matched with the households of their own community")
ENOUGH = 8
"""Hits of a name search that are looked at."""


def match_entries(community: Place, entries: Sequence[Entry]) -> None:
    """Gives each entry its household and the reason, or the doubt why there is none. Names meet in any spelling."""
    homes = _homes(community)
    by_phone, by_name = _phones(community, entries), _names(community, entries)
    by_door: dict[str, list[Home]] = defaultdict(list)
    for home in homes.values():
        by_door[home.door.rsplit("-", 1)[-1]].append(home)
    for entry in entries:
        named, called = by_name.get(entry.name or "", set()), by_phone.get(entry.phone or "", set())
        near = by_door.get(entry.door.rsplit("-", 1)[-1], ()) if entry.door else ()
        asked = {home.id: home for home in near} | {pk: homes[pk] for pk in named | called if pk in homes}
        for pk, home in asked.items():
            home.hits = ({NAME} if pk in named else set()) | ({PHONE} if pk in called else set())
        settle(entry, match(entry, asked.values()))


def _homes(community: Place) -> dict[str, Home]:
    found = {}
    for row in registers.households(SCOPE, community).values("pk", "grid__no", "door", "address", "no"):
        pk = str(row["pk"])
        found[pk] = Home(pk, str(row["grid__no"] or ""), register_door(row["door"], row["address"]))
    return found


def _phones(community: Place, entries: Sequence[Entry]) -> dict[str, set[str]]:
    """Phone number → the households of those who have it."""
    asked = {phone_index(entry.phone): entry.phone for entry in entries if entry.phone}
    found: dict[str, set[str]] = defaultdict(set)
    people = registers.people(SCOPE, community).filter(phone_index__in=list(asked), household__isnull=False)
    for index, household in people.order_by().values_list("phone_index", "household"):
        found[asked[bytes(index)]].add(str(household))
    return found


def _names(community: Place, entries: Sequence[Entry]) -> dict[str, set[str]]:
    """Name as written → the households where somebody is called so, in this spelling or another."""
    wanted = {entry.name for entry in entries if entry.name}
    found: dict[str, set[str]] = defaultdict(set)
    people = registers.people(SCOPE, community).filter(household__isnull=False).order_by()
    for name, name_bo, household in people.values_list("name", "name_bo", "household"):
        for said in {name, name_bo} & wanted:
            found[said].add(str(household))
    for said in wanted - set(found):
        found[said] = {str(hit.person.household_id) for hit in _alike(community, said) if hit.person.household_id}
    return found


def _alike(community: Place, name: str) -> list[Hit]:
    hits = registers.search(SCOPE, community, name, limit=ENOUGH)
    return [hit for hit in hits if hit.rank in WHOLE_NAMES and not hit.is_gone]


WHOLE_NAMES = frozenset({1, 3})
"""Ranks of the register's search at which the whole name meets: exact, or element by element."""


@dataclass(frozen=True)
class Candidate:
    """A household that fits an entry as well as others. `who`: the one of it who fits, else its head; `born`: their
    decade, enough to tell two of one name apart."""

    home: Household
    who: str
    born: str


def candidates(community: Place, entries: Iterable[Entry]) -> dict[int, list[Candidate]]:
    """Of each entry that fits several households, by its `id()`: those to choose from, in the order in which one walks."""
    asked = [entry for entry in entries if entry.among]
    wanted = {pk for entry in asked for pk in entry.among}
    homes = registers.households(SCOPE, community).filter(pk__in=wanted) if wanted else ()
    members: dict[str, list[Person]] = defaultdict(list)
    for one in registers.people(SCOPE, community).filter(household__in=wanted).order_by("pk") if wanted else ():
        members[str(one.household_id)].append(one)
    return {
        id(entry): [_candidate(home, entry, members[str(home.pk)]) for home in homes if str(home.pk) in entry.among[:MOST_AMONG]]
        for entry in asked
    }  # fmt: skip


def _candidate(home: Household, entry: Entry, members: list[Person]) -> Candidate:
    index = phone_index(entry.phone) if entry.phone else None
    fits = [one for one in members if entry.name in {one.name, one.name_bo} or (index and bytes(one.phone_index) == index)]
    fits = fits or [one for one in members if one.name == home.head_name]
    who = fits[0] if fits else None
    return Candidate(home, who.name if who else home.label, f"{who.birth_year // 10}*" if who and who.birth_year else "")
