"""An outbreak nobody looks at: when it warns, and when its restrictions lapse. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

WARN_AFTER = timedelta(days=14)
LAPSE_AFTER = timedelta(days=30)
"""Privacy P19: without a review for 14 days it warns; after 30 its restrictions lapse."""


class Watch(StrEnum):
    """Whether somebody still looks whether the restrictions are needed."""

    LOOKED_AT = "looked_at"
    REVIEW_DUE = "review_due"
    LAPSED = "lapsed"


def watch(last: datetime, at: datetime) -> Watch:
    """How it stands at that moment; `last`: the last review, or the opening."""
    if at - last >= LAPSE_AFTER:
        return Watch.LAPSED
    return Watch.REVIEW_DUE if at - last >= WARN_AFTER else Watch.LOOKED_AT


def last_look(opened: datetime, reviews: Iterable[datetime], at: datetime) -> datetime:
    """The last review until that moment; opening it was the first look."""
    return max((one for one in reviews if one <= at), default=opened)


def held_since(opened: datetime, reviews: Iterable[datetime], at: datetime) -> datetime | None:
    """Since when restrictions have held without a gap; None: they have lapsed.

    A review after a lapse lets new ones be laid on; those from before it do not come back.
    """
    since = last = opened
    for one in sorted(r for r in reviews if r <= at):
        if watch(last, one) == Watch.LAPSED:
            since = one
        last = max(last, one)
    return None if watch(last, at) == Watch.LAPSED else since
