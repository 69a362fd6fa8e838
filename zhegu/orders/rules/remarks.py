"""Remarks in a line: what only goes to the note, what cancels, what changes the order. Pure."""

import re

from zhegu.orders.rules.catalogue import Catalogue, Thing
from zhegu.orders.rules.signup import Doubt, Entry
from zhegu.orders.rules.slate import WIPED, Slate

_N = r"[\d一二两三四五六七八九十半几]+"
_SOME = rf"[^,;、。/|()\s{WIPED}]"
_NOT = rf"[^,;、。/|()\s\d{WIPED}]"
_BEGINS = rf"(?:(?<=[\s,;、。/|(){WIPED}])|^)"
_WHO = r"(?:子女|儿子|女儿|孩子|社区|村委会?|居委会?|网格员|家属|本人|自己|老人|公司|单位|政府|亲戚|邻居|志愿者|丈夫|老公|老婆|妻子|爸爸?|妈妈?|弟弟|妹妹|哥哥|姐姐|我|先|帮|来|会)"
_THANKED = "村长|队长|组长|楼长|栋长|书记|主任|老板娘?|店家|邻居们?|姐姐?|哥哥?|阿佳|阿姨|老师|医生|亲们?"
_FRAIL = r"(?!(?:婴儿|儿童|孕妇)(?:[米奶]粉|牛奶|面条?|湿巾|用品|口罩|牙[膏刷]|退|感冒))(?:孕妇|怀孕|哺乳期?|老人|小孩子?|孩子|宝宝|婴儿|残疾人?|独居|行动不便|(?:高血压|糖尿病)(?!药)|坐月子|儿童)"
CANCEL = (
    r"མི་དགོས|དགོས་མེད|མི་ཉོ|取消(?!\s*(?:\d|[一二两三半]\S*[瓶斤罐袋盒箱]))|不要了|不用了|退出接龙|退出|不需要(?=[\s,;。!了]|$)|(?:暂时|暂且|暂|先|今天|这次|本次)不[要用换](?=[\s,;。!了]|$)|不(?:用|需要?|想|再|必)?(?:要|换|买|订|报|登|拿|领|吃|去)了|不(?:用|需要?)(?:买|订|报|登)(?=[\s,;、。!]|\d|$)|撤回|撤销|作废|退单|退掉|删掉|删除|"
    r"已经?买[到了]+了?|已经?在[\u3400-\u9fff]{1,6}买[到了]+|买到了|已经?有了|已经?退了?|(?<![就也])算了"
)
CANCELS = re.compile(rf"\(?(?:已|先|请|帮忙|麻烦)?(?:{CANCEL})(?:吧|哈|哦|啊|谢谢|了)?\)?")
PARTLY = re.compile(rf"(?:取消|少要|减|退)\s*{_N}\s*\S")
NOT_CANCELLED = re.compile(r"(?:不|没|未|别|先不)取消")
AGAIN = re.compile(r"又要|还是要|还要(?!不要)|重新(?:要|报|登|换)|再要|恢复|又想要")
SAME_AS = re.compile(r"[跟和按同]\s*\d[\d-]*\s*[号室]?家?的?一样的?|同上|同前|照旧|照上|གོང་?(?:དང་?འདྲ|མཚུངས)[\u0f0b\u0f40-\u0fbc]*|老样子|一样(?:的)?|同楼上|[跟和按同](?:上次|上回|楼上|上面|前面|昨天|以前)\S*|同\s*\d+\s*号|同\s*\d+-\d[\d-]*|\+1|我也是")

