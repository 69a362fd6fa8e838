"""The office's pages of people and households."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Look, LookSubject, Role
from zhegu.accounts.tests.make import staff
from zhegu.journal.tests.make import BO, MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.texts import text
from zhegu.places.tests.make import A, B, community, grid
from zhegu.registers import actions
from zhegu.registers.models import Household, Merge, Person, Presence
from zhegu.registers.tests.make import household, id_number, person

pytestmark = pytest.mark.django_db
PHONE, PAPER, SECRET = "13989001234", id_number(date(1985, 3, 2), 11), "降压药"


def visitor(username: str, role: Role, *places, lang: str = "zh") -> Client:
    client = Client()
    client.force_login(staff(username, role, *places))
    client.cookies["zhegu_language"] = lang
    return client


@pytest.fixture
def here():
    return community(A)


@pytest.fixture
def home(here):
    return household(here, grid(here, 1), no="012", head_name="平措", address="湖边路")


@pytest.fixture
def tashi(here, home):
    return person(
        here, "扎西次仁", household=home, phone=PHONE, id_number=PAPER, note=SECRET, name_bo="བཀྲ་ཤིས་ཚེ་རིང",
        relation="户主", nickname="老村长",
    )  # fmt: skip


@pytest.fixture
def ana(here):
    return visitor("ana", Role.OFFICE, here)


def page(client: Client, name: str, /, *args, **asked) -> str:
    answer = client.get(reverse(f"registers:{name}", args=args), asked)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def post(client: Client, name: str, /, *args, **said):
    return client.post(reverse(f"registers:{name}", args=args), said)


PAGES = ["people", "add", "without_grid", "grids", "codes", "duplicates", "households", "add_household"]


@pytest.mark.parametrize("lang", ["zh", "bo", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_in_every_language_empty_and_full(here, name, lang):
    ana = visitor("ana", Role.OFFICE, here, lang=lang)
    page(ana, name)
    person(here, "扎西", grid(here, 1), birth_date=date(1990, 1, 1))
    person(here, "札西", birth_date=date(1990, 1, 1))
    page(ana, name)


@pytest.mark.parametrize("lang", ["zh", "bo", "en"])
@pytest.mark.parametrize("name", ["person", "change", "move", "merge_whom"])
def test_every_page_of_a_person_opens(here, tashi, name, lang):
    other = person(here, "扎西才让", grid(here, 1))
    ana = visitor("ana", Role.OFFICE, here, lang=lang)
    assert "扎西次仁" in page(ana, name, tashi.pk)
    assert "扎西才让" in page(ana, "merge", tashi.pk, other.pk)


@pytest.mark.parametrize("name", ["household", "change_household", "split"])
def test_every_page_of_a_household_opens(ana, tashi, home, name):
    assert "012" in page(ana, name, home.pk)


def test_the_list_shows_name_age_grid_and_house_with_the_phone_masked(ana, tashi):
    html = page(ana, "people")
    for words in ("扎西次仁", "1985", "012", "139****1234", "老村长"):
        assert words in html
    assert PHONE not in html and PAPER not in html


def test_search_answers_with_the_list_alone_while_typing(ana, tashi):
    answer = ana.get(reverse("registers:people"), {"q": "zxcr"}, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert "扎西次仁" in html and "<html" not in html


def test_an_empty_search_says_why_and_what_to_do(ana, tashi):
    html = page(ana, "people", q="达娃")
    assert text("registers.found_nobody", words="达娃") in html and text("registers.found_nobody_do") in html


def test_the_counts_equal_the_list_and_the_grids(ana, here, tashi):
    person(here, "达瓦", grid(here, 2), residence="incomer")
    html = page(ana, "people")
    assert text("registers.counted", n=2, residents=1, incomers=1, away=0) in html
    assert html.count('name="person"') == 2
    cells = re.findall(r"<tfoot>.*?</tfoot>", page(ana, "grids"), re.DOTALL)[0]
    assert re.findall(r'class="n">(\d+)<', cells) == ["1", "2", "1", "1", "0"]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"residence": "incomer"}, {"达瓦"}), ({"residence": "resident"}, {"扎西次仁", "普布"}), ({"lacks": "phone"}, {"达瓦", "普布"}),
        ({"presence": "away"}, {"普布"}), ({"born_from": "1980", "born_to": "1990"}, {"扎西次仁"}), ({"grid": "540526101001002"}, {"达瓦"}),
        ({"grid": "none"}, {"普布"}), ({"grid": "999"}, {"扎西次仁", "达瓦", "普布"}), ({"presence": "died"}, set()),
        ({"lacks": "household"}, {"达瓦", "普布"}), ({"q": "扎西", "residence": "incomer"}, set()), ({"q": "dw", "residence": "incomer"}, {"达瓦"}),
    ],
)  # fmt: skip
def test_filters_narrow_the_list(ana, here, tashi, asked, shown):
    person(here, "达瓦", grid(here, 2), residence="incomer")
    away = person(here, "普布")
    act = actions.SetPresence((away,), Presence.AWAY, MORNING.date(), MORNING, new_id())
    actions.set_presence(by=BO, community=here, items=[act])
    html = page(ana, "people", **asked)
    assert {name for name in ("扎西次仁", "达瓦", "普布") if f">{name}</a>" in html} == shown


def test_a_reveal_needs_a_reason_and_leaves_a_look(ana, tashi):
    assert PHONE not in page(ana, "person", tashi.pk)
    assert post(ana, "reveal", tashi.pk, field="phone").status_code == 404 and not Look.objects.exists()
    answer = post(ana, "reveal", tashi.pk, field="phone", reason="call")
    assert PHONE in answer.content.decode()
    look = Look.objects.get()
    assert (look.fields, look.reason, look.community) == ("phone", "call", A)
    assert list(LookSubject.objects.values_list("person", flat=True)) == [tashi.pk]
    assert text("registers.why_call") in page(ana, "person", tashi.pk)


RIGHTS = [
    (Role.OFFICE, False, {"phone", "note", "id_number"}), (Role.LEADER, False, {"phone"}), (Role.GRID_WORKER, True, {"phone", "note"}),
]


@pytest.mark.parametrize(("role", "of_grid", "fields"), RIGHTS)
@pytest.mark.parametrize("field", ["phone", "note", "id_number"])
def test_each_role_reveals_only_what_is_its_to_see(here, tashi, role, of_grid, fields, field):
    someone = visitor("eve", role, grid(here, 1) if of_grid else here)
    answer = post(someone, "reveal", tashi.pk, field=field, reason="call")
    assert (answer.status_code == 200) == (field in fields)
    assert Look.objects.exists() == (field in fields)
    value = {"phone": PHONE, "note": SECRET, "id_number": PAPER}[field]
    assert (value in answer.content.decode()) == (field in fields)


@pytest.mark.parametrize("role", [Role.SAMPLER, Role.LAB, Role.OBSERVER])
@pytest.mark.parametrize("name", [*PAGES, "people_excel", "people_print", "grids_excel"])
def test_roles_without_the_register_find_nothing(here, tashi, role, name):
    assert visitor("eve", role, here).get(reverse(f"registers:{name}")).status_code == 404


def crawl(client: Client, tashi: Person, home: Household) -> str:
    """Every page of this room that the visitor may open."""
    html = []
    addresses = [reverse(f"registers:{name}") for name in PAGES]
    addresses += [reverse("registers:people") + f"?q={q}" for q in ("扎西", "1234", PHONE, PAPER)]
    addresses += [reverse(f"registers:{name}", args=[tashi.pk]) for name in ("person", "change", "move", "merge_whom")]
    addresses += [reverse(f"registers:{name}", args=[home.pk]) for name in ("household", "split")]
    addresses += [reverse("registers:people_excel")]
    for address in addresses:
        answer = client.get(address)
        body = answer.content
        html.append(body.decode("utf-8", "replace").replace(f'value="{PHONE}"', "").replace(f'value="{PAPER}"', ""))
    return "".join(html)


@pytest.mark.parametrize("role", [Role.OFFICE, Role.LEADER, Role.SAMPLER, Role.LAB, Role.OBSERVER])
def test_no_page_shows_a_whole_number_or_a_note_unasked(here, tashi, home, role):
    """What someone typed into the search field themselves does not count."""
    html = crawl(visitor("eve", role, here), tashi, home).replace(f"q={PHONE}", "").replace(f"q={PAPER}", "")
    for secret in (PHONE, PAPER, SECRET, PAPER[6:14]):
        assert secret not in html


def test_another_communitys_office_finds_nobody(tashi, home, ana, here):
    chen = visitor("chen", Role.OFFICE, community(B))
    other = person(here, "札西")
    merge = actions.merge_people(by=BO, kept=tashi, dropped=other, at=MORNING, ref=new_id()).facts["merge"]
    assert "扎西次仁" not in page(chen, "people") and "扎西次仁" not in page(chen, "people", q="扎西")
    for name in ("person", "change", "move", "merge_whom"):
        assert chen.get(reverse(f"registers:{name}", args=[tashi.pk])).status_code == 404
    for name, said in (
        ("reveal", {"field": "phone", "reason": "call"}), ("presence", {"presence": "died"}), ("renew_code", {}),
        ("change", {"name": "x"}), ("move", {"grid": grid(here, 2).code}),
    ):  # fmt: skip
        assert post(chen, name, tashi.pk, **said).status_code == 404
    for name in ("household", "change_household", "split"):
        assert chen.get(reverse(f"registers:{name}", args=[home.pk])).status_code == 404
    assert post(chen, "assign", home.pk, grid=grid(here, 2).code).status_code == 404
    assert post(chen, "undo_merge", merge).status_code == 404
    assert post(chen, "many", act="presence", be="died", person=str(tashi.pk)).status_code == 404
    assert chen.get(reverse("registers:merge", args=[tashi.pk, other.pk])).status_code == 404
    tashi.refresh_from_db()
    assert tashi.presence == "here"


def test_comparing_two_is_a_look_in_their_own_community_whichever_one_has_turned_to(here, tashi):
    there = community(B)
    two = visitor("two", Role.OFFICE, here, there)
    pairs = {A: (tashi, person(here, "扎西", tashi.grid)), B: [person(there, name, grid(there, 1)) for name in ("格桑", "格桑卓玛")]}
    for one, other in pairs.values():
        assert two.get(reverse("registers:merge", args=[one.pk, other.pk])).status_code == 200
    assert list(Look.objects.filter(screen="registers.merge").order_by("at").values_list("community", flat=True)) == [A, B]


def test_a_grid_worker_sees_and_changes_only_their_own_grid(here, tashi):
    stranger = person(here, "达瓦", grid(here, 2))
    nowhere = person(here, "普布")
    bo = visitor("bo", Role.GRID_WORKER, grid(here, 1))
    html = page(bo, "people")
    assert "扎西次仁" in html and "达瓦" not in html and "普布" not in html
    assert bo.get(reverse("registers:person", args=[stranger.pk])).status_code == 404
    assert bo.get(reverse("registers:person", args=[nowhere.pk])).status_code == 404
    assert post(bo, "presence", tashi.pk, presence="away", since="2022-09-01").status_code == 302
    assert post(bo, "move", tashi.pk, grid=grid(here, 2).code).status_code == 404
    assert post(bo, "add", name="新人", grid=grid(here, 2).code, residence="resident").status_code == 404
    assert post(bo, "add", name="新人", residence="resident").status_code == 404
    assert post(bo, "add", name="新人", grid=grid(here, 1).code, residence="resident").status_code == 302
    assert bo.get(reverse("registers:duplicates")).status_code == 404


def test_someone_is_added_with_only_a_name(ana, here):
    answer = post(ana, "add", name="旺堆", residence="resident")
    added = Person.objects.get()
    assert answer["Location"] == reverse("registers:person", args=[added.pk]) and added.grid is None
    assert "旺堆" in page(ana, "without_grid")


def test_a_double_click_adds_one(ana, here):
    said = {"name": "旺堆", "residence": "resident", "ref": str(new_id()), "sure": "1"}
    post(ana, "add", **said), post(ana, "add", **said)
    assert Person.objects.count() == 1


def test_who_may_be_there_already_is_asked_about(ana, here, tashi):
    said = {"name": "札西泽仁", "residence": "resident", "grid": grid(here, 1).code}
    html = post(ana, "add", **said).content.decode()
    assert text("registers.alike") in html and Person.objects.count() == 1
    assert post(ana, "add", **said, sure="1").status_code == 302 and Person.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [("name", " ", "registers.write_a_name"), ("phone", "12", "registers.phone_unreadable"), ("birth_date", "昨天", "registers.birth_wrong")],
)
def test_a_form_says_what_is_wrong_at_its_field(ana, here, field, value, complaint):
    html = post(ana, "add", **({"name": "旺堆", "residence": "resident"} | {field: value})).content.decode()
    assert text(complaint) in html and not Person.objects.exists()


def form_of(client: Client, name: str, *args) -> dict:
    """The fields of a page's form as a browser would send them back."""
    html = page(client, name, *args).split("<main")[1]
    said = dict(re.findall(r'<input[^>]*?name="(\w+)"[^>]*?value="([^"]*)"', html))
    for name, inside in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        said[name] = chosen[1] if chosen else ""
    return said


