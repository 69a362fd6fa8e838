"""What of an offer may still be asked for. Pure."""

from zhegu.lib.answers import Refused

MOST_A_DAY = 5
"""Orders of one home from one shop's menu in a day: a family adds what it forgot, a program does not stop there."""
PER_SHOP_AND_HOUR = 300


def left(stock: int | None, asked: int) -> int | None:
    """How many are still there; None where the shop counts none."""
    return None if stock is None else max(stock - asked, 0)


def refuse(wanted: int, stock: int | None, asked: int, per_home: int | None, by_home: int) -> Refused | None:
    """Why so many cannot be asked for: not that many left, or more than one home gets in a day."""
    if per_home is not None and by_home + wanted > per_home:
        return Refused("orders.over_limit", {"most": per_home})
    there = left(stock, asked)
    return Refused("orders.not_that_many_left", {"left": there}) if there is not None and wanted > there else None
