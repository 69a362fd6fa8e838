"""What is left of a line after door, grid, phone and remarks, cut into things, quantities, numbers and words. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from zhegu.orders.rules.catalogue import DRUG_FORMS, Catalogue, Thing, written
from zhegu.orders.rules.characters import PICTURE
from zhegu.orders.rules.names import LIKELY, SURE, likeness
from zhegu.orders.rules.numbers import HAN_DIGIT, whole
from zhegu.orders.rules.quantities import Quantity, quantity_at
from zhegu.orders.rules.slate import WIPED


class Kind(StrEnum):
    """What a lexeme is."""

    THING = "thing"
    QUANTITY = "quantity"
    NUMBER = "number"
    WORD = "word"
    EACH = "each"
    CHANGED = "changed"
    OR = "or"


@dataclass
class Lexeme:
    """A piece of the line and where it stands; neighbours are glued when nothing stands between them."""

    kind: Kind
    text: str
    start: int
    end: int
    thing: Thing | None = None
    quantity: Quantity | None = None
    labelled: bool = False


_NOTHING = frozenset(f" ,;、。|()\n{WIPED}{PICTURE}")
_TIBETAN = "\u0f0b\u0f0c\u0f40-\u0fbc"
_RUN = re.compile(rf"[\u3400-\u9fff·]+|[{_TIBETAN}]+|[A-Za-z]+(?: [A-Z][a-z]+)*")
_MIXED = re.compile(r"[A-Za-z]{1,3}\d{1,3}[\u3400-\u9fff]{1,6}?(?![\u3400-\u9fff])|[A-Za-z]{1,3}\d{1,3}口罩")
_TAILED = re.compile(r"[\u3400-\u9fff]{2,6}[A-Za-z]{1,2}\d{0,2}")
_LETTERED_DRUG = re.compile(rf"[\u3400-\u9fff]{{1,6}}(?:[A-Za-z]{{1,3}}\d{{0,2}}(?:{DRUG_FORMS})|\d{{2}}R?(?:注射液|笔芯)|\d{{2}}R(?![A-Za-z]))|维生素[A-Ka-k]\d{{0,2}}(?![A-Za-z\u3400-\u9fff])")
"""碳酸钙D3片, 维生素C片, 辅酶Q10胶囊."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?")
_EACH = re.compile(r"(?:各|每样|每种|都|均)(?:要|来|买|拿|给我|订|是)?(?=\s?[\d一二两三四五六七八九十半xX*几])")
_CHANGED = re.compile(r"(?:改成|改为|改要|改换|换成|变成|更正为|更正|改|→|⇒|->|=>)(?:要|了)?\s?:?(?=\s?[\d一二两三四五六七八九十半])")
_OR = re.compile(r"(?:或者|或是|或|要不|要么|还是)")
_MARKS = frozenset("各每都均更改换变→⇒-=或要还")
_ALONE = re.compile(rf"(?:(?<![\u3400-\u9fff\d])|(?<=各))[{HAN_DIGIT}十](?![\u3400-\u9fff\d])")
_GROWN = re.compile(r"\d+(?=[\s,;、/|()]|$)")
_NAME_LABEL = re.compile(r"(?:收货人姓名|收货人|姓名叫?|名字叫|[男女]?(?:户主|主人)(?:叫|是)|户主|名字|མིང)\s*:?\s*")
_VERBS = "的|你们好|你好|您好|那个|嗯|然后|以及|吧|还有|我家是|家是|我们家|我家|我要|我叫|我是|名字叫|叫|给我家|给我|帮我|想要|需要|另外|外加|另加|再加|还要|一共|总共|合计|订购|预订|换气|我|要|换|买|来|订|购|加|拿|再|还|共|领|团|请|送|先"
_LEADING = re.compile(rf"(?:{_VERBS})+")
_WEAK = frozenset("加来订购拿共领团请还再送")
"""These begin other words too (加湿器, 订书机): they are verbs only before a thing one knows."""
_TRAILING = re.compile(r"(?:想要|需要|还要|再来|再要|再买|又要|一共|总共|合计|预订|订购|要|换|买|来|订|购|共|领|团|各)+$")
_ADDED = re.compile(r"(?:再|又|还|多)?加$")
_OF_ONESELF = re.compile(r"(?:我家|我们|我|住在|家住|住)+$")
_AND = re.compile(r"和|与|跟|及|还有|外加|另加|加|、")
_MIDDLE = re.compile(r"(?:想要|需要|要个|来个|要|换|买|订|购)")
LONGEST_UNKNOWN = 5
"""Letters of a thing no catalogue knows, behind a name and a verb: 次旦多吉要牛腱子3斤."""
_STOPS = frozenset("零一二两三四五六七八九十百半壹贰叁肆伍陆柒捌玖各每都均改更换变或要还几适若少多随有看斤公")