def test_only_what_was_changed_is_changed(ana, tashi):
    said = form_of(ana, "change", tashi.pk) | {"nickname": "大扎西"}
    assert post(ana, "change", tashi.pk, **said).status_code == 302
    tashi.refresh_from_db()
    assert (tashi.nickname, tashi.phone, tashi.id_number, tashi.note) == ("大扎西", PHONE, PAPER, SECRET)


def test_two_people_changing_the_same_fact_lose_nothing(ana, tashi):
    said = form_of(ana, "change", tashi.pk)
    actions.change_person(by=BO, person=tashi, changes={"nickname": "小扎西"}, at=MORNING, ref=new_id())
    answer = post(ana, "change", tashi.pk, **{**said, "nickname": "大扎西"})
    tashi.refresh_from_db()
    assert answer.status_code == 409 and tashi.nickname == "小扎西"


def test_a_phone_is_emptied_by_a_tick(ana, tashi):
    post(ana, "change", tashi.pk, **form_of(ana, "change", tashi.pk), no_phone="on")
    tashi.refresh_from_db()
    assert tashi.phone == "" and tashi.id_number == PAPER


def test_someone_moves_to_another_household(ana, here, tashi):
    other = household(here, grid(here, 2), no="077")
    assert "077" in page(ana, "move", tashi.pk, q="077")
    post(ana, "move", tashi.pk, household=str(other.pk))
    tashi.refresh_from_db()
    assert (tashi.household, tashi.grid) == (other, grid(here, 2))


