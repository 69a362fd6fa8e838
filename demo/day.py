"""A sampling day half done, to look at: a round since nine, cards printed, two thirds sampled.

Everything goes through the product's own actions, as at real tables. For pictures and for a first look;
`zhegu demo --day` runs it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from random import Random

from django.db import transaction

from demo.community import CODE
from demo.settle import BY, EVERYTHING, done
from zhegu.accounts import queries as accounts
from zhegu.cards import actions as cards
from zhegu.cards import queries as card_rows
from zhegu.lib.clock import local
from zhegu.lib.ids import new_id
from zhegu.outbreaks import queries as outbreaks
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.sampling import actions, queries
from zhegu.sampling.models import Line, Round
from zhegu.sampling.rules import Excuse, MissingReason, SiteDuty

RATIO = 10
SHARE = 0.66


def live(at: datetime) -> None:
    """The day stands as it would at `at`; nothing happens where a round was opened before."""
    place = places.community(EVERYTHING, CODE)
    if queries.rounds(EVERYTHING, place).exists():
        return
    began = min(local(at).replace(hour=9, minute=0, second=0, microsecond=0), at - timedelta(hours=3))
    with transaction.atomic():
        round_ = _open(place, began)
        _print_cards(place, round_, began)
        _say_and_sample(place, round_, began, at)


def _open(place: Place, began: datetime) -> Round:
    outbreak = outbreaks.open_outbreak(EVERYTHING, place)
    assert outbreak
    grids = list(places.grids(EVERYTHING, place))
    tables = [
        actions.TablePlan(
            no, [g for g in grids if g.no % 3 == no % 3],
            [(accounts.staff_named(EVERYTHING, f"table{no}"), SiteDuty.SAMPLER)],
        )
        for no in (1, 2, 3)
    ]  # fmt: skip
    plan = actions.RoundPlan(
        outbreak, began, began + timedelta(hours=9), RATIO, tables=tables,
        without_grid_reason="网格员正在核实住处", infant_below_months=36, excuse_infants=True,
    )  # fmt: skip
    before = began - timedelta(minutes=40)
    facts = done(actions.open_round(by=BY, scope=EVERYTHING, community=place, plan=plan, at=before, ref=new_id()))
    return queries.round_for(EVERYTHING, facts["round"])


def _print_cards(place: Place, round_: Round, began: datetime) -> None:
    """A tenth more cards than people in every grid."""
    wanted = []
    for grid, lines in _by_grid(round_):
        wanted += [cards.NewCard(round_.no, grid.no, round_.starts_at)] * (len(lines) * 11 // 10 + 1)
    at = began - timedelta(minutes=20)
    done(cards.issue(by=BY, community=place, cards=wanted, outbreak=round_.outbreak_id, at=at, ref=new_id()))


def _by_grid(round_: Round) -> Iterator[tuple[Place, list[Line]]]:
    rows = queries.lines(EVERYTHING, round_).exclude(grid=None).select_related("grid", "person").order_by("grid__no", "pk")
    for _, lines in groupby(rows, key=lambda line: line.grid_id):
        together = list(lines)
        yield together[0].grid, together


def _say_and_sample(place: Place, round_: Round, began: datetime, now: datetime) -> None:
    random = Random("a sampling day")
    serials = _serials(place, round_)
    samples, words, excused = [], [], []
    for grid, lines in _by_grid(round_):
        due = [line for line in lines if not line.excuse]
        turn = SHARE + (0.3 if grid.no % 4 == 1 else -0.15 if grid.no % 4 == 2 else 0)
        came = due[: round(len(due) * min(1, turn))]
        samples += _swabs(round_, grid, came, serials, began, now)
        for line in due[len(came) :]:
            chance = random.random()
            if chance < 0.1:
                excused.append(_excused(round_, line, now))
            elif chance < 0.4:
                words.append(_noted(round_, line, random, now))
    for answer in actions.take_samples(by=BY, scope=EVERYTHING, samples=samples):
        done(answer)
    for answer in actions.note_missing(by=BY, scope=EVERYTHING, items=words):
        done(answer)
    for answer in actions.excuse(by=BY, scope=EVERYTHING, items=excused):
        done(answer)


def _serials(place: Place, round_: Round) -> dict[int, list[tuple[int, str]]]:
    """Serial and key of the cards printed for each grid, lowest first."""
    found: dict[int, list[tuple[int, str]]] = {}
    for card in card_rows.cards(EVERYTHING, place).filter(round_no=round_.no).select_related("key").order_by("serial"):
        found.setdefault(card.serial // 10**6 % 1000, []).append((card.serial, bytes(card.key.kid).hex()))
    return found


def _swabs(
    round_: Round, grid: Place, lines: list[Line], serials: dict, began: datetime, now: datetime
) -> Iterator[actions.NewSample]:
    """One after another into tubes of ten, a card each; the last swab a minute ago."""
    step = (now - began) / (len(lines) + 1)
    for number, line in enumerate(lines):
        if number % RATIO == 0:
            tube = actions.TubeRef(new_id(), f"{grid.no:02d}-{number // RATIO + 1:02d}", RATIO)
        yield actions.NewSample(
            ref=new_id(), at=began + step * (number + 1), community=CODE, round=round_.pk, person=line.person_id,
            tube=tube, position=number % RATIO + 1, card=actions.CardRef(*serials[grid.no][number]),
        )  # fmt: skip


def _noted(round_: Round, line: Line, random: Random, now: datetime) -> actions.Noted:
    comes = random.random() < 0.5
    return actions.Noted(
        ref=new_id(), at=now - timedelta(minutes=5), community=CODE, round=round_.pk, person=line.person_id,
        reason=MissingReason.WILL_COME if comes else random.choice([MissingReason.NO_ANSWER, MissingReason.NOT_AT_HOME]),
        called=True, comes_at=now + timedelta(minutes=30 * random.randint(1, 6)) if comes else None,
    )  # fmt: skip


def _excused(round_: Round, line: Line, now: datetime) -> actions.Excused:
    return actions.Excused(
        ref=new_id(), at=now - timedelta(minutes=9), community=CODE, round=round_.pk, person=line.person_id,
        reason=Excuse.ELSEWHERE,
    )  # fmt: skip