def lexemes(text: str, catalogue: Catalogue) -> list[Lexeme]:
    """The line's pieces in order; separators are gone, but positions tell what was apart."""
    return list(_cut(text, catalogue))


def _cut(text: str, catalogue: Catalogue) -> Iterator[Lexeme]:
    at = 0
    labelled = False
    while at < len(text):
        if text[at] in _NOTHING:
            at += 1
            continue
        if hit := _NAME_LABEL.match(text, at):
            labelled, at = True, hit.end()
            continue
        if found := _marker(text, at) or _measured(text, at):
            yield found
            at = found.end
            continue
        if hit := _LETTERED_DRUG.match(text, at):
            lead = _LEADING.match(hit[0])
            start = lead.end() if lead else 0
            yield Lexeme(Kind.THING, hit[0][start:], at + start, hit.end(), written(hit[0][start:], catalogue))
            at = hit.end()
            continue
        if (hit := _TAILED.match(text, at) or _MIXED.match(text, at)) and (thing := catalogue.named(hit[0])):
            yield Lexeme(Kind.THING, hit[0], at, hit.end(), thing)
            at = hit.end()
            continue
        if hit := _ALONE.match(text, at):
            yield Lexeme(Kind.NUMBER, str(whole(hit[0])), at, hit.end())
            at = hit.end()
            continue
        if hit := _NUMBER.match(text, at):
            found = list(_numbered(text, hit, catalogue))
            yield from found
            at = found[-1].end
            continue
        if run := _run(text, at):
            piece = None
            for piece in _pieces(run, at, text, catalogue):
                piece.labelled, labelled = labelled, False
                yield piece
            at += len(run)
            if more := _GROWN.match(text, at) if not quantity_at(text, at) and piece and piece.kind is Kind.WORD and likeness(piece.text) < LIKELY else None:
                piece.text, piece.end, at = piece.text + more[0], more.end(), more.end()
            continue
        at += 1


def _marker(text: str, at: int) -> Lexeme | None:
    if text[at] not in _MARKS:
        return None
    for kind, pattern in ((Kind.EACH, _EACH), (Kind.CHANGED, _CHANGED), (Kind.OR, _OR)):
        if hit := pattern.match(text, at):
            return Lexeme(kind, hit[0], at, hit.end())
    return None


def _measured(text: str, at: int) -> Lexeme | None:
    found = quantity_at(text, at)
    if found is None:
        return None
    if re.match(r"号?电池", text[found[1] :]) or (text[at].isdigit() and at and text[at - 1] in ".-"):
        return None
    return Lexeme(Kind.QUANTITY, text[at : found[1]], at, found[1], quantity=found[0])


def _numbered(text: str, hit: re.Match[str], catalogue: Catalogue) -> Iterator[Lexeme]:
    """A bare number; with letters grown onto it it is part of a word (5号电池, 2022加油) unless that is a name."""
    run = _run(text, hit.end())
    whole = hit[0] + run
    if run and catalogue.named(whole):
        yield Lexeme(Kind.THING, whole, hit.start(), hit.end() + len(run), catalogue.named(whole))
    elif run and not catalogue.named(run) and not catalogue.split(run) and likeness(run) < LIKELY and not _wants(run, catalogue):
        yield Lexeme(Kind.WORD, whole, hit.start(), hit.end() + len(run))
    else:
        yield Lexeme(Kind.NUMBER, hit[0], hit.start(), hit.end())


def _wants(run: str, catalogue: Catalogue) -> bool:
    """Whether the letters behind a number are words of wanting (607换1瓶), not part of a nickname (2022加油)."""
    lead = _LEADING.match(run)
    return bool(lead) and not run.startswith("加油") and (lead.end() == len(run) or catalogue.named(run[lead.end() :]) is not None)


def _run(text: str, at: int) -> str:
    """The letters of one script from here up to where a quantity or a marker begins."""
    hit = _RUN.match(text, at)
    if not hit:
        return ""
    if hit[0].isascii():
        after = _RUN.match(text, hit.end())
        grown = after and not after[0].isascii() and not _marker(text, hit.end())
        return hit[0] + (_run(text, hit.end()) if grown else "")
    for place in range(at + 1, hit.end()):
        if text[place] in _STOPS and (_marker(text, place) or quantity_at(text, place)):
            return text[at:place]
    return hit[0]


