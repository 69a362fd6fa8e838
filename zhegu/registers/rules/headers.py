"""What a header word means. Pure: the words are data (`data/header_words.tsv`), the judgement is here."""

import csv
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from zhegu.registers.rules.characters import even

WORDS = Path(__file__).resolve().parents[1] / "data" / "header_words.tsv"
SURE, LIKELY = 1.0, 0.6


class Role(StrEnum):
    """What a column holds."""

    SERIAL = "serial"
    GRID = "grid"
    UNIT = "unit"
    HOUSEHOLD_NO = "household_no"
    HEAD = "head"
    NAME = "name"
    NAME_BO = "name_bo"
    NICKNAME = "nickname"
    RELATION = "relation"
    SEX = "sex"
    ID = "id"
    ID_KIND = "id_kind"
    BIRTH = "birth"
    AGE = "age"
    PHONE = "phone"
    ADDRESS = "address"
    NOTE = "note"
    MEMBERS = "members"
    COUNT = "count"
    RESIDENCE = "residence"
    ORIGIN = "origin"
    ARRIVED = "arrived"
    OTHER = "other"
    UNKNOWN = "unknown"


WHO = frozenset({Role.NAME, Role.HEAD, Role.MEMBERS, Role.NAME_BO})
"""Without one of these a table is no list of people."""

TELLING = frozenset(Role) - {Role.UNKNOWN, Role.OTHER, Role.SERIAL, Role.COUNT}
"""Roles whose words make a row of cells a header."""


@dataclass(frozen=True)
class Meaning:
    """A role and how sure the word makes it (0..1)."""

    role: Role = Role.UNKNOWN
    sure: float = 0.0


_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_DROPPED = re.compile(r"[\s་༌།༎:*.,、;_\-—'\"]+")
_NOT_OURS = re.compile(
    r"网格员|网格长|联户长|监护人|联系人|负责人|干部|房东|填表|审核|村长|组长|医生|司机|单位|学校|工地|车|父亲|母亲"
    r"|双联户|班主任|老师|教师|介绍人|担保人|包保|包联|结对|驻村|村医|民警|雇主|包工头|带班|经理|配偶|开户|银行|有效期|签发|微信群|群名"
    r"|guardian|emergency|employer|worker|leader"
)
"""Words that say the cell is about someone or something else than the person of the row."""

_NAME_AND = re.compile(r"(?:姓名|名字|^户主)[及和与]?(?:联系|本人)?(?:电话|手机|方式|身份证|证件)")
"""户主姓名及联系电话: a name with a number after it in the same cell."""

_WHOLE = frozenset(["村民", "居民", "学生", "患者", "租客", "承租人", "从业人员", "人名", "家人", "户数"])
"""Words that mean something as a header alone, and nothing inside another word (居民类别, 学生人数)."""

_MEMBERS_AND = re.compile(r"(?:成员|家庭人[员口]|家人|子女|家属)[^\s]*[及和与](?!户主)")
"""家庭成员姓名及身份证号: what several people's facts stand in together. (Marks such as 、 are dropped before.)"""


def bare(word: object) -> str:
    """A header word as it is compared: half width, lower case, without spaces, tsheg and marks."""
    return _DROPPED.sub("", even(word).lower())


@cache
def header_words() -> dict[str, Role]:
    """Every known word → its role."""
    with WORDS.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {bare(word): Role(row["role"]) for row in rows for word in row["words"].split()}


@lru_cache(maxsize=20_000)
def meaning(word: str) -> Meaning:
    """What one header word means; a bilingual word means what its clearest part means."""
    whole = bare(word)
    if not whole or len(whole) > 40:
        return Meaning()
    if whole in header_words():
        return Meaning(header_words()[whole], SURE)
    if number := member_number(word):
        rest = whole[len(number) :]
        return meaning(rest) if rest else Meaning(Role.MEMBERS, SURE)
    found = [_part_meaning(part) for part in _parts(word)]
    return max(found, key=lambda m: m.sure, default=Meaning())


_MEMBER = re.compile(r"(?:家庭|户内)?(?:成员|人员)[\d一二三四五六七八九十]{1,2}|member\d{1,2}")


def member_number(word: str) -> str:
    """成员1 in 成员1, 成员1姓名, 家庭成员2身份证号; '' in other words."""
    found = _MEMBER.match(bare(word))
    return found[0] if found else ""


def _parts(word: str) -> list[str]:
    """The word without its brackets, each line, each language, each side of a slash."""
    text = even(word)
    unbracketed = _BRACKETS.sub("", text)
    pieces = [unbracketed, *re.split(r"[\n/|]+", unbracketed)]
    pieces += re.findall(r"[\u3400-\u9fff]+", unbracketed)
    pieces += ["".join(re.findall(r"[\u0f00-\u0fff]+", unbracketed))]
    pieces += re.findall(r"[a-zA-Z][a-zA-Z .]+", unbracketed)
    return [piece for piece in dict.fromkeys(map(bare, pieces)) if piece]


def _part_meaning(part: str) -> Meaning:
    known = header_words().get(part)
    if known:
        return Meaning(known, 0.95)
    if _MEMBERS_AND.search(part):
        return Meaning(Role.MEMBERS, LIKELY)
    if _NAME_AND.search(part) and not _NOT_OURS.search(part):
        return Meaning(Role.NAME, LIKELY)
    if _NOT_OURS.search(part):
        return Meaning(Role.OTHER, LIKELY)
    hits = [(len(word), word) for word in header_words() if len(word) > 1 and word in part and word not in _WHOLE]
    if not hits or not re.search(r"[^\x00-\x7f]", part):
        return Meaning()
    length, word = max(hits, key=lambda hit: (part.endswith(hit[1]), hit[0]))
    return Meaning(header_words()[word], LIKELY * min(1.0, 0.5 + length / len(part)))


def is_about_head(words: tuple[str, ...]) -> bool:
    """Whether a column's words (from the top level down) are the household head's: 户主电话, 户主 › 姓名."""
    return any(re.search(r"(?<!是否)(?<!否为)(?<!是不是)户主(?![的之]?关系)|ཁྱིམ་?བདག(?!་?དང)|householdhead|headof|^head", bare_keeping_tsheg(w)) for w in words)


def bare_keeping_tsheg(word: str) -> str:
    return re.sub(r"[\s:*]+", "", even(word).lower())


def speaks_of_months(word: str) -> bool:
    """出生年月: the column holds year and month by its nature."""
    return bool(re.search(r"年月(?!日)", bare(word)))
