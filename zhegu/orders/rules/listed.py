"""What a list is about, by its title: the one thing it is for, whether it is medicine, in which order one writes. Pure."""

import re
from dataclasses import dataclass

from zhegu.orders.rules.catalogue import Catalogue, Thing
from zhegu.orders.rules.goods import offered
from zhegu.orders.rules.states import FEN_IN_A_YUAN

_FIELDS = {
    "grid": r"网格|组别|几组|小组|དྲ་མིག",
    "name": r"姓名|名字|户主|收货人|མིང",
    "door": r"门牌|房号|地址|楼号|几栋|楼栋|སྒོ",
    "quantity": r"瓶数|罐数|数量|份数|盒数|袋数|几瓶|几罐|箱数|斤数|个数|གྲངས",
    "phone": r"电话|手机|ཁ་པར",
}
_PRICE = re.compile(r"每\s?([瓶罐袋盒箱份斤桶提])\s?(\d+)(\.\d{1,2})?\s?(?:元|块)|(\d+)(\.\d{1,2})?\s?(?:元|块)\s?[/一每]\s?([瓶罐袋盒箱份斤桶提])")
_ABOUT = re.compile(r"(?:团购|拼团|接龙|登记|换|预订|订购|购买|买)\s*[:]?\s*([\u3400-\u9fff]{2,6}?)(?:团购|接龙|登记|报名|预订|统计|的|[,，:：;；。 (（]|每|$)|([\u3400-\u9fff]{2,5}?)(?:团购|接龙|登记|预订|报名|统计)")
_AND = re.compile(r"[\u3400-\u9fff]+[和及与、][\u3400-\u9fff]+")
_BARE = re.compile(r"(?:今天|明天|今日|明日)?(?![早午晚中]餐)([\u3400-\u9fff]{1,4}(?:餐|饭))(?:登记|预订|统计|报名|团购)?")
"""A list of meals is headed by the meal."""
_MEAL_IN_PORTIONS = re.compile(r"([早午晚中]餐)(?=.*份数)")
_HOW_TO_WRITE = re.compile(r"请[写填按]|格式|写清楚?|[写报登]\s*:")
"""空瓶贴好门牌。请写:网格 姓名 门牌: the order is told behind it."""
_NOT_A_THING = re.compile(r"药|菜|网格|姓名|小区|社区|物资|生活|今日|今天|明天|本周|周|商品|请|大家|报名|超市|东西|需求|团购|购|送|日$|[日月]")


@dataclass(frozen=True)
class Listed:
    """What one may take for granted in a list."""

    catalogue: Catalogue
    only: Thing | None = None
    medicine: bool = False
    order: tuple[str, ...] = ()
    price: int | None = None

    def is_drug(self, thing: Thing) -> bool:
        """Whether a strength must be known: a drug, or in a list of medicine anything that is no known other thing."""
        return thing.kind == "drug" or (self.medicine and not thing.kind and self.catalogue.named(thing.name) is None)


def _among_others(title: str, thing: Thing, catalogue: Catalogue) -> bool:
    """母婴用品和电话卡: the title names it as one of several things."""
    words = "|".join(re.escape(word) for word, named in catalogue.by_word.items() if named is thing)
    pairs = [hit[0] for hit in _AND.finditer(title) if not any(re.search(field, hit[0]) for field in _FIELDS.values() if field != _FIELDS["phone"])]
    return bool(re.search(rf"(?:{words})等", title)) or any(re.search(words, pair) for pair in pairs)


def listed(title: str, catalogue: Catalogue, samples: list[str]) -> Listed:
    """What the title says of all its entries; `samples` are the lines that show how to write."""
    goods = offered(title, catalogue)
    catalogue = catalogue.also(goods) if len(goods) > 1 else catalogue
    if len(goods) == 1 and catalogue.named(goods[0]) is None:
        catalogue = catalogue.also(goods)
    things = catalogue.inside(re.split(r"请[写填按]|格式", title)[0]) if title else []
    things = [thing for thing in things if not any(thing.name != word and thing.name in word for word in goods)]
    catalogue = catalogue.called(things) if len(things) > 1 else catalogue
    price = _PRICE.search(title)
    medicine = bool(re.search(r"药", title))
    only = things[0] if len(things) == 1 and not medicine and not _among_others(title, things[0], catalogue) else None
    if not things and not medicine and (named := _ABOUT.search(re.sub(r"\d+月\d+日|\s", "", title))):
        word = named[1] or named[2]
        unit = (price[1] or price[6]) if price else None
        only = None if _NOT_A_THING.search(word) or not unit else Thing(word, unit)
    if only is None and not things and (meal := _BARE.fullmatch(title.strip()) or _MEAL_IN_PORTIONS.search(title)):
        only = Thing(meal[1], "份")
    order = _order(_HOW_TO_WRITE.split(title)[-1]) or _order(title)
    return Listed(catalogue, only, medicine, order, int(price[2] or price[4]) if price else None)


def _order(words: str) -> tuple[str, ...]:
    """In which order one is asked to write; empty where fewer than three fields are named."""
    where = {name: hit.start() for name, form in _FIELDS.items() if (hit := re.search(form, words))}
    return tuple(sorted(where, key=where.__getitem__)) if len(where) > 2 else ()


def price_said(title: str) -> int | None:
    """Fen for one, where the title says it."""
    price = _PRICE.search(title)
    return round(float((price[2] or price[4]) + (price[3] or price[5] or "")) * FEN_IN_A_YUAN) if price else None
