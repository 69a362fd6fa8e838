"""What a header says, without how it is written: spaces, brackets, units, numbering, a second language."""

import re
import unicodedata
from functools import lru_cache

MOST_WORDS = 20_000
"""Words looked at once are not looked at again: the dictionary alone has some thousands."""
HAN = re.compile(r"[\u3400-\u9fff]")
TIBETAN = re.compile(r"[\u0f00-\u0fff]+")
CIRCLED = re.compile(r"[\u2460-\u24ff\u2776-\u2793*＊※★☆▲△●○◆■□√]")
SPACES = re.compile(r"[\s\u00a0\u200b-\u200f\ufeff_]+")
NUMBERING = re.compile(r"^(?:第?[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]?\d{1,2}(?:[)）、．]|\.(?!\d)))")
BRACKETS = re.compile(r"[(（\[【〔{][^()（）\[\]【】〔〕{}]*[)）\]】〕}]")
UNITS = re.compile(
    r"^(?:单位:)?(?:人|户|管|支|份|次|人次|户次|个|名|天|周|岁|周岁|升|l|%|％|辆|辆次|车次|罐|瓶|套|只|件|元|万元|平方米|㎡|m2|m²|张|场|场次|"
    r"单|条|例|项|℃|mg/l|必填|选填|如有|可不填|签字|盖章|签名|公章|people|persons|households)+$"
)
OF_WHICH = re.compile(r"^(?:其中|其它?中|含|包括)[:,、]?")
SUFFIXES = re.compile(
    r"(?:总人数|人员数量|人员总数|人员数|人口数|人数|人次数|人次|户数|件数|起数|数量|总数|总量|情况|人员|合计|小计|数|总计|名称)$"
)
PREFIXES = re.compile(r"^(?:截至目前|截止目前|截至当前|目前|今日|本日|当日|当天|本轮|本次|此轮|本网格|该网格|网格内|辖区内?|本社区|社区|现)")
MARKS = ":;,.\u3002\u3001/|\u00b7\u2014 "
ENDS = ":\uff1a "
GENERIC = frozenset({
    "小计", "合计", "人数", "数量", "总数", "计", "数", "总计", "共计", "人", "户", "名", "总人数", "数值", "数据", "内容", "情况", "total",
})  # fmt: skip
PERIODS = frozenset({"今日", "当日", "本日", "昨日", "累计", "本周", "本月", "目前", "当前", "新增", "现有", "其他", "其它"})
"""Words that say when; alone they come near every header that holds them."""
NAMES = frozenset({"姓名", "名字", "人员姓名", "name", "མིང"})
"""Under somebody (责任人) the header means them, not whom the row is about."""
KINDS = (
    ("sign", r"签字|签名|盖章|意见|公章|签收"), ("phone", r"电话|手机|联系方式|号码"), ("rate", r"率|比例|占比|百分比"),
    ("time", r"时间|日期|时点|期|时刻|日"), ("place", r"地址|住址|地点|地区|地|址|点|处|医院|区域"), ("why", r"原因|事由|理由"),
    ("unit", r"单位|部门|机构"), ("person", r"责任人|联系人|监护人|负责人|经办人|签收人|长|干部|医生|司机|领导"),
)  # fmt: skip


@lru_cache(MOST_WORDS)
def plain(words: str) -> str:
    """A header in one form: no spaces, marks, numbering, or second language beside Chinese; lower case."""
    said = CIRCLED.sub("", words)
    said = unicodedata.normalize("NFKC", said).casefold()
    if HAN.search(said):
        said = TIBETAN.sub("", said)
        said = _without_english(said)
        said = SPACES.sub("", said)
    else:
        said = SPACES.sub(" ", said).strip()
        said = said.strip("་།༎ ")
    said = said.strip(MARKS)
    return NUMBERING.sub("", said) or said


def _without_english(said: str) -> str:
    """English words after the Chinese go; letters inside it (m2, ID) stay when they carry the meaning."""
    return re.sub(r"(?<=[\u3400-\u9fff)）\s])[\s/]*[a-z][a-z .'\-/]{2,}$", "", said)