CONDITION = re.compile(
    r"(?:如果|要是|假如|万一|实在|若)" + _SOME + r"+|没有?(?:的话|了|货)?(?:就|换|不要|要)" + _SOME + r"+|(?:哪种|什么|谁家|怎么)?(?:都行|都可以|均可|也行|也可以|也可)|最好" + _SOME + r"+|(?:便宜|贵)(?:的|点|些|一点|了|就|也)" + _SOME + r"{0,4}"
    r"|(?:不要|不放|别放|别要|不加|少放|多放)(?![了换别钱])[\u3400-\u9fff]{1,5}|要?(?:稍微?|多|少|尽量)?[挑选]?(?:瘦|肥|大|小|嫩|老|新鲜|厚|薄|甜|辣|淡|咸|熟|生|硬|软)(?:一?点儿?|一?些)的?"
    r"|(?:多|少|不)?[加放](?:醋|辣椒?|糖|蒜|葱|姜|香菜)(?=[\s,;、。()]|$)"
    rf"|(?<=[,、;\s])(?:其中)?[\d一二两三四]+[份碗个盒](?:不要|不放|不加|少放|多放|微辣|不辣|要辣){_SOME}*"
    rf"|(?<=[,、;\s{WIPED}瓶罐箱袋份])(?:其中)?{_N}[瓶罐箱袋份盒桶件](?:是?给|送给|是){_SOME}*|要?[大小](?:瓶|罐)(?:\d+(?:公斤|kg|斤))?的|{_BEGINS}[剁切绞去带](?:[小大]?[块片丝丁段馅碎皮]|骨头?|筋)(?=[\s,;、。()]|$)|分(?:成|开|为)?{_N}[袋份包]装?"
    r"|(?:能不能|可不可以|能否|可否)" + _SOME + r"+"
)
KEPT = re.compile(
    "|".join(
        (
            rf"(?:一日|每日|每天|一天|日|早晚|每晚|每早|睡前){_SOME}{{0,3}}?(?:次|片|粒)(?:[,、 ]?(?:一次|每次|各){_SOME}{{0,2}}(?:片|粒|支|袋|包|颗|丸|mg|ml|g|次))?",
            rf"(?:一次|每次){_N}(?:片|粒|支|袋|包|颗|丸|mg|ml|g)",
            rf"(?:只|还|仅|就)?(?:剩|够吃|够用|能吃)(?:下|了)?{_N}(?:天|片|粒|顿|盒|瓶)(?:的?药|的?量|的)?了?|(?:早上|早晨|中午|晚上|早晚|睡前|饭前|饭后)(?:各)?(?:吃)?{_N}(?:片|粒|颗|丸|支)|(?:今天|明天|已经)?(?:是|只剩)?最后{_N}(?:片|粒|颗|盒|瓶|支|次)了?|吃{_N}个?[月周天](?=[\s,;、。/()|{WIPED}]|$)|(?:一直|正?在)?(?:拉肚子|发烧|发热|咳嗽|流鼻涕|腹泻|头[痛疼]|牙[疼痛]|胃[疼痛]|失眠|便秘|呕吐)(?![药贴片胶颗口丸糖灵宁])",
            r"(?:要)?(?:[跟和同按]上次|同)一?样的?(?:牌子|厂家|品牌|药)|(?:已|先|我)付(?:了)?\s*\d+(?:元|块)?",
            rf"(?:空腹|饭前|饭后|餐前|餐后|睡前)(?:吃|服用?)?|(?:不能|别|不可)断药|要?(?:冷藏|避光)(?:保存)?|{_N}岁半?|(?:有|治)?(?:哮喘|冠心病|痛风|癫痫|甲亢|甲减|肾病|肝病|贫血|湿疹|鼻炎)(?!药)",
            rf"[一二三四五六1-6]年级(?:\(?{_N}\)?班)?|(?:周|星期)[一二三四五六日天](?:之?前)(?:要|送|用)?",
            r"(?:药)?(?:快|已经)?(?:吃|用)完了|(?:快|要|已经)?断药(?:了|中)?|没药了",
            r"(?:不要换|(?<![暂先时天次且])不换|别换|不能换|不可换|请勿换|勿换)(?!了)(?:原来的)?(?:牌子|品牌|厂家|别的牌子)?|一定要(?:原来的|原|同)\S{0,4}|只?要(?:原来的|同一个?|原)(?:牌子|厂家|品牌)|(?:不要|别要|不能要?)(?:别的|其他|其它)(?:牌子|品牌|厂家)",
            rf"(?:对|有)?(?:青霉素|头孢|阿司匹林|磺胺|海鲜|花粉|药物|牛奶|鸡蛋|花生)(?:类|类药)?过敏|{_BEGINS}{_NOT}{{1,8}}过敏",
            rf"(?:家里?有?|有|我是|是|给|一个|一位|带)*+{_FRAIL}(?:\s?{_N}个?(?:岁|月)半?大?|用的?|在家|吃的?|的(?=[\s,;、]|$)|一人|急用|多|家庭)*",
            rf"(?:用|走|刷)?(?:医保卡|社保卡|医保|自费|公费|农合|慢病本|慢性病本?){_NOT}{{0,8}}",
            rf"(?:{_WHO})++(?:用?(?:微信|支付宝|现金|扫码|医保卡?))?(?:付钱|付款|垫付|垫钱?|代付|出钱|转账?|付|给钱)|(?:(?:现金|微信|支付宝|红包|扫码)|钱(?=[放在给已付压]))(?:转账?|付款?|已[付转]|放{_NOT}{{0,5}}|在{_NOT}{{0,5}}|支付|给{_NOT}{{0,3}}|压{_NOT}{{0,5}}|面付)*了?|货到付款|(?:已经?|先|都)?(?:付款|付钱|给钱|转账|交钱|已付|已转|已交|付过?|转过去)了?(?=[\s,;、。/|(){WIPED}]|$)",
            rf"(?:请|麻烦|东西|菜|药)?(?:放|挂|搁|送)(?:在|到)?{_NOT}{{0,3}}(?:门口|门外|门把手?|楼下|家门|窗台|柜子|大门|门卫室?|保安室?|传达室|值班室|收发室){_NOT}{{0,4}}",
            rf"(?:空)?(?:瓶|罐|罐子|瓶子|空瓶|空罐)(?:已?放|已?在|是空|已经){_NOT}{{0,8}}|(?:到了|来前|送前|提前){_NOT}{{0,3}}(?:电话|敲门|说一声|通知)|(?:请)?(?:打电话|敲门|按门铃)",
            rf"非?常?(?:感谢|谢谢|多谢|谢了|辛苦|麻烦|拜托)(?:你们|您|你|大家|了|啦|各位|社区|志愿者|师傅|团长|群主|哈|{_THANKED})*|(?:ཐུགས་རྗེ་ཆེ|བཀའ་དྲིན་ཆེ)[\u0f0b\u0f40-\u0fbc]*",
            rf"(?:比较|很|有点)?(?:急用|着急|很急|加急|尽快|[快早](?:一?点)|不急|不着急|急)(?:用|送|要)?(?:谢谢)?|{_BEGINS}(?:上午|下午|中午|晚上|早上|白天|全天){_NOT}{{0,3}}(?:在家|有人)|家里?有?{_N}口人|就(?:够了?|行了?|好了?|可以了?)(?=[\s,;、。(){WIPED}]|$)|(?:家里?的?|我家的?)?(?:液化气|煤气|气|油|米|面|奶粉|水|菜)(?:都|快|已经)*[用烧吃喝](?:完|光)了|没人接(?:电话)?|无人接听|打不通|家里?(?:就|只有?)(?:我|他|她|老人)?一个人|一个人住|家里?(?:没人|有人|没了|没有了|没气了?)|没气了|断气了",
            r"(?:双)?联户(?:长)?\s*[:]?\s*\d{1,3}(?:号|户)?|(?:第)?\d{1,3}\s*(?:号)?联户|没有?电梯|无电梯|有狗|有电梯",
            r"已?(?:做|测)过?了?核酸|核酸阴性|隔离中|居家隔离|绿码",
        )
    )
)
_POLITE = re.compile(r"(?:好的|你好|您好|收到|嗯+|哈+|哦+|啊+|呢|吧|了|的|的话|我家|我|咱家|请|帮|给|就|来|送|团|报名|登记|接龙|共|一共|总共|合计|数量|姓名|门牌号?|药名|规格|要的东西|东西|备注|瓶数|盒数|谁付钱|是|本人|户主|收货人|名字|住户)+")
_TIME_OF_DAY = re.compile(r"(?:\d{4}[年/-]\d{1,2}[月/-]\d{1,2}日?\s*)?(?:上午|下午|晚上|早上|中午|凌晨)?\s*\d{1,2}:\d{2}(?::\d{2})?|\d{4}[年/-]\d{1,2}[月/-]\d{1,2}日?")


