"""Which word of a line is the person's name, and which only a chat nickname. Pure."""

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache

from zhegu.orders.rules.catalogue import everyday

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗桂全佟应臧闵苟邬边卞姬栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝封匡鞠惠荆冀胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘伊仝区郜阚朴丰扈晁芮都普阙浦戈伏鹿薄邸羊邰洪赖郁翁阎訾昝裘宣杭诸钮嵇羿汲隗宓郗仰仇厉戎祖韶蓟屠莘逄扶宰郦雍濮寿瞿茹习宦暨衡弘禄蔚夔厍蒯竺桓晋亓逯谯侍蓝闾缑匙蒿郄瞿檀缪赫"
)
_TWO_LETTER = ("欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "司徒", "夏侯", "东方", "令狐", "宇文", "长孙", "端木")
TIBETAN_SOUNDS = frozenset(
    "扎西次仁卓玛平措彭旦增丹尼达瓦娃米拉巴普布桑边多吉杰罗诺白贝央金姆毛格尕噶索朗南仓曲珍宗旺堆顿珠云加久美晋坚参赞列赤嘎贡觉洛强班典培益希仲土登阿德色朵热琼吾其如青欧伦斯塔尔群穷啦木迪追振郎卡嘛曼拥泽称初臣才让项秀东周万楞日俄松措藏本巴仓增珠泽单旺朗吉康鲁果觉顶荣确江村成林勒占夏茸措绒仓久罗绕登真尊白若嘉华毛贡秋措姐英俊桑木旦尕藏智化知哇贝雍忠琪宁吐彩云乃乌旭恩烈月丁朋贵喜慈萨麦洼宜甲帕庆修昂敦嫫孜兹佐却冲陀腾崩苯俄勉尺占永玉"
)
_ELEMENTS = [
    "扎西", "次仁", "卓玛", "平措", "丹增", "旦增", "尼玛", "达瓦", "米玛", "拉巴", "普布", "巴桑", "边巴", "多吉", "罗布", "白玛", "拉姆", "洛桑", "格桑", "索朗", "央金", "曲珍", "旺堆", "顿珠", "坚参", "贡觉", "赤列", "班觉", "培", "益西", "土登", "阿旺", "德吉", "桑姆", "措姆", "次旦", "次旺", "晋美", "旺久", "贡嘎", "贡桑", "尼珍", "嘎瓦", "桑布", "桑珠", "仁青", "仁增", "曲培", "曲扎", "朗杰", "吉巴", "班丹", "央吉", "达珍", "欧珠", "木迪", "次拉姆", "多布杰", "强巴", "加措", "嘉措", "群培", "云丹", "色珍", "珠扎", "琼达", "卓嘎", "伦珠", "洛追", "热旦", "旦巴", "单增", "泽仁", "才让", "卓尕", "央宗", "白珍", "仓决", "曲宗", "曲吉", "旺姆", "其美", "吉美", "久美", "慈仁", "雍措", "拥措", "桑吉", "索南", "拉毛", "才旦", "多杰", "尕藏", "南杰", "彭措", "曲桑", "扎巴", "格列", "土旦", "旺扎", "旺加", "米久", "旦真",
    "札西", "策仁", "尼马", "哈巴", "拉珀", "扑布", "道吉", "拉莫", "锁南", "尖参", "昂汪", "端珠", "顿主", "囊杰", "得吉", "德几", "样金", "错姆", "仁钦", "意西", "也西", "图登", "堪卓", "更尕", "根嘎", "根桑", "更桑", "次王", "布扯", "官却", "公却", "依辛",
    "梅朵", "索娜", "格来", "更登", "根敦", "赤来", "慈诚", "四郎", "四朗", "志玛", "泽翁", "呷玛", "昂翁", "亚珍", "热地", "念扎",
]  # fmt: skip
_NICK = re.compile(
    r"(?:妈妈|爸爸|奶奶|爷爷|姥姥|宝妈|麻麻|粑粑|宝宝|宝贝|妈咪|[a-z0-9]|哈达|藏香|雪山|花开|花儿|平安|加油|向阳|阳光|微笑|快乐|幸福|岁月|静好|安好|如意|随缘|人生|天空|蓝天|白云|"
    r"小雨点|星星|月亮|太阳|彩虹|暖阳|清风|晴天|雨后|春天|夏天|秋天|冬天|梦想|追梦|自由|飞翔|沉默|回忆|时光|故乡|草原|高原|格桑花|雪莲|牦牛|青稞|酥油|大海|海阔|心静|淡然|知足|常乐|"
    r"老师|师傅|老板|快递|超市|修车|团长|群主|群友|业主|小店|的家|你好|世界|都行|也行|都可以|也可以|第[一二三四五六七八九十]|后面|前面|旁边|对面|隔壁|楼上|楼下|附近|门口|学校|医院|小区|^扎西德勒$|[爸妈]$|^风$|^雨$|^云$|^海$|^梦$|^雪$|^花$|^光$|^.$)",
    re.IGNORECASE,
)
_KIN = re.compile(r"(?:阿姨|大爷|大妈|叔叔|叔|婶|老师|大叔|先生|女士|师傅|嫂子|嫂|哥|姐|爷爷|奶奶|婆婆|阿佳|大哥|大姐|家)$")
_GOODS = re.compile(r".[馅肉菜粉汁酱饼糕酒汤串丸奶纸膏皂袜锅碗盆炭煤粪料烫饭餐]$|^[牛羊猪鸡鸭鱼].?[舌肚肝蹄尾骨筋排腿翅爪杂头血心肠]$")
"""牛肉馅, 高粱酒, 石榴汁: begins like a surname and is none."""
_OLD = re.compile(r"(?:阿妈|阿爸|阿佳|爷爷|奶奶|大爷|大妈|大叔|老师|医生|书记)$")
"""Behind a name said with respect: 白玛阿妈."""
_HAN_WORD = re.compile(r"[\u3400-\u9fff·]{2,12}")
_POINTED = re.compile(r"[\u3400-\u9fff]{2,6}(?:·[\u3400-\u9fff]{2,6}){1,2}")
"""A given name and a father's name: 买买提·艾力."""
_HAN_ONE = re.compile(r"[\u3400-\u9fff]")
_TIBETAN = re.compile(r"[\u0f40-\u0fbc་ ]{3,60}")
_LATIN = re.compile(r"[A-Z][a-z]{1,14}(?: [A-Z][a-z]{1,14}){1,3}")
SURE, LIKELY, PERHAPS = 3, 2, 1


@lru_cache(maxsize=1 << 13)
def likeness(word: str) -> int:
    """How much a word is like a person's name: SURE, LIKELY, PERHAPS, or 0."""
    word = word.strip("་། ")
    if _TIBETAN.fullmatch(word) or _LATIN.fullmatch(word):
        return LIKELY
    if not _HAN_WORD.fullmatch(word) or everyday().split(word):
        return 0
    if word[-1] in "的了吗吧呢啊哦" or _GOODS.search(word) or (len(word) > 2 and word[1] != "子" and everyday().named(word[:2])):
        return 0
    if (old := _OLD.search(word)) and old.start() > 1 and _of_elements(word[: old.start()]):
        return PERHAPS
    if _NICK.search(word):
        return PERHAPS if word[0] in SURNAMES and _KIN.search(word) and len(word) <= 4 else 0
    if len(word) == 2 and word[0] == word[1]:
        return PERHAPS
    if _POINTED.fullmatch(word) or (len(word) >= 2 and _of_elements(word)):
        return SURE
    family = 2 if word[:2] in _TWO_LETTER else 1 if word[0] in SURNAMES else 0
    if family and (len(word) - family in (1, 2)):
        return LIKELY if _KIN.search(word) else SURE
    if all(letter in TIBETAN_SOUNDS for letter in word) and len(word) <= 8:
        return LIKELY
    return PERHAPS if len(word) <= 5 else 0


@lru_cache(maxsize=1 << 12)
def _of_elements(word: str) -> bool:
    return not word or any(word.startswith(one) and _of_elements(word[len(one) :]) for one in _ELEMENTS)


def is_half(word: str) -> bool:
    """Whether the word is one element of a Tibetan name, which may have been cut in two (扎西 旺堆)."""
    return word in _ELEMENTS


def of_the_house(name: str | None) -> str | None:
    """占堆家 is 占堆's."""
    return name[:-1] if name and name[-1] == "家" and likeness(name[:-1]) >= LIKELY else name


@dataclass(frozen=True)
class Word:
    """A word that nothing else explains. `nick`: a picture stood right beside it."""

    text: str
    start: int
    end: int
    beside_picture: bool = False
    labelled: bool = False
    before_a_thing: bool = False
    """Written together with a thing: 伊利纯牛奶. A name only where there is no other."""


@dataclass(frozen=True)
class Chosen:
    """Who signed up, and the words that belong to that."""

    name: str | None
    used: tuple[Word, ...] = ()
    doubtful: bool = False
    several: bool = False


def choose(words: list[Word]) -> Chosen:
    """The person's name among the words: the likeliest; of equals the later, since a nickname stands in front."""
    words = _joined(words)
    if labelled := [word for word in words if word.labelled]:
        return Chosen(labelled[0].text, (labelled[0],))
    apart = [word for word in words if not word.before_a_thing and likeness(word.text) >= LIKELY]
    words = apart or words
    ranked = [(likeness(word.text) - (1 if word.beside_picture and len(words) > 1 else 0), word) for word in words]
    if not ranked:
        return Chosen(None)
    best = max(rank for rank, _ in ranked)
    if best <= 0:
        return Chosen(None)
    equals = [word for rank, word in ranked if rank == best]
    if best < LIKELY and (equals[0].beside_picture or len(equals) > 1):
        return Chosen(None, doubtful=True)
    chosen = equals[-1]
    several = len(equals) > 1 and best == SURE and len({word.text for word in equals}) > 1
    return Chosen(chosen.text, (chosen,), best < LIKELY or several, several)


def _joined(words: list[Word]) -> list[Word]:
    """Two halves of one Tibetan name with only a space between them, put together."""
    whole = [word for word in words if likeness(word.text) >= SURE and not is_half(word.text)]
    if whole:
        return words
    for one, two in itertools.pairwise(words):
        if is_half(one.text) and is_half(two.text) and two.start - one.end <= 1:
            both = Word(one.text + two.text, one.start, two.end)
            return [both if word is one else word for word in words if word is not two]
    return words
