"""Numbers as people write them: 2, 1.5, 两, 十二, 半, གཉིས. Pure."""

import re

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9}
TIBETAN = {"གཅིག": 1, "གཉིས": 2, "གསུམ": 3, "བཞི": 4, "ལྔ": 5, "དྲུག": 6, "བདུན": 7, "བརྒྱད": 8, "དགུ": 9, "བཅུ": 10}
HAN_DIGIT = "一二两三四五六七八九"
HAN_LETTERS = f"零{HAN_DIGIT}壹贰叁肆伍陆柒捌玖十百"
HAN = f"[{HAN_LETTERS}]{{1,8}}"
WHOLE = rf"(?:\d+|{HAN})"
ANY = rf"(?:\d+(?:\.\d+)?|半|{HAN}|{'|'.join(TIBETAN)})"


def whole(text: str) -> int | None:
    """12, 十二, 一百零八, or digits one by one (一二零三); None for anything else."""
    if text.isdigit():
        return int(text)
    if not re.fullmatch(HAN, text):
        return None
    if not set(text) & {"十", "百"}:
        return int("".join(str(DIGITS[c]) for c in text))
    total, digit = 0, 0
    for letter in text:
        if letter in DIGITS:
            digit = DIGITS[letter]
        else:
            total += (digit or (1 if letter == "十" or not total else 0)) * (100 if letter == "百" else 10)
            digit = 0
    return total + digit


def number(text: str) -> float | None:
    """As `whole`, and also 1.5, 半 and the Tibetan words."""
    if text == "半":
        return 0.5
    if text in TIBETAN:
        return TIBETAN[text]
    if re.fullmatch(r"\d+\.\d+", text):
        return float(text)
    return whole(text)


def two_digits(text: str) -> bool:
    """Whether Chinese digits name a span, 两三 or 三五, and no number: 35 is 三十五."""
    return bool(re.fullmatch(rf"[{HAN_DIGIT}]{{2}}", text))
