"""Forms, chat text and time-line of a real round: one function behind them all, and only one's own."""

import pytest

from zhegu.accounts.models import Role
from zhegu.accounts.queries import scope_of
from zhegu.accounts.tests.make import staff
from zhegu.lib import clock
from zhegu.lib.answers import RefusedError
from zhegu.lib.scope import NotFound
from zhegu.lib.tables import shown
from zhegu.places.tests.make import B, community
from zhegu.reports import queries
from zhegu.reports.outside.catalogue import catalogue, form
from zhegu.reports.outside.ledgers import offers
from zhegu.sampling import queries as sampling
from zhegu.sampling.tests.make import EVERYTHING, Day

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> Day:
    return Day().open()


def about(day: Day) -> dict:
    """Everything a form may need to know."""
    today = clock.local_day(clock.now())
    whom = {"person": day.people[0].pk}
    return {"round": day.round.pk, "community": day.community, "since": today, "until": today, **whom}


def table(day: Day, form_id: str, scope=None):
    return queries.form_table(scope or day.scope, form(form_id), as_of=clock.now(), about=about(day))


def chat(day: Day, lang: str = "zh") -> str:
    return queries.chat_text(day.scope, day.community, day.round, as_of=clock.now(), lang=lang)


def test_every_form_is_offered_the_columns_it_asks_for(day):
    day.take(day.people[0])
    for one in catalogue().values():
        filled = table(day, one.id, EVERYTHING)
        for row in filled.rows:
            assert all(isinstance(shown(column, row.get(column.field), "zh"), str) for column in filled.columns)


def test_every_ledger_has_one_name():
    assert {"sampling.coverage", "sampling.tube_register", "sampling.missing"} <= set(offers())


def test_f1_has_a_row_for_every_grid_and_totals_that_are_the_boards(day):
    day.take(day.people[0])
    f1 = table(day, "F1")
    board = sampling.coverage(day.scope, day.round).whole
    assert len(f1.rows) == 3
    assert (f1.totals["due"], f1.totals["sampled"], f1.totals["not_sampled"]) == (board.due, board.done, board.not_sampled)


def test_one_swab_moves_the_board_f1_and_the_chat_text_together(day):
    def seen() -> tuple:
        return sampling.coverage(day.scope, day.round).whole.done, table(day, "F1").totals["sampled"], chat(day)

    day.take(day.people[0])
    before = seen()
    day.take(day.people[3])
    after = seen()
    assert before[:2] == (1, 1) and after[:2] == (2, 2)
    assert "已采 1 人" in before[2] and "已采 2 人" in after[2]
    assert "还差 4 人" in after[2]


def test_f2_lists_each_swab_and_f3_each_person_still_missing(day):
    day.take(day.people[0])
    f2, f3 = table(day, "F2"), table(day, "F3")
    assert [row["name"] for row in f2.rows] == [day.people[0].name]
    assert {row["person"] for row in f3.rows} == {person.pk for person in day.people[1:]}


@pytest.mark.parametrize("lang", ["zh", "bo", "en"])
def test_the_chat_text_says_nothing_of_anyone(day, lang):
    words = chat(day, lang)
    assert len(words) <= 600
    assert not any(person.name in words for person in day.people)


def test_a_chat_text_that_would_name_someone_is_refused(day):
    day.people[0].name = "应采"
    day.people[0].save()
    with pytest.raises(RefusedError) as stopped:
        chat(day)
    assert stopped.value.refused.facts == {"faults": ["name"]}


def test_a_community_named_like_a_person_may_still_be_told(day):
    day.community.name = "扎西社区"
    day.community.save()
    day.people[0].name = "扎西"
    day.people[0].save()
    assert chat(day).startswith("扎西社区")


def test_the_time_line_holds_the_whole_round_in_order_and_names_no_resident(day):
    taken = day.take(day.people[0])
    day.undo(taken.ref)
    line = queries.history(day.scope, day.community, day.round, lang="zh")
    kinds = [row["happened"] for row in line.rows]
    assert kinds[0] == "开始一轮"
    assert kinds[-2:] == ["采样", "撤回采样"]
    assert [row["at"] for row in line.rows] == sorted(row["at"] for row in line.rows)
    assert not any(day.people[0].name in str(cell) for row in line.rows for cell in row.values())


def test_the_time_line_of_one_round_leaves_out_the_other(day):
    day.take(day.people[0])
    first = day.round
    one = len(queries.history(day.scope, day.community, first, lang="zh").rows)
    day.open()
    day.take(day.people[1])
    assert len(queries.history(day.scope, day.community, first, lang="zh").rows) == one


def test_who_acted_stands_by_name_in_the_time_line(day):
    day.take(day.people[0])
    line = queries.history(day.scope, day.community, day.round, lang="zh")
    assert {row["by"] for row in line.rows} == {day.office.name}


def test_another_community_finds_nothing(day):
    other = community(B)
    chen = scope_of(staff("chen", Role.OFFICE, other))
    with pytest.raises(NotFound):
        queries.round_no(chen, day.community, day.round.no)
    with pytest.raises(NotFound):
        queries.round_no(chen, other, day.round.no)
    with pytest.raises(NotFound):
        table(day, "F2", chen)
    with pytest.raises(NotFound):
        queries.history(chen, day.community, day.round, lang="zh")
    with pytest.raises(NotFound):
        queries.submissions(chen, day.community)


def test_a_round_or_form_that_is_not_there_is_not_found(day):
    with pytest.raises(NotFound):
        queries.round_no(day.scope, day.community, 999)
    with pytest.raises(NotFound):
        form("F99")
    assert form("f1").id == "F1"


def test_cards_and_forms_of_the_round_stand_in_its_time_line(day):
    day.print_cards(each=2)
    kinds = [row["happened"] for row in queries.history(day.scope, day.community, day.round, lang="zh").rows]
    assert "印卡" in kinds
