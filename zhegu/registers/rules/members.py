"""The members of a household written into one cell: 扎西(户主,5405…,139…)、卓玛(妻). Pure."""

import re
from dataclasses import dataclass, field
from typing import Any

from zhegu.registers.rules.births import looks_like_birth
from zhegu.registers.rules.characters import says_nothing
from zhegu.registers.rules.ids import read_id
from zhegu.registers.rules.members_text import evened
from zhegu.registers.rules.names import is_known, looks_like_name, normal, tidy_name
from zhegu.registers.rules.phones import read_phone
from zhegu.registers.rules.relations import is_relation

_OPEN, _CLOSE = "([<{", ")]>}"
_STRONG = re.compile(r"[\n;]+")
_WEAK = re.compile(r"[、,，|/]+|།(?=\s|$)|།\s*")
_PARTED = re.compile(r"[、,，;；|\n]|[)）]\s*[\u3400-\u9fff\u0f40-\u0fbc]")
_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,2}[.、)]\s*|[①-⑳]\s*)")
_SEXES = ("男", "女")
_NOBODY_ELSE = frozenset(["独居", "单身", "一人", "单人", "独户", "一人户", "单身户", "孤寡", "孤身", "仅本人", "只有本人", "仅户主"])
_CHILDREN = re.compile(r"子|女|儿子|女儿|子女|孙|孙子|孙女|孙子女|外孙|外孙女|兄弟|姐妹|兄弟姐妹|父母|孩子|བུ|བུ་མོ")
_TOKENS = re.compile(r"[,，、;；|\s:]+")

@dataclass
class Member:
    """One person as the cell tells it; raw texts, read like the columns of those names."""

    name: str
    relation: str = ""
    id: str | None = None
    phone: str | None = None
    birth: str | None = None
    sex: str = ""
    note: list[str] = field(default_factory=list)


def _outside_brackets(text: str, marks: re.Pattern[str]) -> list[str]:
    """Split at marks that stand outside every bracket."""
    hidden, depth = [], 0
    for c in text:
        depth += (c in _OPEN) - (c in _CLOSE and depth > 0)
        hidden.append("\0" if depth and not (c in _OPEN and depth == 1) else c)
    flat, found, last = "".join(hidden), [], 0
    for hit in marks.finditer(flat):
        found.append(text[last : hit.start()])
        last = hit.end()
    return [piece.strip() for piece in [*found, text[last:]] if piece.strip()]


def pieces(value: Any) -> list[str]:
    """The cell's people, one text each."""
    text = evened(value)
    found = _outside_brackets(text, _STRONG)
    if len(found) < 2 or any(_names_only(piece) for piece in found):
        found = [part for piece in found for part in _by_commas(piece)]
    if len(found) == 1:
        found = _by_spaces(found[0])
    return [_NUMBERED.sub("", piece) for piece in found]


def _names_only(piece: str) -> bool:
    parts = _outside_brackets(piece, _WEAK)
    return len(parts) > 1 and all(_leading_name(part) for part in parts)


def _by_commas(piece: str) -> list[str]:
    """Split at 、 and commas, unless they only part the facts about one person (卓玛,妻,139…)."""
    parts = _outside_brackets(piece, _WEAK)
    relation_first = bool(parts) and bool(_name_after_relation(parts[0]))
    parts = _several_children(parts)
    people: list[str] = []
    for part in parts:
        if people and not _leading_name(part) and not (relation_first and _name_after_relation(part)):
            people[-1] += " " + part
        else:
            people.append(part)
    return people


def _several_children(parts: list[str]) -> list[str]:
    """子：旦增、平措 are two sons; the word is written once."""
    label = parts[0].partition(":")[0].strip() if parts and ":" in parts[0] else ""
    if not is_relation(label) or not _CHILDREN.fullmatch(label):
        return parts
    bare = [looks_like_name(part) and not is_relation(part) for part in parts[1:]]
    return [parts[0], *(f"{label}:{p}" if plain else p for p, plain in zip(parts[1:], bare, strict=True))]


def _leading_name(part: str) -> str:
    """The name a piece begins with, or ''."""
    text = _NUMBERED.sub("", part)
    head = re.split(r"[(\[<{]", text, maxsplit=1)[0].strip()
    label, _, after = head.partition(":")
    if after and is_relation(label):
        head = after.strip()
    head = _WEAK.split(head, maxsplit=1)[0].strip()
    word = head if head.isascii() else re.split(r"[\s:]", head, maxsplit=1)[0]
    if is_relation(word) or says_nothing(word):
        return ""
    return word if looks_like_name(word) or _one_letter(word) else ""


def _name_after_relation(part: str) -> str:
    """卓玛 in 妻 卓玛, 妻-卓玛, 1.妻 卓玛 1990-05-12; '' where no relation stands first."""
    words = re.split(r"[\s:\-]+", re.split(r"[(\[<{]", _NUMBERED.sub("", part), maxsplit=1)[0].strip())
    if len(words) < 2 or not is_relation(words[0]) or is_relation(words[1]):
        return ""
    return words[1] if looks_like_name(words[1]) and not says_nothing(words[1]) else ""


