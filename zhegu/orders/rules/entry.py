"""One entry's text, read: door, grid, phone, name, what is wanted, and what is doubtful. Pure."""

import re

from zhegu.orders.rules import remarks
from zhegu.orders.rules.catalogue import Catalogue
from zhegu.orders.rules.characters import PICTURE
from zhegu.orders.rules.doors import Door, find_doors, same_door, tells_a_floor
from zhegu.orders.rules.grids import read_grid
from zhegu.orders.rules.lexemes import Kind, Lexeme, beside_picture, lexemes
from zhegu.orders.rules.listed import Listed
from zhegu.orders.rules.loose import meanings, rooms
from zhegu.orders.rules.names import LIKELY, PERHAPS, Chosen, Word, choose, likeness, of_the_house
from zhegu.orders.rules.numbers import TIBETAN, number
from zhegu.orders.rules.phones import read_phone
from zhegu.orders.rules.quantities import BO_UNITS
from zhegu.orders.rules.signup import Doubt, Entry, Wanted
from zhegu.orders.rules.slate import WIPED, Slate
from zhegu.orders.rules.wants import GAS_UNITS, Basket, fill

_UNIT_FIRST = re.compile(rf"({BO_UNITS})་?\s*(\d{{1,3}}(?:-\d{{1,2}})?(?![\d-])|{'|'.join(TIBETAN)})")
_CHANGED = re.compile(r"改成|改为|改到|更正|换成|变成|→|->|=>|改")
_ASKS = re.compile(r"[能可要加换没不吗请帮送带给]")
SHORTEST_ROOM = 3
"""Digits: 12 is a house, 902 a room."""
_ASIDE = re.compile(r"(?<=[个斤袋盒箱板桶份包块瓶支根条本只])\(([\u3400-\u9fff]{1,6})\)")
_ASIDE_BEFORE = re.compile(r"(?<=[\u3400-\u9fff])\(([\u3400-\u9fff]{1,6})\)(?=\s?[\d一二两三四五六七八九十半]+\s?[斤个袋盒箱板桶份包块瓶罐支根条只提件])")
_PLUS = re.compile(r"(?<=[^\s+])\s?\+\s?(?!86)(?=\S)")
_PLUS_BEHIND_A_UNIT = re.compile(r"(?<=[斤个袋盒箱板桶份包块瓶罐支])\s?\+\s?(?=\S)")
_FLOOR_SIDE = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})[楼层]的?(?:左|右|中间|东|西|南|北|靠)[手边侧头户面]?")
_LETTERS_LEFT = re.compile(r"[^\w\u0f40-\u0fbc]+")


def read_entry(text: str, listed: Listed, no: int | None = None, source: list[int] | None = None) -> Entry:
    """The entry this text tells of. Whatever it leaves open is None; whatever could be otherwise is doubted."""
    entry = Entry(no=no, source=list(source or []))
    slate = Slate(_UNIT_FIRST.sub(r" \2\1", _joined_by_plus(text)))
    read_phone(slate, entry)
    remarks.read_kept(slate, entry)
    taken_back = remarks.read_cancelling(slate, entry, listed.catalogue, listed.only and listed.only.name)
    remarks.read_relayed(slate)
    remarks.read_two_homes(slate, entry)
    _read_asides(slate, entry, listed.catalogue)
    remarks.read_conditions(slate, entry)
    remarks.read_same_as(slate, entry)
    read_grid(slate, entry)
    doors = find_doors(slate)
    _settle_door(entry, doors, slate)
    pieces = lexemes(slate.text, listed.catalogue)
    basket = fill(pieces, listed)
    _read_loose(entry, pieces, basket, listed)
    entry.lines = [line for line in basket.lines if line.item not in taken_back]
    entry.notes += basket.notes
    for why in basket.doubts:
        entry.doubt(why)
    if not entry.lines:
        _nothing_wanted(entry, listed)
    if entry.door is None and Doubt.TWO_HOUSEHOLDS not in entry.doubts:
        entry.doubt(Doubt.NO_DOOR)
    _read_name(entry, pieces, slate.text)
    if entry.name is None and any(_could_be_a_name(line, listed) for line in entry.lines):
        entry.doubt(Doubt.NAME_UNSURE)
    return entry


def _joined_by_plus(text: str) -> str:
    """王琴+4号楼503+1罐+1组: signs between fields, or between two amounts, part and say nothing."""
    plus = _PLUS if len(_PLUS.findall(text)) > 1 else _PLUS_BEHIND_A_UNIT
    return plus.sub(",", text)


def _could_be_a_name(line: Wanted, listed: Listed) -> bool:
    """洛色 2桶: a thing nobody knows, where nobody else is named."""
    return bool(line.item and listed.catalogue.named(line.item) is None and line.item != (listed.only and listed.only.name) and likeness(line.item) >= LIKELY)


def _read_asides(slate: Slate, entry: Entry, catalogue: Catalogue) -> None:
    """馒头5个(白面): what stands in brackets behind a quantity says which, and is no further thing; a name stays."""
    for hit in [*_ASIDE.finditer(slate.text), *_ASIDE_BEFORE.finditer(slate.text)]:
        if likeness(hit[1]) < LIKELY and not (hit.re is _ASIDE_BEFORE and catalogue.split(hit[1])):
            slate.wipe(hit.start(), hit.end(), " " if hit.re is _ASIDE_BEFORE else WIPED)
            _remark(entry, hit[1])


