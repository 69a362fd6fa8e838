"""A later line that changes an entry: 16. 改成2瓶, 8号取消. Pure."""

import re

from zhegu.orders.rules import remarks
from zhegu.orders.rules.entry import read_entry
from zhegu.orders.rules.listed import Listed
from zhegu.orders.rules.names import LIKELY, SURE, likeness
from zhegu.orders.rules.signup import Doubt, Entry, Wanted
from zhegu.orders.rules.slate import Slate

_ADDS = re.compile(r"^\s*(?:我|的|也|请|麻烦)*(?:再[加来要拿]|还要|另外?要|多要|少要|加|减|多|少|\+)\s*(?=[\d一二两三半])")
_ADDS_A_THING = re.compile(r"^\s*(?:我|的|也|请|麻烦)*(?:(?:再|另|另外|还)?加|再[来要拿]|还要)")
_ADDS_TO_A_THING = re.compile(r"^\s*[\u3400-\u9fff]{1,6}?(?<![再另外还要])(?:再加|加|多要|减|少要)\s*(?=[\d一二两三四五六七八九十半])")
"""羊肉加1斤."""
_ONLY_A_DOOR = re.compile(r"(?:门牌号?码?|房号|地址)\s*(?:写错了?|错了|[,是为:应该\s])*(\d{1,4})(?![\d-]|\s*[栋幢号弄])")
_ABOUT_THE_NAME = re.compile(r"名|姓|叫|户主")
_TURNS = re.compile(r"(?:数量|瓶数|份数)?(?:改成|改为|改要|改换|更改为|更正为|修改为|变更为|更正|修改|更改|换成|变成|改|就要|只要|(?:应该?|其实)?是(?=\s*[\d一二两三四五六七八九十半]))(?:了|要)?\s*[:]?")
_ABOUT_THE_DOOR = re.compile(r"门牌|房号|地址")
_UNSEEN = frozenset({Doubt.NO_DOOR, Doubt.NO_QUANTITY, Doubt.NO_ITEM, Doubt.NO_STRENGTH, Doubt.LOOSE_NUMBER, Doubt.NAME_UNSURE})


def change(entry: Entry, text: str, line: int, listed: Listed) -> bool:
    """Changes the entry as the text says; False where a person must see the line (the entry is then doubted)."""
    entry.source.append(line)
    probe = Entry()
    slate = Slate(text)
    remarks.read_cancelling(slate, probe)
    if probe.cancelled:
        return _cancel(entry, _of_the_cancelling(entry, text, listed), listed)
    if probe.doubts or _ADDS_TO_A_THING.search(text) or (_ADDS.match(text) and not _names_a_thing(text, listed)):
        return _unclear(entry, text)
    if remarks.AGAIN.search(text):
        _wanted_again(entry)
        text = remarks.AGAIN.sub(" ", text)
    return _patch(entry, text, listed)


def _names_a_thing(text: str, listed: Listed) -> bool:
    """再来1箱香梨, and not only 再来1箱."""
    return any(line.item and (listed.only is None or line.item != listed.only.name) for line in read_entry(text, listed).lines)


def _unclear(entry: Entry, text: str) -> bool:
    entry.doubt(Doubt.CHANGE_UNCLEAR)
    entry.notes.append(text.strip())
    return False


def _wanted_again(entry: Entry) -> None:
    if entry.cancelled:
        entry.cancelled = False
    entry.doubt(Doubt.WANTED_AGAIN)


def _of_the_cancelling(entry: Entry, text: str, listed: Listed) -> str:
    """洋葱不要了,方便面照旧: what is said apart from the cancelling is not taken back with it."""
    parts = re.split(r"[,;。]", text)
    taken = [part for part in parts if remarks.CANCELS.search(part)]
    others = [part for part in parts if part not in taken]
    if any(line.item in {one.item for one in entry.lines} for part in others for line in read_entry(part, listed).lines if not listed.only):
        entry.doubt(Doubt.CHANGE_UNCLEAR)
    return remarks.CANCELS.sub(" ", ",".join(taken))