_BRAND = re.compile(r"(?:(?<=[片囊液粒丸膏剂素浆散])|(?<=m[gl]))\(([\u3400-\u9fff]{2,8})\)(?=\s*[\dx*])")
"""硝苯地平控释片(拜新同)30mg."""


def read_kept(slate: Slate, entry: Entry) -> None:
    """Wipes times and what only belongs in the note."""
    for _ in slate.take(_TIME_OF_DAY):
        pass
    entry.notes += [hit[1] for hit in slate.take(_BRAND, " ")]
    entry.notes += [hit[0].strip() for hit in slate.take(KEPT)]


_HAN = "一二三四五六七八九十"
_RELAYS = re.compile(rf"{_BEGINS}(?:帮|代|替)(?:(?:\d+|[{_HAN}]+)楼的?)?(?=[^我忙你他]{{1,16}}?(?:报名?|登记|接龙)(?:[\s,:;]|$))")
_RELAYED = re.compile(r"(?<=[\u3400-\u9fff])家?(?:报名?|登记|接龙)(?=[\s,:;]|$)")


def read_relayed(slate: Slate) -> None:
    """代格桑家报名: somebody else wrote it; what is left is the household's own."""
    if any(slate.take(_RELAYS)):
        for _ in slate.take(_RELAYED):
            pass


