"""The households of a register that the entries of a sign-up could be."""

from collections import defaultdict
from collections.abc import Sequence

from zhegu.lib.scope import Scope
from zhegu.orders.rules.matching import NAME, PHONE, Home, match, register_door, settle
from zhegu.orders.rules.signup import Entry
from zhegu.places.models import Place
from zhegu.registers import queries as registers
from zhegu.registers.models import phone_index
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
