"""A sign-up for gas as a chat group writes it: forty people, each in their own way, and what a clerk must ask about."""

from random import Random

from demo.community import Community
from demo.households import Household

GRIDS = (8, 9, 10, 11, 12)
HEAD = ("#接龙", "换液化气登记，每瓶120元，请写：网格 姓名 门牌 瓶数 电话", "例 8组 某某 8-001 1瓶 1390000××××")
WAYS = (
    "{n}. {grid}组 {name} {door} 1瓶 {phone}",
    "{n}. {name}，{grid}网格，{door}，1瓶，{phone}",
    "{n}、第{grid}网格/ {name}/ {door}/ 1罐/ {phone}",
    "{n}. {phone} {name} 网格{grid} {door} 15公斤1瓶",
    "{n}. {grid}组，{name}，{door}，换1瓶 谢谢🙏",
    "{n}. {name} {door} 2瓶 电话{phone}",
    "{n}. 📞{phone} {grid}组 {door} {name} ×1",
)
UNCLEAR = {
    6: "{n}. {grid}组 {name} {door} {phone}", 13: "{n}. {name} {grid}组 {door} 1-2瓶 {phone}",
    20: "{n}. {grid}组 {name} 1瓶 {phone}", 27: "{n}. {name} {grid}网格 {door} 1瓶 1390000", 34: "{n}. 同上",
}  # fmt: skip
"""No number, a range, no door, a broken phone, the same as somebody."""
CHATTER = {9: "辛苦了👍", 16: "我们9组的核酸做了没有？", 24: "我家也要一瓶", 31: "收到"}
ENTRIES, MOBILE = 40, 11


def homes(community: Community) -> list[Household]:
    """Whose entries these are, in the order in which they wrote."""
    there = [home for home in community.households if home.grid in GRIDS and len(home.head.phone) == MOBILE]
    return Random("a sign-up").sample(there, ENTRIES)


def sign_up(community: Community) -> str:
    """The whole list as it is pasted."""
    lines = [*HEAD, ""]
    for n, home in enumerate(homes(community), 1):
        way = UNCLEAR.get(n) or WAYS[n % len(WAYS)]
        lines.append(way.format(n=n, grid=home.grid, name=home.head.name.zh, door=home.door, phone=home.head.phone))
        lines += [CHATTER[n]] if n in CHATTER else []
    return "\n".join([*lines, "3. 改成2瓶", "18. 取消"])
