"""Sending what is stated to the level above, from a box that is offline most of the day. A door: it reads the clock."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Scope
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.reports import queries as reports
from zhegu.upward import actions, queries
from zhegu.upward.models import Statement, Way
from zhegu.upward.outside.keys import name_of, public_key, sign
from zhegu.upward.outside.post import NoAnswer, Reply, post
from zhegu.upward.rules import Item, Parcel, write_parcel

BY = Actor.system("upward")
BATCH = 100
EVERY, LONGEST = timedelta(minutes=5), timedelta(hours=1)
Post = Callable[[str, bytes, str], Reply]


def _everything() -> Scope:
    return Scope.everything("an installation states its figures to the level above")


def push(at: datetime, post: Post = post) -> Way:
    """Brings what the level above does not have yet, in order; how far it came. Does nothing without an address.

    Whatever is cut off is brought again: the level above counts by number and takes nothing twice. Where it says
    that it lacks what came before (it was restored from a copy), that is brought again too, once a push.
    """
    scope, went_back = _everything(), False
    way = queries.way(scope)
    while way.address and (waiting := queries.waiting(scope, way.taken, BATCH)):
        body = write_parcel(Parcel(name_of(public_key()), tuple(_item(one) for one in waiting)))
        try:
            reply = post(way.address, body, sign(body))
        except NoAnswer:
            return actions.note_taken(last=way.taken, problem="upward.unreached", at=at)
        if reply.reason == "upward.gap" and not went_back:
            went_back = True
            way = actions.note_taken(last=reply.last, problem="", at=at)
        elif reply.reason or reply.last < waiting[-1].seq:
            return actions.note_taken(last=way.taken, problem=reply.reason or "upward.forked", at=at)
        else:
            way = actions.note_taken(last=reply.last, problem="", at=at)
    return way


def _item(one: Statement) -> Item:
    return Item(one.seq, one.place, one.day, one.as_of, one.figures, one.name, one.name_bo)


def state_all(at: datetime, *days: date) -> int:
    """Every community counted here states these days; how many statements are new. Trouble of one stops no other."""
    return _state(at, lambda scope, community: days)


def state_reported(at: datetime) -> int:
    """Every community counted here states the days of which the newest statement does not say what was approved,
    however long ago that was; how many statements are new."""
    return _state(at, lambda scope, community: queries.unsaid(scope, community.code, reports.days_approved(scope, community, at)))


def _state(at: datetime, days_of: Callable[[Scope, Place], Iterable[date]]) -> int:
    scope, new = _everything(), 0
    for community in places.communities(scope):
        if queries.comes_from_elsewhere(scope, community.code):
            continue
        days: list[date] = []
        with _going_on(community):
            days += days_of(scope, community)
        for day in days:
            with _going_on(community):
                new += actions.state(by=BY, scope=scope, community=community, day=day, at=at, ref=new_id()).accepted
    return new


@contextmanager
def _going_on(community: Place) -> Iterator[None]:
    """Trouble is told, and stops neither the next day nor the next community."""
    try:
        yield
    except Exception as trouble:
        print(f"zhegu upward: {community.code}: {type(trouble).__name__}", file=sys.stderr, flush=True)


class Watch:
    """The worker's step: every five minutes it looks whether something waits; less often while nobody answers."""

    def __init__(self) -> None:
        self.next: datetime | None = None
        self.rest = EVERY

    def __call__(self) -> bool:
        """Whether there was anything to do."""
        at = clock.now()
        if self.next is not None and at < self.next:
            return False
        way = queries.way(_everything())
        busy = bool(way.address) and way.taken < way.given
        if busy:
            way = push(at)
        self.rest = min(self.rest * 2, LONGEST) if way.problem else EVERY
        self.next = at + self.rest
        return busy and not way.problem