def test_a_household_splits(ana, here, home, tashi):
    person(here, "达瓦", household=home)
    post(ana, "split", home.pk, person=str(tashi.pk), no="013")
    tashi.refresh_from_db()
    assert (tashi.household.no, tashi.grid, home.members.count()) == ("013", grid(here, 1), 1)


def test_those_without_a_grid_are_placed_together(ana, here):
    people = [person(here, name) for name in ("达瓦", "普布", "巴桑")]
    said = {"act": "grid", "into": grid(here, 3).code, "from": "without_grid", "person": [str(one.pk) for one in people[:2]]}
    answer = post(ana, "many", **said)
    assert answer["Location"] == reverse("registers:without_grid")
    assert Person.objects.filter(grid=grid(here, 3)).count() == 2
    assert "巴桑" in page(ana, "without_grid")


def test_nobody_ticked_changes_nothing(ana, here, tashi):
    answer = ana.post(reverse("registers:many"), {"act": "grid", "into": grid(here, 3).code}, follow=True)
    assert text("registers.nobody_ticked") in answer.content.decode()


def test_everyone_of_the_list_is_acted_on(ana, here):
    for n in range(60):
        person(here, f"达瓦{n}", grid(here, 1))
    post(ana, "many", act="grid", into=grid(here, 2).code, everyone="1", grid=grid(here, 1).code)
    assert Person.objects.filter(grid=grid(here, 2)).count() == 60


