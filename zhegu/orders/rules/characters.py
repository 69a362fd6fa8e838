"""Pasted text evened out before it is read: widths, digits, dashes, invisible marks, pictures. Pure."""

import re
import unicodedata
from functools import lru_cache

_SAME: dict[int, int | str | None] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SAME |= {0x0F20 + digit: 0x30 + digit for digit in range(10)}
_SAME |= dict.fromkeys((0x3000, 0x00A0, 0x2002, 0x2003, 0x2009, 0x202F, 0x09, 0x0B, 0x0C), 0x20)
_SAME |= dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0xFE63, 0x2500), 0x2D)
_SAME |= dict.fromkeys((0x200B, 0x200C, 0x2060, 0xFEFF, 0x00AD, *range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_SAME |= dict.fromkeys((0x00D7, 0x2715, 0x2716, 0x2717, 0x2A2F, 0x4E42), "x")
_SAME |= {ord("【"): "[", ord("】"): "]", ord("〔"): "(", ord("〕"): ")", ord("「"): "(", ord("」"): ")", ord("∶"): ":", ord("〇"): "0", ord("～"): "~", ord("丨"): "|", ord("—"): "-"}
_SAME |= {code: None for code in range(0x20) if code not in (0x09, 0x0A, 0x0B, 0x0C)}

_CIRCLED = {chr(0x2460 + n): n + 1 for n in range(20)} | {chr(0x2474 + n): n + 1 for n in range(20)}
_CIRCLED |= {chr(0x2488 + n): n + 1 for n in range(20)} | {chr(0x2776 + n): n + 1 for n in range(10)}
_CIRCLED |= {chr(0x3251 + n): n + 21 for n in range(15)} | {chr(0x32B1 + n): n + 36 for n in range(15)} | {"\U0001f51f": 10}
_ROUND_NUMBER = re.compile(f"[{''.join(_CIRCLED)}]")
_KEYCAP = re.compile("((?:\\d\ufe0f?\u20e3)+)")
_CALL = re.compile("[\u260e\u260f\u2706\U0001f4de\U0001f4f1\U0001f4f2\U0001f919]\ufe0f?")
_CHAT_PICTURE = re.compile(
    r"\[(?:拥抱|玫瑰|强|握手|抱拳|微笑|呲牙|合十|爱心|鼓掌|ok|好的|庆祝|加油|太阳|偷笑|捂脸|憨笑|撇嘴|再见|鲜花|咖啡|笑脸|愉快|胜利|害羞|大笑|月亮|蛋糕|礼物|心碎|嘴唇|点赞|赞|收到|烟花|福|發|红包|哇|流泪|破涕为笑)\]",
    re.IGNORECASE,
)
_JOINERS = dict.fromkeys((0x200D, 0xFE0F, 0xFE0E, 0x20E3))
PICTURE = "\x02"
"""Stands where a picture stood: nobody's name goes across it, and a word beside it may be a nickname."""


def even(text: str) -> str:
    """Half width, Western digits, plain dashes and spaces; no invisible marks; pictures become PICTURE."""
    text = unicodedata.normalize("NFC", text)
    text = _KEYCAP.sub(lambda hit: re.sub(r"\D", "", hit[1]) + ".", text)
    text = _ROUND_NUMBER.sub(lambda hit: f" {_CIRCLED[hit[0]]}. ", text)
    text = _CHAT_PICTURE.sub(PICTURE, _CALL.sub(" 电话 ", text))
    return "".join(map(_plain, text.translate(_SAME).translate(_JOINERS)))


@lru_cache(maxsize=1 << 13)
def _plain(letter: str) -> str:
    if letter < "\u00a9":
        return letter
    kind = unicodedata.category(letter)
    if 0x0F00 <= ord(letter) <= 0x0FFF or letter in "→⇒℃㎏":
        return letter
    return PICTURE if kind in ("So", "Sk", "Cs", "Co", "Cn") else letter
