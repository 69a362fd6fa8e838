"""Search as people type: any script, any spelling, part of a name, a number's last four."""

from datetime import date

import pytest

from zhegu.accounts.models import Role
from zhegu.journal.tests.make import BO, MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import NotFound
from zhegu.places.tests.make import A, B, community, grid
from zhegu.registers import actions, queries
from zhegu.registers.models import Presence
from zhegu.registers.queries import Wanted
from zhegu.registers.tests.make import EVERYTHING, household, id_number, person, reaching

pytestmark = pytest.mark.django_db

TASHI = id_number(date(1985, 3, 2), 11)


@pytest.fixture
def cast(db):
    """A small community whose people are called by a short word each."""
    here = community(A)
    one, two, three = (grid(here, no) for no in (1, 2, 3))
    house = household(here, two, no="H-012", door="3-12", address="湖边路羊圈旁", head_name="平措")
    return here, {
        "tashi": person(here, "扎西次仁", one, birth_date=date(1985, 3, 2), phone="13989001234", id_number=TASHI),
        "dolma": person(here, "次仁卓玛", one, name_bo="ཚེ་རིང་སྒྲོལ་མ", nickname="大卓玛"),
        "dolma2": person(here, "泽仁珠玛", two, birth_date=date(1960, 1, 9)),
        "doje": person(here, "扎西多吉", household=house, birth_date=date(1985, 7, 7)),
        "sonam": person(here, "索朗坚参", three, name_bo="བསོད་ནམས་རྒྱལ་མཚན།"),
        "tenzin": person(here, "丹增平措", three, nickname="老村长"),
        "nyima": person(here, "尼玛", one, phone="08931234567"),
        "english": person(here, "Tashi Tsering", two),
        "script": person(here, "བཀྲ་ཤིས་ལྷ་མོ", three),
        "wang": person(here, "王小明", one, birth_date=date(1990, 12, 1)),
        "zeng": person(here, "曾国强", one),
        "shan": person(here, "单志远", two),
        "migmar": person(here, "米玛次仁", two, phone="13989005678"),
    }


def found(here, words: str, **more) -> list:
    return [hit.person.pk for hit in queries.search(EVERYTHING, here, words, **more)]


CALLED_TSERING = "dolma dolma2 tashi english migmar"
TABLE = [
    # Chinese, whole and beginning
    ("扎西次仁", "tashi english"), ("扎西次", "tashi english"), ("扎西", "tashi doje english script"), ("次仁", CALLED_TSERING),
    ("王小明", "wang"), ("王", "wang"), ("小明", "wang"), ("尼玛", "nyima"), (" 尼 玛 ", "nyima"), ("曾国强", "zeng"),
    # Chinese, another spelling
    ("札西", "tashi doje english script"), ("扎喜次仁", "tashi english"), ("扎西才让", "tashi english"), ("泽仁", CALLED_TSERING),
    ("泽仁卓玛", "dolma dolma2"), ("次仁珠玛", "dolma dolma2"), ("索南坚赞", "sonam"), ("旦增彭措", "tenzin"), ("单增", "tenzin"),
    ("道吉", "doje"), ("美玛泽仁", "migmar"),
    # later parts and short forms
    ("卓玛", "dolma dolma2"), ("多吉", "doje"), ("扎多", "doje"), ("丹平", "tenzin"), ("坚参", "sonam"), ("拉姆", "script"),
    ("国强", "zeng"),
    # nicknames
    ("大卓玛", "dolma"), ("老村长", "tenzin"), ("laocunzhang", "tenzin"), ("lcz", "tenzin"),
    # Tibetan, with and without tsheg and shad
    ("བཀྲ་ཤིས", "tashi doje english script"), ("བཀྲཤིས", "tashi doje english script"), ("བཀྲ་ཤིས་", "tashi doje english script"),
    ("ཚེ་རིང་སྒྲོལ་མ", "dolma dolma2"), ("ཚེརིངསྒྲོལམ", "dolma dolma2"), ("བསོད་ནམས", "sonam"), ("བསོད་ནམས་རྒྱལ་མཚན།", "sonam"),
    ("ལྷ་མོ", "script"), ("ཉི་མ", "nyima"),
    # Mandarin pinyin and initials
    ("zhaxi", "tashi doje english script"), ("zhaxiciren", "tashi english"), ("zha xi ci ren", "tashi english"),
    ("zhaxici", "tashi english"), ("ZHAXI", "tashi doje english script"), ("ciren", CALLED_TSERING), ("wangxiaoming", "wang"),
    ("xiaoming", "wang"), ("zengguoqiang", "zeng"), ("shanzhiyuan", "shan"), ("zhuoma", "dolma dolma2"), ("nima", "nyima"),
    ("zxcr", "tashi"), ("zx", "tashi doje"), ("wxm", "wang"), ("crzm", "dolma"), ("nm", "nyima"), ("zgq", "zeng"),
    # Tibetan pinyin, common English, Wylie, full width
    ("Cering", CALLED_TSERING), ("Zhoima", "dolma dolma2"), ("Tashi", "tashi doje english script"), ("Tashi Tsering", "tashi english"),
    ("tashi tse", "tashi english"), ("Dolma", "dolma dolma2"), ("Tsering Dolma", "dolma dolma2"), ("Sonam", "sonam"),
    ("Tenzin Phuntsok", "tenzin"), ("bkra shis", "tashi doje english script"), ("bkra shis tshe ring", "tashi english"),
    ("tshe ring sgrol ma", "dolma dolma2"), ("ｚｈａｘｉ", "tashi doje english script"),
    # numbers
    ("13989001234", "tashi"), ("139 8900 1234", "tashi"), ("+86 139-8900-1234", "tashi"), ("１３９８９００１２３４", "tashi"),
    ("༡༣༩༨༩༠༠༡༢༣༤", "tashi"), ("0893-1234567", "nyima"), ("1234", "tashi"), ("༡༢༣༤", "tashi"), ("１２３４", "tashi"),
    ("5678", "migmar"), ("4567", "nyima"), (TASHI, "tashi"), (TASHI[-4:], "tashi"), (f"{TASHI[:6]} {TASHI[6:14]} {TASHI[14:]}", "tashi"),
    ("1985", "tashi doje"), ("1990", "wang"), ("H-012", "doje"), ("3-12", "doje"), ("羊圈", "doje"),
    ("扎西 1985", "tashi doje"), ("zhaxi 1985", "tashi doje"), ("卓玛 1960", "dolma2"), ("扎西 1234", "tashi"), ("zx 2", "doje"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), TABLE)