def test_more_than_a_thousand_are_ticked_at_once(ana, here):
    """Django by itself refuses a form of more than 1,000 fields."""
    people = [Person(community=here, grid=None, name=f"达瓦{n}", added=MORNING, code=f"R{n}") for n in range(1_200)]
    Person.objects.bulk_create(people)
    post(ana, "many", act="grid", into=grid(here, 3).code, person=[str(one.pk) for one in people])
    assert Person.objects.filter(grid=grid(here, 3)).count() == 1_200


def test_two_rows_are_merged_and_come_apart_again(ana, here, tashi):
    other = person(here, "扎西才让", grid(here, 2))
    post(ana, "merge", tashi.pk, other.pk, keep=str(other.pk))
    merge = Merge.objects.get()
    assert merge.dropped == tashi
    assert ana.get(reverse("registers:person", args=[tashi.pk]))["Location"].endswith(f"{other.pk}/")
    assert text("registers.undo_merge") in page(ana, "person", other.pk)
    post(ana, "undo_merge", merge.pk)
    tashi.refresh_from_db()
    assert tashi.merged_into is None


def test_a_pair_called_different_is_not_listed_again(ana, here):
    one, other = (person(here, name, birth_date=date(1990, 1, 1)) for name in ("扎西", "札西"))
    assert "札西" in page(ana, "duplicates")
    post(ana, "merge", one.pk, other.pk, different="1")
    assert "札西" not in page(ana, "duplicates") and not Merge.objects.exists()


