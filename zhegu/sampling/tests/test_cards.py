"""Cards of a round: numbered before the day, printed ten to a page, replaced by one of one's own."""

import io

import pytest
from pypdf import PdfReader

from zhegu.cards import queries as cards
from zhegu.cards.rules.serials import printed_serial
from zhegu.lib.answers import RefusedError
from zhegu.lib.ids import new_id
from zhegu.lib.scope import NotFound
from zhegu.sampling import actions, queries
from zhegu.sampling.models import Sample
from zhegu.sampling.queries.recount import kept, recount
from zhegu.sampling.tests.make import EVERYTHING, Day, at
from zhegu.sampling.tests.test_views import client

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> Day:
    return Day().open()


def address(day: Day, more: str = "") -> str:
    return f"/sampling/{day.round.pk}/cards/{more}"


def pdf_of(answer) -> PdfReader:
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf"), answer.content[:300]
    return PdfReader(io.BytesIO(answer.content))


def state(day: Day, serial: int) -> str:
    card = cards.cards(EVERYTHING, day.community).get(serial=serial)
    return str(cards.state_of(EVERYTHING, card))


def test_the_office_makes_numbers_for_each_grid_and_prints_ten_to_a_page(day: Day):
    office = client(day.office)
    wanted = {"n_1": "12", "n_2": "0", "n_3": "", "ref": str(new_id())}
    answer = office.post(address(day), wanted)
    assert answer.status_code == 302
    page = office.get(answer["Location"]).content.decode()
    assert "run=1001000001-12" in page
    pdf = pdf_of(office.get(address(day, "print/?run=1001000001-12")))
    assert len(pdf.pages) == 2
    words = "".join(page.extract_text() for page in pdf.pages)
    assert all(printed_serial(1001000001 + n) in words for n in range(12))
    again = office.post(address(day), wanted)
    assert again["Location"] == answer["Location"], "the same form sent twice makes one set of cards"
    assert sum(sum(c.values()) for c in cards.counts(EVERYTHING, day.community, day.round.no).values()) == 12


def test_a_second_print_holds_what_is_not_handed_out(day: Day):
    day.print_cards(each=3)
    day.take(day.people[0], card=day.card(day.people[0]))
    words = "".join(page.extract_text() for page in pdf_of(client(day.office).get(address(day, "print/?grid=1"))).pages)
    assert printed_serial(1001000001) not in words and printed_serial(1001000002) in words


@pytest.mark.parametrize("wanted", [{}, {"n_1": "0"}, {"n_1": "5001"}, {"n_1": "-3"}, {"n_1": "many"}])
def test_numbers_that_make_no_sense_make_no_card(day: Day, wanted: dict[str, str]):
    answer = client(day.office).post(address(day), wanted)
    assert 400 <= answer.status_code < 500
    assert cards.rounds(EVERYTHING, day.community) == []


@pytest.mark.parametrize("run", ["1001000001-12", "2001000001-1", "x-1", "1-0", "1001000001-99999"])
def test_cards_that_were_never_made_are_not_printed(day: Day, run: str):
    assert 400 <= client(day.office).get(address(day, f"print/?run={run}")).status_code < 500


def test_only_the_office_makes_cards(day: Day):
    sampler = day.sampler(1)
    with pytest.raises(NotFound):
        actions.print_cards(by=sampler.actor, scope=sampler, round_=day.round, numbers={1: 1}, at=at(), ref=new_id())
    with pytest.raises(RefusedError):
        actions.print_cards(by=day.scope.actor, scope=day.scope, round_=day.round, numbers={}, at=at(), ref=new_id())


def named(day: Day, who, ref=None):
    return actions.name_card(
        by=day.scope.actor, scope=day.scope, line=day.line(who), why="lost", at=at(50), ref=ref or new_id()
    )


@pytest.mark.parametrize("had_one", [True, False])
def test_a_card_of_ones_own_bears_the_true_time_and_takes_the_place_of_the_other(day: Day, had_one: bool):
    day.print_cards()
    who, ref = day.people[0], new_id()
    old = day.card(who)
    day.take(who, card=old if had_one else None, at=at(7))
    answer = named(day, who, ref)
    assert answer.accepted and named(day, who, ref).facts == answer.facts
    new = cards.cards(EVERYTHING, day.community).get(serial=answer.facts["serial"])
    assert (new.time, len(bytes(new.holder))) == (int(at(7).timestamp()), 10)
    assert state(day, new.serial) == "active"
    assert state(day, old.serial) == ("revoked" if had_one else "waiting")
    assert recount(EVERYTHING, day.round) == kept(EVERYTHING, day.round)
    assert queries.reconciliation(day.scope, day.round).agrees


def test_the_card_of_a_swab_that_was_undone_counts_no_more(day: Day):
    who = day.people[0]
    day.take(who)
    serial = named(day, who).facts["serial"]
    day.undo(Sample.objects.get().pk)
    assert state(day, serial) == "revoked"
    assert recount(EVERYTHING, day.round) == kept(EVERYTHING, day.round)


def test_nobody_unsampled_gets_a_card_of_their_own(day: Day):
    assert named(day, day.people[0]).reason == "sampling.not_sampled_yet"


def test_the_page_of_a_person_prints_the_card_with_the_name(day: Day):
    who = day.people[0]
    day.take(who)
    line = f"/sampling/{day.round.pk}/lines/{day.line(who).pk}/"
    assert "card/" in client(day.office).get(line).content.decode()
    pdf = pdf_of(client(day.office).post(f"{line}card/", {"why": "lost", "ref": str(new_id())}))
    assert len(pdf.pages) == 1 and who.name in pdf.pages[0].extract_text()
