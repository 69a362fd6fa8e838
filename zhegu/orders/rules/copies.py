"""The same list pasted twice, the same household twice. Pure."""

from zhegu.orders.rules.doors import same_door
from zhegu.orders.rules.signup import Doubt, Entry, SignUp


def merged(found: list[SignUp]) -> SignUp:
    """All lists of a paste as one, lists with different heads apart: of the same list the later copy holds, and what stood only in the earlier is doubted."""
    whole = SignUp()
    lists: list[SignUp] = []
    for one in found:
        whole.title = whole.title or one.title
        earlier = next((old for old in reversed(lists) if _goes_on(old, one)), None)
        if earlier is None:
            lists.append(SignUp(title=one.title, entries=list(one.entries)))
        elif _same_list(earlier, one):
            earlier.entries = _over(earlier.entries, one.entries)
        else:
            earlier.entries += one.entries
        known = {(line.line, line.text) for line in whole.unread}
        whole.unread += [line for line in one.unread if (line.line, line.text) not in known]
    for one in lists:
        whole.entries += _each_once(one.entries)
    return whole


def _goes_on(earlier: SignUp, later: SignUp) -> bool:
    """Whether the later is the earlier list again or its rest: no other head, or at least half of it under the same numbers."""
    if not later.title or not earlier.title or later.title == earlier.title:
        return True
    again = [old for old in earlier.entries if any(one.no == old.no and same_household(one, old) for one in later.entries)]
    return 2 * len(again) >= len(earlier.entries)


def _same_list(earlier: SignUp, later: SignUp) -> bool:
    """Somebody stands in both."""
    return any(entry.no == old.no and same_household(entry, old) for entry in later.entries for old in earlier.entries)


def same_household(one: Entry, other: Entry) -> bool:
    """Whether two entries are of one household: the same phone, or name, and nothing that contradicts."""
    doors = one.door is None or other.door is None or same_door(one.door, other.door)
    if one.name and other.name and one.name != other.name:
        return False
    if one.phone and one.phone == other.phone:
        return True
    if one.name and one.name == other.name:
        return doors
    return bool(one.door and one.door == other.door)


def _over(earlier: list[Entry], later: list[Entry]) -> list[Entry]:
    kept: list[Entry] = []
    left = list(later)
    for old in earlier:
        new = next((one for one in left if one.no == old.no and same_household(one, old)), None)
        new = new or next((one for one in left if same_household(one, old)), None)
        if new is None:
            old.doubt(Doubt.ONLY_EARLIER)
            kept.append(old)
            continue
        left.remove(new)
        if old.cancelled and not new.cancelled:
            new.doubt(Doubt.WANTED_AGAIN)
        kept.append(new)
    return kept + left


def _each_once(entries: list[Entry]) -> list[Entry]:
    """A household that wrote itself again under its own number holds as it wrote last; under two numbers it is doubted."""
    kept: list[Entry] = []
    homes: dict[tuple[str | None, str | None], Entry] = {}
    for entry in entries:
        old = homes.get((entry.name, entry.door)) if entry.door else None
        homes[entry.name, entry.door] = entry
        if old is None or entry.no is None:
            kept.append(entry)
        elif old.no == entry.no:
            if [line.shown() for line in old.lines] != [line.shown() for line in entry.lines] or old.cancelled:
                entry.doubt(Doubt.TWICE)
            kept = [entry if one is old else one for one in kept]
        else:
            if not (old.cancelled or entry.cancelled):
                entry.doubt(Doubt.TWICE)
            kept.append(entry)
    return kept
