"""A pasted chat text becomes a sign-up. Pure."""

import re

from zhegu.orders.rules.catalogue import Catalogue, everyday
from zhegu.orders.rules.changes import change
from zhegu.orders.rules.characters import PICTURE
from zhegu.orders.rules.copies import merged
from zhegu.orders.rules.entry import SHORTEST_ROOM, read_entry, tells
from zhegu.orders.rules.inline import FIELD
from zhegu.orders.rules.listed import Listed, listed
from zhegu.orders.rules.names import LIKELY, SURE, likeness
from zhegu.orders.rules.numbers import HAN_DIGIT
from zhegu.orders.rules.paste import Block, Copy, Part, copies
from zhegu.orders.rules.remarks import CANCEL, KEPT
from zhegu.orders.rules.signup import Doubt, Entry, SignUp, Unread
from zhegu.orders.rules.tabbed import read_tabbed

_WISH = re.compile(
    rf"也要|也来|也想|帮[我忙]|给我|登一个|报一个|登记一下|加一个|加我|再[加来要]|多要|少要|算我|还有我|带[一个份]|改成|改为|改要|改\s*\d|换成|[要来订]\s*[\d{HAN_DIGIT}半]|\+1|漏了|忘了|没写上|没登上|"
    rf"我家.{{0,6}}(?:要|改|换|取消)|(?:{CANCEL})|ང་ལའང|དགོས"
)
_CHATTER = re.compile(r"[?？]|吗|已经?有\d+|\d+户报|收到|辛苦|谢谢|通知|截止|大家|各位|什么时候|多久|几点|\d+楼的|好的|明白|\d+\s*(?:元|块)\s*[/一每]|谁有|谁家|有没有人|借[一两几\d]|值班|客服|咨询|热线|还差|规则|每[户家]限|限购|截单|温馨提示|注意事项")
_ABOVE = re.compile(rf"^\s*(?:上面|上一[个条位]|楼上|前面)(?:那个|那条|那家|这个|的)?\s*(?:{CANCEL}|改|错)")
_CORRECTS = re.compile(rf"改|换成|错了|[写打发搞弄]错|更正|应该?是|再[加来要]|多要|少要|减|{CANCEL}")
_MY = re.compile(r"^\s*(?:不好意思|抱歉|那个?就?|我们?家?的?(?:那个)?|刚才的?)[,、\s]*")
_A_FIELD = re.compile(rf"\s*{FIELD}\s*:")
_ABOUT_ONE = re.compile(r"^\s*第?(\d{1,3})\s*号(?!楼|院|门|宿舍|\d).{0,20}?[要换加减多少错不没别]")
_ASKS = re.compile(r"[?？]|[吗没]\s*$|有没有|是不是|能不能")
_FOR_OTHERS = re.compile(r"[帮替代](?![忙我])")
_THANKS = re.compile(r"谢谢|辛苦|好的|收到")
NEAR = 3
"""Lines between an entry and its phone, where something else was said between."""
_DATA_ONLY = re.compile(r"[\u3400-\u9fff]{9,}")


def read_text(lines: list[str], catalogue: Catalogue | None = None) -> SignUp:
    """The sign-up a chat text holds."""
    catalogue = catalogue or everyday()
    if table := read_tabbed(lines, catalogue):
        return table
    found = copies(lines)
    sign_ups = [_Reading(copy, catalogue).done() for copy in found]
    return merged(sign_ups)


def _begins_with(text: str, name: str) -> bool:
    """嘎珍家的不要了: whose entry it is stands in front."""
    return len(name) > 1 and bool(re.match(rf"\s*{re.escape(name)}(?:家|的|说|[\s,:]|(?:{CANCEL}))", text))