TWO_HOMES = re.compile(r"隔壁|对门|邻居家?|两家|两户|我妈家|我爸家|父母家|婆婆家|楼上(?:那)?家|楼下(?:那)?家|(?:帮|替|给)(?:我)?(?:妈|爸|爷爷|奶奶|姐|哥|弟|妹|亲戚|朋友|邻居|隔壁)")


def read_two_homes(slate: Slate, entry: Entry) -> None:
    """For the neighbour too, for my mother's: one entry, two households."""
    for hit in slate.take(TWO_HOMES):
        entry.doubt(Doubt.TWO_HOUSEHOLDS)
        entry.notes.append(hit[0])


_UNLESS = re.compile(rf"(?!(?:那|我们?|我家|咱家?|这次|今天|先|现在|也)+就)(?:没有?|缺|断|太|超|如果|要是|晚|来不){_SOME}{{0,10}}就(?:不要|取消|不用|不买|不换|不订|算)了?")
"""没有酱油就不要了 takes nothing back yet."""


def read_cancelling(slate: Slate, entry: Entry, things: Catalogue | None = None, only: str | None = None) -> set[str]:
    """Whether it was taken back; taken back and wanted again is for a person to settle. Gives things taken back alone."""
    if NOT_CANCELLED.search(slate.text) or PARTLY.search(slate.text):
        entry.doubt(Doubt.REMARK)
        return set()
    for hit in slate.take(_UNLESS):
        entry.doubt(Doubt.REMARK)
        entry.notes.append(hit[0])
    text = slate.text
    hits = list(slate.take(CANCELS))
    if not hits:
        return set()
    alone = {thing.name for hit in hits for thing in _beside(text, hit, things)} - {only}
    if alone:
        entry.doubt(Doubt.CHANGE_UNCLEAR)
        return alone
    entry.cancelled = True
    if any(hit.start() > hits[0].end() - 1 for hit in slate.take(AGAIN)):
        entry.cancelled = False
        entry.doubt(Doubt.WANTED_AGAIN)
    return set()


_LAST_WORD, _FIRST_WORD = re.compile(r"[\u3400-\u9fff]+$"), re.compile(r"[\u3400-\u9fff]+")


def _beside(text: str, hit: re.Match[str], things: Catalogue | None) -> list[Thing]:
    """The things named right before or behind a cancellation: 取消西红柿, 西红柿不要了."""
    if things is None:
        return []
    words = [found[0] for found in (_LAST_WORD.search(text[: hit.start()]), _FIRST_WORD.match(text, hit.end())) if found]
    return [thing for word in words if (thing := things.named(word))]


def read_conditions(slate: Slate, entry: Entry) -> None:
    """If there is none, then …; either will do: for a person to settle."""
    for hit in slate.take(CONDITION):
        entry.doubt(Doubt.REMARK)
        entry.notes.append(hit[0])


def read_same_as(slate: Slate, entry: Entry) -> None:
    """Same as above, as last time: never copied silently."""
    for hit in slate.take(SAME_AS):
        entry.doubt(Doubt.SAME_AS)
        entry.notes.append(hit[0])


def says_nothing(words: str) -> bool:
    """Whether what is left over is only politeness or a field's name."""
    return not re.sub(r"[^\w\u0f40-\u0fbc]", "", _POLITE.sub("", words))