def _one_letter(word: str) -> bool:
    return len(normal(word)) == 1 and bool(re.match(r"[\u3400-\u9fff\u0f40-\u0fbc]", word))


def _by_spaces(piece: str) -> list[str]:
    """扎西 卓玛 次仁: names parted by spaces (never a Latin name, never facts about one person)."""
    parts = _outside_brackets(piece, re.compile(r"\s+"))
    glued: list[str] = []
    for part in parts:
        if glued and part[0] in _OPEN:
            glued[-1] += part
        else:
            glued.append(part)
    two_scripts = re.search(r"[\u3400-\u9fff]", piece) and re.search(r"[\u0f40-\u0fbc]", piece)
    if len(glued) < 2 or two_scripts or any(part.isascii() for part in glued):
        return [piece]
    if pairs := _pairs(glued):
        return pairs
    whole = all(len(normal(re.split(r"[(\[<{]", part)[0])) > 1 for part in glued)
    return glued if whole and all(_leading_name(part) for part in glued) else [piece]


def _pairs(words: list[str]) -> list[str]:
    """妻 卓玛 子 扎西, or 卓玛 妻 扎西 子: a relation beside every name."""
    if len(words) < 4 or len(words) % 2:
        return []
    for names, relations in ((words[1::2], words[::2]), (words[::2], words[1::2])):
        if all(map(is_relation, relations)) and all(looks_like_name(n) and not is_relation(n) for n in names):
            return [f"{name} {relation}" for name, relation in zip(names, relations, strict=True)]
    return []


def lists_people(value: Any, by_spaces: bool = True) -> bool:
    """Whether a cell names several people. `by_spaces`: a space alone may part them (not in a name column,
    where some write 扎西 多吉 for one person)."""
    if not isinstance(value, str) or re.fullmatch(r"[\d\s.人口]+", value):
        return False
    found = pieces(value)
    if len(found) < 2 or (not by_spaces and not _PARTED.search(value.strip())):
        return False
    return sum(bool(_leading_name(piece) or _name_after_relation(piece)) for piece in found) * 2 > len(found)


def read_members(value: Any) -> list[Member]:
    """Everyone the cell names, in its order; pieces without a name are left out."""
    found = map(_member, pieces(value))
    return [m for m in found if not (says_nothing(m.name) or is_relation(m.name) or m.name in _NOBODY_ELSE)]


def _member(piece: str) -> Member:
    head, *rest = re.split(r"[(\[<{]", piece, maxsplit=1)
    inside = re.sub(r"[)\]>}]", " ", rest[0]) if rest else ""
    label, _, after = head.partition(":")
    relation = ""
    if after and is_relation(label.strip()):
        relation, head = label.strip(), after
    words = [part.strip() for part in _WEAK.split(head) if part.strip()]
    words = [w for part in words for w in ([part] if part.isascii() and not re.search(r"\d", part) else part.split())]
    words.sort(key=lambda word: bool(re.search(r"\d{7}", word)))  # 5405… 扎西 户主: the name is the first word that is none
    member = Member(tidy_name(words[0]) if words else "", relation)
    if is_relation(member.name) and len(words) > 1:
        member.relation, member.name, words = words[0], tidy_name(words[1]), words[1:]
    if not member.relation:
        member.relation, member.name = split_relation(member.name)
    tokens = [*words[1:], *[t for t in _TOKENS.split(inside) if t]]
    for token in sorted(tokens, key=lambda t: t in _SEXES):  # (女,35岁,妻): with another relation, 女 is the sex
        _take(member, token)
    return member


def split_relation(name: str) -> tuple[str, str]:
    """妻卓玛 → 妻, 卓玛, where the whole is no known name; after 妻 or 子 alone only what is a known name."""
    for size in (3, 2, 1):
        head, rest = name[:size], name[size:]
        if is_relation(head) and len(rest) > 1 and (size > 1 or is_known(rest)) and not is_known(name):
            return head, rest
    return "", name


def _take(member: Member, token: str) -> None:
    """Puts one fact where it belongs; what fits nowhere is a remark."""
    if is_relation(token) and not member.relation:
        member.relation = token
    elif token in _SEXES and not member.sex:
        member.sex = token
    elif member.phone is None and read_phone(token).numbers:
        member.phone = token
    elif member.birth is None and looks_like_birth(token):
        member.birth = token
    elif member.id is None and (says_nothing(token) or read_id(token).valid or re.search(r"\d{15,}|\dE\+", token.upper())):
        member.id = token
    elif (member.phone is None and re.fullmatch(r"[\d\-]{7,14}", token)) or (member.phone is None and says_nothing(token)):
        member.phone = token
    else:
        member.note.append(token)