def _pieces(run: str, at: int, text: str, catalogue: Catalogue) -> list[Lexeme]:
    """A run of letters as things and words."""
    def word(part: str, start: int) -> list[Lexeme]:
        return [Lexeme(Kind.WORD, part, start, start + len(part))] if part.strip("·་") else []

    def thing(one: Thing, part: str, start: int) -> Lexeme:
        return Lexeme(Kind.THING, part, start, start + len(part), one)

    end = at + len(run)
    if found := catalogue.named(run):
        return [thing(found, run, at)]
    if parts := _several(run, catalogue):
        return [thing(one, run, at) for one in parts]
    lead = _LEADING.match(run)
    if lead and "·" not in run and (lead[0] == run or (likeness(run) < LIKELY and lead[0] not in _WEAK) or catalogue.named(run[lead.end() :])):
        rest = run[lead.end() :]
        return _pieces(rest, at + lead.end(), text, catalogue) if rest else _gas_verb(run, at, catalogue)
    if (said := _OF_ONESELF.search(run)) and likeness(run[: said.start()]) >= LIKELY:
        return _pieces(run[: said.start()], at, text, catalogue)
    trail = _TRAILING.search(run)
    if trail and trail.start() > 1 and (quantity_at(text, end) or text[end : end + 1] == WIPED):
        return _pieces(run[: trail.start()], at, text, catalogue)
    if (added := _ADDED.search(run)) and added.start() > 1 and quantity_at(text, end) and likeness(run) < LIKELY:
        return _pieces(run[: added.start()], at, text, catalogue)
    for verb in _MIDDLE.finditer(run, 1):
        if (parts := _several(run[verb.end() :], catalogue)) and likeness(run[: verb.start()]) >= LIKELY:
            return word(run[: verb.start()], at) + [thing(one, run[verb.end() :], at + verb.end()) for one in parts]
        if likeness(run[: verb.start()]) >= SURE and 1 < len(run) - verb.end() <= LONGEST_UNKNOWN and quantity_at(text, end):
            return [*word(run[: verb.start()], at), thing(written(run[verb.end() :], catalogue), run[verb.end() :], at + verb.end())]
    if _EACH.match(text, end) and len(parts := [part for part in _AND.split(run) if len(part) > 1]) > 1:
        return [thing(written(part, catalogue), part, at + run.index(part)) for part in parts]
    if found := catalogue.tail(run):
        before, one = found
        if len(before) > 1 and likeness(before) < LIKELY and _EACH.match(text, end) and text[:at].rstrip()[-1:] not in ("、", ",", "和"):
            return [thing(written(before, catalogue), before, at), thing(one, run[len(before) :], at + len(before))]
        if likeness(before) >= LIKELY:
            return [*word(before, at), thing(one, run[len(before) :], at + len(before))]
        return [thing(written(run, catalogue), run, at)] if len(before) <= 4 else word(run, at)
    if written(run, catalogue).kind in ("drug", "vague"):
        return [thing(written(run, catalogue), run, at)]
    return word(run, at)


def _several(run: str, catalogue: Catalogue) -> list[Thing] | None:
    """白菜土豆, 白菜和土豆: things and nothing else."""
    found: list[Thing] = []
    for part in _AND.split(run):
        things = catalogue.split(part)
        if not things:
            return None
        found += things
    return found


def _gas_verb(run: str, at: int, catalogue: Catalogue) -> list[Lexeme]:
    if run.endswith("换气") and (gas := catalogue.named("气")):
        return [Lexeme(Kind.THING, run, at, at + len(run), gas)]
    return []


def beside_picture(text: str, one: Lexeme) -> bool:
    """Whether a picture stands right beside the word."""
    before, after = text[: one.start].rstrip(" "), text[one.end :].lstrip(" ")
    return before.endswith(PICTURE) or after.startswith(PICTURE)


def glued(one: Lexeme, two: Lexeme) -> bool:
    """Whether nothing stands between the two."""
    return one.end == two.start


def far(text: str, one: Lexeme, two: Lexeme) -> bool:
    """Whether more than a space stands between the two."""
    return bool(set(text[one.end : two.start]) & set(f",;、。/|()\n{WIPED}{PICTURE}"))