def spoken(words: str) -> list[str]:
    """The ways to read a header: without what stands in brackets, with it, and the brackets alone."""
    whole = plain(words)
    inside = [plain(found[1:-1]) for found in BRACKETS.findall(whole)]
    told = [part for part in inside if part and not UNITS.match(part)]
    bare = plain(BRACKETS.sub("", whole))
    bare = re.sub(r"[%％]$", "", bare) or bare
    found = [bare] if bare else []
    if told and bare:
        found += [bare + "".join(told)]
    if told and not bare:
        found += told
    if whole not in found:
        found.append(whole)
    return [one for one in found if one]


def in_brackets(words: str) -> str:
    """What stands in a header's brackets, units too; empty where nothing does."""
    return "".join(plain(found[1:-1]) for found in BRACKETS.findall(plain(words)))


@lru_cache(MOST_WORDS)
def core(words: str) -> str:
    """The header without words that only say it is a count, or of today."""
    said = words
    for _ in range(2):
        shorter = SUFFIXES.sub("", said)
        if len(shorter) >= 2:
            said = shorter
        shorter = PREFIXES.sub("", said)
        if len(shorter) >= 2:
            said = shorter
    return said


COUNTED = (("户", r"(?:户|家庭)(?:数量?|总数|次)?$"), ("人", r"(?:人|人口|人员)(?:数量?|总数|次数?)?$"))


def counted(words: str) -> str:
    """What a header says it counts, households or people; empty where it does not say."""
    return next((name for name, pattern in COUNTED if re.search(pattern, words)), "")


FOLDS = tuple((re.compile(pattern), put) for pattern, put in (
    (r"人员数量|人员总数|总人数|人次数|人数|人员|人次|情况|总数|数量|合计|的|所|了", ""),
    (r"今日|本日|当日|当天|日(?=新增|解除)", "今"),
    (r"目前|当前|现有|正在|尚在|实有", "在"),
    (r"核酸检测|核酸采样|采样检测|参检|检测|筛查|采集|核酸", "采样"),
    (r"采样", "采"),
    (r"居家健康监测|居家医学观察|居家隔离|健康监测|医学观察|居家监测|隔离管控|管控|隔离|监测", "隔"),
    (r"日期|时间|时刻|时点", "时"),
    (r"起始|开始|起(?=时|$)", "起"),
    (r"截止|截至|结束|终止|期满|止(?=时|$)", "止"),
    (r"居住地址|家庭住址|居住地|住址|地址|住所", "址"),
    (r"药品|药物|药量", "药"),
    (r"手机号码|手机号|联系方式|联系电话|电话号码|手机", "电话"),
    (r"返藏|返乡|返村|返回|来藏|入藏|抵藏|抵返|来返", "返"),
    (r"抵达|到达|抵", "到"),
    (r"[或及和与、/]", ""),
    (r"^(?:村居?|社区|片区?|辖区|所属|所在|责任|管辖|辖|属|居民|乡镇|包保|基层|综合|专属|各|微){1,3}(?=网格)", ""),
))  # fmt: skip
"""Words that say the same on such forms, each in one way: 今日解除隔离人数 and 当日解除管控 are one header."""


@lru_cache(MOST_WORDS)
def fold(words: str) -> str:
    """A header with the words for the same thing said in one way."""
    for pattern, put in FOLDS:
        words = pattern.sub(put, words)
    return words


@lru_cache(MOST_WORDS)
def kind(words: str) -> str:
    """What sort of thing a header names by its last word: a time, a place, a phone, a signature …"""
    for name, pattern in KINDS:
        if re.search(rf"(?:{pattern})$", words):
            return name
    return ""


@lru_cache(MOST_WORDS)
def bigrams(words: str) -> frozenset[str]:
    return frozenset(words[at : at + 2] for at in range(len(words) - 1))


def seen(words: str) -> str:
    """A header as a person reads it out: line breaks and spread letters closed up."""
    said = SPACES.sub(" ", words).strip()
    return re.sub(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", said).strip(ENDS)
