"""Board, form F1 and chat text are one figure: a sample changes, and all three move together."""

import io
import re

import pytest
from django.test import Client

from tests.support.office import rows_of
from zhegu.accounts.models import Role
from zhegu.lib.ids import new_id
from zhegu.sampling import actions
from zhegu.sampling.models import Sample
from zhegu.sampling.rules import Excuse, Gone
from zhegu.sampling.tests.make import Day, at, staff

pytestmark = pytest.mark.django_db
HEADS = {"due": "应采", "done": "实采", "unsampled": "未采", "tubes": "管数", "cards": "发卡数"}
"""The form's 未采 is everyone of the roster who was not sampled, those excused included ("of whom …")."""
SAID_BY_ALL = ("due", "done", "tubes", "cards")


@pytest.fixture
def day() -> Day:
    return Day().open().print_cards()


@pytest.fixture
def visitor(day: Day) -> Client:
    made = Client()
    made.force_login(staff("reader", Role.OFFICE, day.community))
    made.cookies["zhegu_language"] = "zh-hans"
    return made


def page(visitor: Client, address: str) -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def board(visitor: Client, day: Day) -> dict[str, int]:
    foot = page(visitor, f"/sampling/{day.round.pk}/").split("<tfoot>")[1]
    names = ("due", "done", "missing", "excused", "moved", "not_found", "tubes", "cards")
    told = dict(zip(names, map(int, re.findall(r'<td class="n">(\d+)</td>', foot)), strict=False))
    return {**told, "unsampled": told["due"] + told["excused"] - told["done"]}


def f1(visitor: Client) -> dict[str, int]:
    """The row of totals in the workbook that is handed on."""
    answer = visitor.post("/reports/1/F1/file/", {"format": "xlsx"})
    assert answer.status_code == 200
    total = rows_of(io.BytesIO(answer.content))[-1]
    return {name: int(total[head]) for name, head in HEADS.items()}


def chat(visitor: Client) -> dict[str, int]:
    """The figures that the chat text names; who is missing is not said where nobody is."""
    words = page(visitor, "/reports/").split("<textarea")[1].split("</textarea>")[0]
    sampled = re.search(r"应采 (\d+) 人，已采 (\d+) 人", words)
    more = re.search(r"采样 (\d+) 管，发卡 (\d+) 张", words)
    missing = re.search(r"还差 (\d+) 人未采样", words)
    assert sampled and more
    return {
        "due": int(sampled[1]), "done": int(sampled[2]), "missing": int(missing[1]) if missing else 0,
        "tubes": int(more[1]), "cards": int(more[2]),
    }  # fmt: skip


def word(day: Day, who: int) -> dict:
    return {
        "ref": new_id(), "at": at(9), "community": day.community.code, "round": day.round.pk,
        "person": day.people[who].pk,
    }  # fmt: skip


def with_card(day: Day) -> None:
    day.take(day.people[2], card=day.card(day.people[2]))


def without_card(day: Day) -> None:
    day.take(day.people[3])


def second_swab(day: Day) -> None:
    day.take(day.people[0])


def undone(day: Day) -> None:
    day.undo(Sample.objects.order_by("taken_at").first().pk)


def excused(day: Day) -> None:
    item = actions.Excused(**word(day, 4), reason=Excuse.AWAY)
    actions.excuse(by=day.scope.actor, scope=day.scope, items=[item])


def moved(day: Day) -> None:
    item = actions.MarkedGone(**word(day, 5), how=Gone.MOVED)
    actions.mark_gone(by=day.scope.actor, scope=day.scope, items=[item])


CHANGES = {
    with_card: {"due": 6, "done": 2, "tubes": 2, "cards": 2, "missing": 4, "unsampled": 4},
    without_card: {"due": 6, "done": 2, "tubes": 2, "cards": 1, "missing": 4, "unsampled": 4},
    second_swab: {"due": 6, "done": 1, "tubes": 2, "cards": 1, "missing": 5, "unsampled": 5},
    undone: {"due": 6, "done": 0, "tubes": 0, "cards": 0, "missing": 6, "unsampled": 6},
    excused: {"due": 5, "done": 1, "tubes": 1, "cards": 1, "missing": 4, "unsampled": 5},
    moved: {"due": 6, "done": 1, "tubes": 1, "cards": 1, "missing": 4, "unsampled": 5},
}


def must_all_say(visitor: Client, day: Day, figures: dict[str, int]) -> None:
    on_board, on_form, in_chat = board(visitor, day), f1(visitor), chat(visitor)
    assert {name: on_board[name] for name in figures} == figures
    assert on_form == {name: figures[name] for name in HEADS}
    assert in_chat == {name: figures[name] for name in (*SAID_BY_ALL, "missing")}


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__)
def test_one_change_moves_board_form_and_chat_text_together(day: Day, visitor: Client, change):
    day.take(day.people[0], card=day.card(day.people[0]))
    must_all_say(visitor, day, {"due": 6, "done": 1, "tubes": 1, "cards": 1, "missing": 5, "unsampled": 5})
    change(day)
    must_all_say(visitor, day, CHANGES[change])