def _cancel(entry: Entry, rest: str, listed: Listed) -> bool:
    """All of it, or the things that are named; whoever takes back one of several things is looked at."""
    named = {line.item for line in read_entry(rest, listed).lines if line.item} - ({listed.only.name} if listed.only else set())
    named |= _almost_named(entry, rest)
    if not named or named >= {line.item for line in entry.lines}:
        entry.cancelled = True
        return True
    kept = [line for line in entry.lines if line.item not in named]
    known = len(kept) < len(entry.lines)
    entry.lines = kept
    entry.doubt(Doubt.CHANGE_UNCLEAR)
    return known


def _almost_named(entry: Entry, rest: str) -> set[str | None]:
    """Things of the entry that are named by a part of their name: 阿卡波糖 of 阿卡波糖片."""
    words = re.findall(r"[\u3400-\u9fff]{2,}", rest)
    return {line.item for line in entry.lines if line.item and any(word in line.item or line.item in word for word in words)}


def _patch(entry: Entry, text: str, listed: Listed) -> bool:
    if entry.cancelled:
        _wanted_again(entry)
    said = _ONLY_A_DOOR.sub(r"门牌 \1号", _TURNS.sub(" ", text))
    patch = read_entry(said, listed)
    told = [line for line in patch.lines if line.quantity is not None]
    done = _facts(entry, patch, text)
    for why in patch.doubts:
        if why not in _UNSEEN:
            entry.doubt(why)
    entry.notes += patch.notes
    if told:
        adds = _ADDS_A_THING.match(text)
        told = _added(entry, told, listed) if adds else told
        if told and adds:
            return _unclear(entry, text)
        done = not told or _quantities(entry, told, listed) or done
    elif not done:
        return _unclear(entry, text)
    return True if done else _unclear(entry, text)


def _facts(entry: Entry, patch: Entry, text: str) -> bool:
    """Door, phone, grid and name that the change gives; whether there was one."""
    about_the_door = _ABOUT_THE_DOOR.search(text)
    given = {"door": patch.door, "phone": patch.phone, "grid": patch.grid}
    if patch.name and likeness(patch.name) >= LIKELY and _ABOUT_THE_NAME.search(text):
        given["name"] = patch.name
    elif patch.name and likeness(patch.name) >= SURE and patch.name != entry.name:
        entry.doubt(Doubt.CHANGE_UNCLEAR)
    told = {part: value for part, value in given.items() if value and value != getattr(entry, part)}
    for part, value in told.items():
        setattr(entry, part, value)
    if "door" in told:
        entry.doubts = [why for why in entry.doubts if why not in (Doubt.NO_DOOR, Doubt.LETTERS, Doubt.DOOR_UNSURE)]
        if not about_the_door:
            entry.doubt(Doubt.DOOR_UNSURE)
    if "phone" in told:
        entry.doubts = [why for why in entry.doubts if why is not Doubt.BROKEN_PHONE]
    return bool(told)


def _added(entry: Entry, told: list[Wanted], listed: Listed) -> list[Wanted]:
    """Things one knows and that were not asked for before are plainly further ones; gives what is not so plain."""
    before = {line.item for line in entry.lines}
    plain = [line for line in told if line.item and line.item not in before and listed.catalogue.named(line.item)]
    entry.lines += plain
    return [line for line in told if line not in plain]


def _quantities(entry: Entry, told: list[Wanted], listed: Listed) -> bool:
    """The new quantities in place of the old ones; False where it is not plain of which thing."""
    by_item = {line.item: line for line in entry.lines}
    for new in told:
        old = by_item.get(new.item)
        if old is None and len(entry.lines) == 1 and (new.item is None or (listed.only and new.item == listed.only.name)):
            old = entry.lines[0]
        if old is None and new.item:
            called = [line for line in entry.lines if line.item and new.item in line.item]
            old = called[0] if len(called) == 1 else None
            entry.doubt(Doubt.CHANGE_UNCLEAR)
        if old is None:
            same_unit = [line for line in entry.lines if line.unit == new.unit] if new.item is None else []
            old = same_unit[0] if len(same_unit) == 1 else None
            entry.doubt(Doubt.CHANGE_UNCLEAR)
        if old is None:
            return False
        old.quantity, old.unit = new.quantity, new.unit or old.unit
        old.spec = new.spec or old.spec
    if all(line.quantity is not None for line in entry.lines):
        entry.doubts = [why for why in entry.doubts if why not in (Doubt.NO_QUANTITY, Doubt.RANGE, Doubt.MONEY)]
    return True
