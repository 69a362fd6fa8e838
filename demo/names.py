"""A stock of invented names: Tibetan ones of two elements, Chinese ones of a rare surname and one or two signs.

An element is a common Tibetan name word: its usual Hanzi, other Hanzi found for it, its Tibetan
spelling, its PRC pinyin, and whom it is mostly given to.
"""

from dataclasses import dataclass
from random import Random

TSHEG = "་"


@dataclass(frozen=True)
class Element:
    """One word of a Tibetan name; `given_to` is m, f or a (anyone); `end` may stand second."""

    zh: str
    others: tuple[str, ...]
    bo: str
    latin: str
    given_to: str = "a"
    end: bool = True


def _element(line: str) -> Element:
    zh, others, bo, latin, given_to, end = line.split()
    return Element(zh, tuple(o for o in others.split(",") if o != "-"), bo, latin, given_to, end == "end")


ELEMENTS = [
    _element(line)
    for line in """
扎西 札西 བཀྲ་ཤིས Zhaxi a end
次仁 泽仁,才仁 ཚེ་རིང Cering a end
卓玛 珠玛 སྒྲོལ་མ Zhoima f end
平措 彭措 ཕུན་ཚོགས Puncog m end
丹增 旦增,单增 བསྟན་འཛིན Dainzin m end
尼玛 - ཉི་མ Nyima a first
达瓦 达娃 ཟླ་བ Dawa a first
米玛 - མིག་དམར Migmar a first
拉巴 - ལྷག་པ Lhagba a first
普布 - ཕུར་བུ Purbu a first
巴桑 - པ་སངས Basang a first
边巴 - སྤེན་པ Bianba a first
多吉 多杰 རྡོ་རྗེ Doje m end
罗布 诺布 ནོར་བུ Norbu m end
白玛 班玛 པད་མ Baima a first
拉姆 拉毛 ལྷ་མོ Lhamo f end
洛桑 罗桑 བློ་བཟང Lobsang m first
格桑 噶桑 སྐལ་བཟང Gaisang a first
索朗 索南 བསོད་ནམས Soinam a first
坚参 坚赞 རྒྱལ་མཚན Gyaincain m end
阿旺 昂旺 ངག་དབང Ngawang m first
晋美 久美 འཇིགས་མེད Jigme m end
顿珠 东珠 དོན་གྲུབ Toinzhub m end
朗杰 南杰 རྣམ་རྒྱལ Namgyai m end
旺久 旺秋 དབང་ཕྱུག Wangqug m end
旺堆 - དབང་འདུས Wangdu m end
曲培 群培 ཆོས་འཕེལ Qoipe m end
曲扎 - ཆོས་གྲགས Qoizhag m end
欧珠 俄珠 དངོས་གྲུབ Ngoizhub m end
德吉 得吉 བདེ་སྐྱིད Degyi f end
央金 央坚 དབྱངས་ཅན Yanggyain f end
央吉 羊吉 གཡང་སྐྱིད Yanggyi f end
措姆 错姆 མཚོ་མོ Como f end
仁青 仁钦 རིན་ཆེན Rinqen a end
益西 意西 ཡེ་ཤེས Yexe a first
次成 崔成 ཚུལ་ཁྲིམས Cuchim m first
土登 图登 ཐུབ་བསྟན Tubdain m first
贡嘎 贡噶 ཀུན་དགའ Gungga a first
班觉 巴觉 དཔལ་འབྱོར Baijor m end
班丹 班旦 དཔལ་ལྡན Baidain m first
次旦 次丹 ཚེ་བརྟན Cedain a first
次旺 才旺 ཚེ་དབང Cewang m end
布赤 普赤 བུ་ཁྲིད Buchi f end
曲珍 却珍 ཆོས་སྒྲོན Qoizhoin f end
尼珍 - ཉི་སྒྲོན Nyizhoin f end
达珍 - ཟླ་སྒྲོན Dazhoin f end
赤列 称列 འཕྲིན་ལས Chinlai m end
桑姆 - ཟངས་མོ Sangmo f end
桑布 - བཟང་པོ Sangbo m end
""".strip().splitlines()
]

# Rare surnames and signs that seldom meet, so that a drawn name hardly ever belongs to someone.
SURNAMES = "卞祁佟尚阮邬栾鄢陶瞿芮闵郗宓晏"
SIGNS = "砚朔舟垚澜泓棠屿筠峪桉禾穗陌岑汀楚沅榆渡"


@dataclass(frozen=True)
class Name:
    """A person's name; `other` is another spelling of the same name, or '' where there is none."""

    zh: str
    other: str = ""
    bo: str = ""
    latin: str = ""


def tibetan(random: Random, sex: str) -> Name:
    """A name of two different elements that suits the sex (m or f); one in fourteen has one element."""
    fitting = [e for e in ELEMENTS if e.given_to in ("a", sex)]
    last = random.choice([e for e in fitting if e.end])
    if random.random() < 1 / 14:
        return _joined(random, [last])
    return _joined(random, [random.choice([e for e in fitting if e is not last]), last])


def _joined(random: Random, elements: list[Element]) -> Name:
    zh = "".join(e.zh for e in elements)
    other = "".join(random.choice(e.others) if e.others else e.zh for e in elements)
    bo = TSHEG.join(e.bo for e in elements)
    latin = " ".join(e.latin for e in elements)
    return Name(zh, other if other != zh else "", bo, latin)


def chinese(random: Random) -> Name:
    """A surname and one or two signs."""
    return Name(random.choice(SURNAMES) + "".join(random.sample(SIGNS, random.choice((1, 2, 2)))))


def nickname(random: Random, name: Name, born: int, year: int) -> str:
    """What neighbours call someone: old, big or little with the first element."""
    age = year - born
    prefix = "老" if age > 60 else random.choice(("大", "小")) if age < 40 else "阿"
    return prefix + name.zh[:2]