def test_the_history_tells_who_did_what(ana, tashi):
    post(ana, "change", tashi.pk, **(form_of(ana, "change", tashi.pk) | {"phone": "13989000009"}))
    html = page(ana, "person", tashi.pk)
    assert text("registers.person_changed") in html and text("registers.person_added") in html and "Ana" in html
    assert "13989000009" not in html


def test_excel_and_print_hold_the_list_with_masked_phones(ana, here, tashi):
    import io

    from openpyxl import load_workbook

    answer = ana.get(reverse("registers:people_excel"))
    cells = [cell for row in load_workbook(io.BytesIO(answer.content)).active.values for cell in row if cell]
    assert "扎西次仁" in cells and "139****1234" in cells and PHONE not in cells
    pdf = ana.get(reverse("registers:people_print"))
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    assert not Look.objects.exists()


def test_a_call_list_needs_a_reason_and_names_everyone_on_it(ana, here, tashi):
    import io

    from openpyxl import load_workbook

    other = person(here, "达瓦", grid(here, 2), phone="13989005678")
    assert post(ana, "call_list").status_code == 302 and not Look.objects.exists()
    answer = post(ana, "call_list", reason="call")
    cells = [cell for row in load_workbook(io.BytesIO(answer.content)).active.values for cell in row if cell]
    assert PHONE in cells and PAPER not in cells
    assert set(LookSubject.objects.values_list("person", flat=True)) == {tashi.pk, other.pk}


@pytest.mark.parametrize("names", ["whole", "first", "none"])
def test_codes_print_by_household(ana, here, tashi, names):
    pdf = ana.get(reverse("registers:codes"), {"print": "1", "names": names})
    assert pdf.content.startswith(b"%PDF")


def test_a_new_code_ends_the_old_one(ana, tashi):
    old = tashi.code
    post(ana, "renew_code", tashi.pk)
    tashi.refresh_from_db()
    assert tashi.code != old and tashi.code.startswith("R1:") and len(tashi.code) == 20


BASELINE = {"people": 14, "grids": 12, "without_grid": 11, "households": 13, "person": 20}


@pytest.mark.parametrize("name", BASELINE)
def test_a_page_takes_as_many_queries_for_many_as_for_few(ana, here, tashi, name, django_assert_max_num_queries):
    for n in range(30):
        person(here, f"达瓦{n}", grid(here, 1 + n % 3) if n % 4 else None)
    args = [tashi.pk] if name == "person" else []
    with django_assert_max_num_queries(BASELINE[name]):
        page(ana, name, *args)


def test_no_page_carries_styles_or_scripts_of_its_own(ana, tashi):
    for name, args in (("people", []), ("person", [tashi.pk]), ("without_grid", [])):
        html = page(ana, name, *args)
        assert " style=" not in html and "onclick" not in html and not re.search(r"<script(?![^>]*src=)", html)
