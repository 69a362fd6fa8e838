"""Plain builders: cards of a community, handed out or not."""

from datetime import datetime, timedelta

from zhegu.cards import actions, queries
from zhegu.cards.actions import CardRef, HandOut, NewCard
from zhegu.cards.models import IssuedCard
from zhegu.cards.rules.issuing import unrolled
from zhegu.journal.tests.make import BO, MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Scope
from zhegu.places.models import Place

WHOLE = Scope.everything("tests look at every card")
NOON = MORNING + timedelta(hours=3)
SOMEONE, ANOTHER = bytes(range(10)), bytes(range(10, 20))


def blank(grid: int = 7, round_no: int = 12, time: datetime = MORNING) -> NewCard:
    return NewCard(round_no, grid, time)


def named(grid: int = 7, round_no: int = 12, resident: bytes = SOMEONE) -> NewCard:
    return NewCard(round_no, grid, MORNING, resident=resident)


def issued(here: Place, *cards: NewCard, at: datetime = MORNING) -> list[int]:
    answer = actions.issue(by=BO, community=here, cards=cards or [blank()], at=at, ref=new_id())
    assert answer.accepted, answer.reason
    return unrolled(answer.facts["serials"])


def refs(here: Place, *serials: int) -> list[CardRef]:
    rows = IssuedCard.objects.filter(community=here, serial__in=serials).select_related("key")
    by_serial = {row.serial: CardRef(bytes(row.key.kid), row.serial) for row in rows}
    return [by_serial[serial] for serial in serials]


def hand_out(here: Place, *serials: int, at: datetime = NOON) -> list[str]:
    """Reasons, '' where the card is now active."""
    cards = [HandOut(ref.kid, ref.serial, at) for ref in refs(here, *serials)]
    return [outcome.reason for outcome in actions.activate(community=here, cards=cards)]


def text_of(here: Place, serial: int) -> str:
    return queries.printable(WHOLE, here, [serial])[0].text


def state(here: Place, serial: int) -> str:
    (ref,) = refs(here, serial)
    return queries.states(WHOLE, here, [(ref.kid, ref.serial)])[(ref.kid, ref.serial)]