class _Reading:
    """One copy of a list, read block by block."""

    def __init__(self, copy: Copy, catalogue: Catalogue):
        self.copy = copy
        self.listed: Listed = listed(" ".join(copy.header), catalogue, copy.samples)
        self.title = copy.header[0].strip(PICTURE + " ") if copy.header else None
        self.numbered = bool(copy.entries)
        self.found = SignUp(title=self.title)
        self.texts: dict[int, str] = {}
        self.seen: set[tuple[int, str]] = set()
        self.last: Entry | None = None
        self.changed: set[int] = set()
        self.said_by: dict[str, list[int]] = {}

    def done(self) -> SignUp:
        for block in self.copy.blocks:
            before = len(self.found.entries)
            if block.part is Part.ENTRY:
                self._entry(block)
            elif block.part is Part.CHANGE:
                self._change(block)
            elif self.numbered:
                self._between(block)
            else:
                self._unnumbered(block)
            if block.sender and len(self.found.entries) > before:
                self.said_by.setdefault(block.sender, []).append(before)
        if not self.found.entries:
            self.found.unread += [Unread(line, text) for line, text in self.copy.below_the_head if re.search(rf"[\d{HAN_DIGIT}半]", text)]
        return self.found

    def _entry(self, block: Block) -> None:
        if (block.nos[0], block.text) in self.seen:
            return
        self.seen.add((block.nos[0], block.text))
        said = read_entry(block.text, self.listed, block.nos[0], [block.line])
        if block.nos[0] not in {entry.no for entry in self.found.entries} or (self._signs_up(said) and not self._is_of_itself(block, said) and not self._names_its_things(block, said)):
            self._add(said, block.text)
        elif not _CHATTER.search(block.text):
            self._change(block)

    def _is_of_itself(self, block: Block, said: Entry) -> bool:
        """15. 欧珠旺姆 7-715 取消后又要1瓶: the number's own door again, to change what is wanted there."""
        doors = [entry.door for entry in self.found.entries if entry.no == block.nos[0]]
        return bool(said.door) and doors == [said.door] and bool(re.search(rf"改|{CANCEL}", block.text))

    def _names_its_things(self, block: Block, said: Entry) -> bool:
        """9. 叶酸要2瓶: what looks like a name is a part of what the number wants."""
        things = [line.item for entry in self.found.entries if entry.no == block.nos[0] for line in entry.lines if line.item]
        return bool(said.name and not said.door and not said.phone and any(said.name in thing for thing in things))

    @staticmethod
    def _signs_up(said: Entry) -> bool:
        """Whether a number that stands already is used by a further household, and not to speak of the first."""
        grid = said.grid and Doubt.LOOSE_NUMBER not in said.doubts
        return bool(said.door or said.phone or grid or (said.name and likeness(said.name) >= SURE) or Doubt.BROKEN_PHONE in said.doubts or Doubt.SAME_AS in said.doubts)

    def _add(self, entry: Entry, text: str) -> None:
        self.found.entries.append(entry)
        self.texts[id(entry)] = text
        self.last = entry

    def _lost(self, block: Block) -> None:
        self.found.unread.append(Unread(block.line, block.raw.strip()))

    def _change(self, block: Block) -> None:
        """A change finds its entry by number; of a number used twice, both are looked at."""
        for no in block.nos:
            meant = [entry for entry in self.found.entries if entry.no == no]
            if not meant and self._changes_at_a_room(block, str(no)):
                continue
            self.changed |= {id(entry) for entry in meant}
            sure = block.sure and not _ASKS.search(block.text)
            text = block.text.lstrip().removeprefix(meant[0].name or "") if meant else block.text
            if len(meant) == 1 and not _ASKS.search(block.text) and change(meant[0], text, block.line, self.listed) and sure:
                continue
            for entry in meant if len(meant) > 1 or not sure else ():
                entry.doubt(Doubt.CHANGE_UNCLEAR)
                entry.source.append(block.line)
            self._lost(block)

    def _changes_at_a_room(self, block: Block, room: str) -> bool:
        """8309 何敏取消: a number nobody signed up under is the room of the only one who lives behind it."""
        meant = [entry for entry in self.found.entries if entry.door and entry.door.rpartition("-")[2] == room]
        if len(meant) != 1 or len(room) < SHORTEST_ROOM:
            return False
        change(meant[0], block.text, block.line, self.listed)
        meant[0].doubt(Doubt.CHANGE_UNCLEAR)
        self._lost(block)
        return True

    def _between(self, block: Block) -> None:
        """A line without a number: it goes on with the entry above, names another one, wants something, or is chatter."""
        said = read_entry(block.text, self.listed)
        if _A_FIELD.match(block.text) and self.last and self.last.source[-1] == block.line - 1 and id(self.last) not in self.changed:
            return self._go_on(block)
        if block.indented and self.last and id(self.last) not in self.changed and not _WISH.search(block.text):
            return self._go_on(block)
        if self._names_an_entry(block, said) or self._of_the_same_sender(block, said) or self._speaks_of_the_one_above(block):
            return None
        if said.door and tells(said) >= 3 and said.name:
            said.source, said.no = [block.line], None
            said.doubt(Doubt.LOOSE_LINE)
            self._add(said, block.text)
            return self._lost(block)
        if (about := _ABOUT_ONE.match(block.text)) and not _CHATTER.search(block.text):
            self._of_one(int(about[1]))
            return self._lost(block)
        if _WISH.search(block.text):
            self._more_of_the_last(block)
            return self._lost(block)
        if _CHATTER.search(block.text):
            return None
        return self._fragment(block, said)

    def _more_of_the_last(self, block: Block) -> None:
        """西红柿再加1斤 right below the entry that asks for 西红柿: that entry is looked at."""
        entry = self.last
        if entry and entry.source[-1] == block.line - 1 and any(line.item and block.text.lstrip().startswith(line.item) for line in entry.lines):
            entry.doubt(Doubt.LOOSE_LINE)

    def _of_one(self, no: int) -> None:
        """1号不要换牌子了: nothing one knows how to change, but it is said of that number."""
        for entry in self.found.entries:
            if entry.no == no:
                entry.doubt(Doubt.CHANGE_UNCLEAR)

    def _speaks_of_the_one_above(self, block: Block) -> bool:
        """上面那个取消: most likely the last entry, which a person looks at."""
        if not self.last or not _ABOVE.search(block.text):
            return False
        self.last.doubt(Doubt.CHANGE_UNCLEAR)
        self._lost(block)
        return True

    def _names_an_entry(self, block: Block, said: Entry) -> bool:
        """A change that names its entry by door or name: applied where there is just one, and looked at."""
        if not re.search(rf"改|换成|{CANCEL}", block.text):
            return False
        meant = [
            entry for entry in self.found.entries
            if (said.door and entry.door == said.door) or (not said.door and entry.name and (entry.name == said.name or _begins_with(block.text, entry.name)))
        ]  # fmt: skip
        if len(meant) != 1:
            return False
        entry = meant[0]
        rest = block.text.replace(entry.name, " ") if entry.name else block.text
        change(entry, rest, block.line, self.listed)
        entry.doubt(Doubt.CHANGE_UNCLEAR)
        self._lost(block)
        return True

    def _of_the_same_sender(self, block: Block, said: Entry) -> bool:
        """不要了 of a sender who signed up before: the one entry is changed and looked at; of several, all are looked at."""
        mine = [self.found.entries[place] for place in self.said_by.get(block.sender, [])]
        other = said.name and likeness(said.name) >= LIKELY and said.name not in {entry.name for entry in mine}
        if not mine or other or _FOR_OTHERS.search(block.text) or not _CORRECTS.search(block.text):
            return False
        if len(mine) == 1 and not _CHATTER.search(_THANKS.sub("", block.text)):
            change(mine[0], _MY.sub("", block.text), block.line, self.listed)
        for entry in mine:
            entry.doubt(Doubt.CHANGE_UNCLEAR)
        self._lost(block)
        return True

    def _fragment(self, block: Block, said: Entry) -> None:
        told = [line for line in said.lines if line.quantity is not None]
        entry = self.last
        untouched = entry is not None and id(entry) not in self.changed
        if entry and untouched and told and entry.source[-1] == block.line - 1 and self._in_lines_of_its_own(entry, block, said):
            return self._go_on(block)
        if entry and untouched and said.lines and not told and not entry.lines and entry.source[-1] == block.line - 1:
            return self._go_on(block)
        if entry and untouched and not entry.phone and said.phone and block.line - entry.source[-1] <= NEAR and re.fullmatch(r"[\d\s-]+", block.text):
            return self._go_on(block)
        gives = bool(said.phone or said.door or told or Doubt.BROKEN_PHONE in said.doubts)
        if entry is None or not (gives or KEPT.search(block.text)):
            if entry and said.lines and not self.listed.only:
                self._lost(block)
            return
        new = (said.phone and not entry.phone) or (said.door and not entry.door) or (told and not (self._has_lines(entry) and entry.phone))
        adjacent = entry.source[-1] == block.line - 1 and id(entry) not in self.changed
        if adjacent and (new or not gives):
            return self._go_on(block)
        if gives:
            entry.doubt(Doubt.LOOSE_LINE)
            self._lost(block)
        return None

    def _in_lines_of_its_own(self, entry: Entry, block: Block, said: Entry) -> bool:
        """Whether what this household wants stands line by line below who it is, and this is a further thing."""
        head, *below = self.texts[id(entry)].split("\n")
        plain = not (said.door or said.phone or said.name or said.doubts != [Doubt.NO_DOOR]) and not _CHATTER.search(block.text)
        further = {line.item for line in said.lines}.isdisjoint(line.item for line in entry.lines)
        return bool(below) and plain and further and not self._has_lines(read_entry(head, self.listed))

    @staticmethod
    def _has_lines(entry: Entry) -> bool:
        return any(line.quantity is not None for line in entry.lines)

    def _go_on(self, block: Block) -> None:
        """The entry above goes on in this line: read again as one text."""
        entry = self.last
        if entry is None:
            return
        text = f"{self.texts[id(entry)]}\n{block.text}"
        again = read_entry(text, self.listed, entry.no, [*entry.source, block.line])
        for why in (Doubt.LOOSE_LINE, Doubt.CHANGE_UNCLEAR):
            if why in entry.doubts:
                again.doubt(why)
        self.found.entries[-1] = again
        self.texts[id(again)] = text
        self.last = again

    def _unnumbered(self, block: Block) -> None:
        """In a list without numbers a line is an entry of its own, or goes on with the one above."""
        said = read_entry(block.text, self.listed)
        told = any(line.quantity is not None for line in said.lines)
        if block.sender and self.said_by.get(block.sender, [])[-1:] == [len(self.found.entries) - 1]:
            block.after_blank = False
        if self._names_an_entry(block, said) or self._of_the_same_sender(block, said):
            return
        broken = Doubt.BROKEN_PHONE in said.doubts
        enough = bool(said.door or said.phone) and tells(said) >= 2
        labelled = bool(_A_FIELD.match(block.text)) and (tells(said) >= 1 or broken)
        named = bool(said.name and likeness(said.name) >= LIKELY)
        if self.last and (enough or labelled or tells(said) or broken) and not self._clashes(said, told, named, block):
            self._go_on(block)
        elif enough or labelled or (named and told):
            said.source = [block.line]
            self._add(said, block.text)
        elif _WISH.search(block.text) or (told and not _CHATTER.search(block.text)):
            self._lost(block)

    def _clashes(self, said: Entry, told: bool, named: bool, block: Block) -> bool:
        """Whether the line tells what the entry above already has, or asks for itself."""
        last = self.last
        if last is None or block.after_blank or _WISH.search(block.text) or _CHATTER.search(block.text):
            return True
        both = (said.door and last.door) or (said.phone and last.phone) or (named and last.name) or (said.grid and last.grid)
        return bool(both) or (told and self._has_lines(last) and bool(last.phone)) or _DATA_ONLY.search(block.text) is not None