def _settle_door(entry: Entry, doors: list[Door], slate: Slate) -> None:
    """One door, or the one it was changed to; two different ones are two households."""
    if not doors:
        return
    chosen = doors[0]
    for door in doors[1:]:
        if _CHANGED.search(slate.text, chosen.start, door.start):
            chosen = door
        elif same_door(chosen.text, door.text):
            chosen = max(chosen, door, key=lambda one: len(one.text))
        else:
            entry.doubt(Doubt.TWO_HOUSEHOLDS)
            entry.notes += [one.text for one in doors]
            return
    entry.door = chosen.text
    if chosen.mistyped:
        entry.doubt(Doubt.LETTERS)
    if chosen.unsure or ("-" not in chosen.text and len(chosen.text) < SHORTEST_ROOM and tells_a_floor(slate.text)):
        entry.doubt(Doubt.DOOR_UNSURE)
    for _ in slate.take(_FLOOR_SIDE):
        entry.doubt(Doubt.DOOR_UNSURE)


def _read_loose(entry: Entry, pieces: list[Lexeme], basket: Basket, listed: Listed) -> None:
    """Bare numbers take the place of what is still missing."""
    bare = [one for one in pieces if one not in basket.used]
    missing = {part for part, value in (("grid", entry.grid), ("door", entry.door)) if value is None}
    gas_open = listed.only is not None and (not basket.lines or basket.lines[0].quantity is None)
    missing |= {"quantity"} if gas_open else set()
    found, unsure = meanings(bare, listed, missing)
    entry.grid = found["grid"].text.lstrip("0") if "grid" in found else entry.grid
    entry.door = found["door"].text if "door" in found else entry.door
    several = set(rooms(bare)) | ({entry.door} if entry.door and "-" not in entry.door else set())
    if len(several) > 1 and len(rooms(bare)) > ("door" in found):
        entry.door = None
        entry.doubt(Doubt.TWO_HOUSEHOLDS)
        entry.notes += sorted(several)
    if "quantity" in found and listed.only:
        unit = listed.only.unit
        basket.lines = basket.lines or [Wanted(listed.only.name)]
        basket.lines[0].quantity, basket.lines[0].unit = number(found["quantity"].text), GAS_UNITS.get(unit or "", unit)
        basket.doubts = [why for why in basket.doubts if why is not Doubt.NO_QUANTITY]
    rest = [one for one in bare if one.kind is Kind.NUMBER and one not in found.values()]
    if unsure or rest:
        entry.doubt(Doubt.LOOSE_NUMBER)
        entry.notes += [one.text for one in rest]


def _nothing_wanted(entry: Entry, listed: Listed) -> None:
    if listed.only:
        entry.lines = [Wanted(listed.only.name, None, listed.only.unit)]
    entry.doubt(Doubt.NO_QUANTITY)


def _read_name(entry: Entry, pieces: list[Lexeme], text: str) -> None:
    """The name among the words that are left; the others are nicknames in front, or remarks."""
    left = [one for one in pieces if one.kind is Kind.WORD]
    things = {one.start for one in pieces if one.kind is Kind.THING}
    words = [Word(one.text.strip("·་། "), one.start, one.end, beside_picture(text, one), one.labelled, one.end in things) for one in left]
    chosen = choose(words)
    entry.name = of_the_house(chosen.name)
    if chosen.several:
        entry.name = None if Doubt.TWO_HOUSEHOLDS in entry.doubts else chosen.name
        entry.doubt(Doubt.TWO_HOUSEHOLDS)
    elif chosen.doubtful:
        entry.doubt(Doubt.NAME_UNSURE)
    for word in words:
        if word.before_a_thing and chosen.used and word not in chosen.used:
            entry.notes.append(word.text)
            continue
        mine = any(part.start <= word.start < part.end or _same_in_tibetan(part, word) for part in chosen.used)
        if not mine and not _is_nickname(word, words, chosen, text):
            _remark(entry, word.text)


def _same_in_tibetan(name: Word, other: Word) -> bool:
    """扎西བཀྲ་ཤིས: the name again in the other script, with at most a space between."""
    scripts = ["\u0f00" <= one.text[0] <= "\u0fff" for one in (name, other) if one.text]
    return scripts in ([True, False], [False, True]) and max(name.start, other.start) - min(name.end, other.end) <= 1 and likeness(other.text) >= LIKELY


def _is_nickname(word: Word, words: list[Word], chosen: Chosen, text: str) -> bool:
    """In front of the name, or the first thing of the line where there is no name."""
    first = not text[: word.start].strip(f" ,;、。/|(){PICTURE}")
    if chosen.used:
        return word.start < chosen.used[0].start and (first or word is words[0] or not text[words[0].end : word.start].strip(PICTURE + " "))
    return first or word.beside_picture or (word is words[0] and likeness(word.text) <= PERHAPS and not _ASKS.search(word.text))


def _remark(entry: Entry, words: str) -> None:
    if remarks.says_nothing(words):
        return
    entry.notes.append(words)
    entry.doubt(Doubt.REMARK)


def tells(entry: Entry) -> int:
    """How much of a sign-up there is in it: door, phone, grid, a likely name, something wanted."""
    wanted = any(line.item and line.quantity is not None for line in entry.lines)
    named = bool(entry.name and likeness(entry.name) >= LIKELY)
    return sum(map(bool, (entry.door, entry.phone, entry.grid, named, wanted)))


def left_over(text: str) -> str:
    """The letters of a text, for comparing."""
    return _LETTERS_LEFT.sub("", text.replace(WIPED, ""))