def test_these_words_find_these_people(cast, words, expected):
    here, people = cast
    assert set(found(here, words)) == {people[name].pk for name in expected.split()}


def test_the_table_is_long_enough():
    assert len(TABLE) >= 60


@pytest.mark.parametrize("words", ["", "   ", "123", "12345", "12", "9001", "卓玛 1985", "xyz", "་", "-", "139890", "0X"])
def test_these_words_find_nobody(cast, words):
    here, _ = cast
    kept = [hit for hit in queries.search(EVERYTHING, here, words) if hit.rank < 13]
    assert kept == []


def test_tails_begin_at_exactly_four_characters(cast):
    here, people = cast
    assert found(here, "1234") == [people["tashi"].pk]
    assert found(here, "234") == [] and found(here, "01234") == []


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("扎西", "doje tashi english"),  # exact beginning in grid 1 and 2 before the same element in another script
        ("卓玛", "dolma dolma2"),
        ("1234", "tashi"),
    ],
)
def test_better_hits_come_first(cast, words, order):
    here, people = cast
    hits = found(here, words)
    ranks = [hit.rank for hit in queries.search(EVERYTHING, here, words)]
    assert ranks == sorted(ranks) and {people[name].pk for name in order.split()} <= set(hits)


def test_ranks_follow_the_order_of_the_house(db):
    """exact > element > pinyin > initials > phone tail > id tail."""
    here = community(A)
    exact, element = person(here, "扎西"), person(here, "札西")
    sound, initials = person(here, "查希"), person(here, "赵星")
    assert found(here, "扎西") == [exact.pk, element.pk, sound.pk]
    assert found(here, "zx")[-1] in {initials.pk, exact.pk, element.pk, sound.pk}
    phone = person(here, "达瓦", phone="13989001230")
    paper = person(here, "巴桑", id_number=id_number(date(1985, 3, 2), 123))
    tail = paper.id_number[-4:]
    by_phone = person(here, "普布", phone=f"1398900{tail}") if tail.isdigit() else phone
    assert found(here, tail)[-1] == paper.pk and (by_phone.pk in found(here, tail) or not tail.isdigit())


def test_those_who_left_come_last(cast):
    here, people = cast
    gone = actions.SetPresence((people["tashi"],), Presence.MOVED_AWAY, MORNING.date(), MORNING, new_id())
    actions.set_presence(by=BO, community=here, items=[gone])
    assert found(here, "扎西次仁")[-1] == people["tashi"].pk


def test_filters_narrow_the_search(cast):
    here, people = cast
    assert set(found(here, "扎西", wanted=Wanted(grid=grid(here, 1).code))) == {people["tashi"].pk}
    assert set(found(here, "扎西", wanted=Wanted(born_from=1985, born_to=1985))) == {people["tashi"].pk, people["doje"].pk}


def test_a_grid_worker_finds_only_their_own(cast):
    here, people = cast
    _, bo = reaching("bo", Role.GRID_WORKER, grid(here, 1))
    assert {hit.person.pk for hit in queries.search(bo, here, "扎西")} == {people["tashi"].pk}
    assert queries.search(bo, here, "5678") == [] and queries.search(bo, here, "13989005678") == []


@pytest.mark.parametrize("role", [Role.LAB, Role.OBSERVER])
def test_roles_without_names_find_nobody(cast, role):
    here, _ = cast
    _, scope = reaching("eve", role, here)
    assert queries.search(scope, here, "扎西") == [] and not queries.people(scope, here).exists()


def test_another_community_is_not_found(cast):
    here, people = cast
    _, chen = reaching("chen", Role.OFFICE, community(B))
    with pytest.raises(NotFound):
        queries.search(chen, here, "扎西")
    with pytest.raises(NotFound):
        queries.people(chen, here)
    with pytest.raises(NotFound):
        queries.person(chen, people["tashi"].pk)


@pytest.mark.parametrize("words", ["扎西", "zx", "1985", "1234", "13989001234", "扎西 1985"])
def test_a_search_takes_three_queries_at_most(cast, words, django_assert_max_num_queries):
    """One for the community, one for the keys, one for the people."""
    here, _ = cast
    with django_assert_max_num_queries(3):
        hits = queries.search(EVERYTHING, here, words)
        assert [(h.person.name, h.person.grid and h.person.grid.no, h.person.household and h.person.household.no) for h in hits]


def test_a_name_that_is_corrected_is_found_anew(cast):
    here, people = cast
    actions.change_person(by=BO, person=people["nyima"], changes={"name": "达瓦"}, at=MORNING, ref=new_id())
    assert found(here, "达瓦") == [people["nyima"].pk] and found(here, "尼玛") == []
