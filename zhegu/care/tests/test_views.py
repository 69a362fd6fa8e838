"""The pages of care through the real door, and the form made from them."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Look, Role
from zhegu.care import actions
from zhegu.care.models import CareNeed, Contact, Hint
from zhegu.care.rules import Source
from zhegu.care.tests.make import BY, Village, begin
from zhegu.journal.tests.make import MORNING
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.registers.tests.make import person

pytestmark = pytest.mark.django_db
PHONE = "13912345678"


@pytest.fixture
def village() -> Village:
    return Village()


def client(village: Village, role: Role, place=None) -> Client:
    made = Client()
    made.force_login(village.who(role, place))
    return made


@pytest.fixture
def office(village: Village) -> Client:
    return client(village, Role.OFFICE)


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_every_page_stands_in_every_language(village: Village, office: Client, lang: str):
    village.asked(village.yangjin, need="需要买米")
    person(village.community, "卓玛", village.grids[0], note="孕妇")
    actions.give_hint(by=BY, whose=village.people[0].household, categories=["chronic"], words="x", source=Source.SURVEY, at=MORNING, ref=new_id())
    office.cookies["zhegu_language"] = lang
    own = [reverse(f"care:{name}", args=[village.yangjin.pk]) for name in ("one", "change")]
    for address in [*(reverse(f"care:{name}") for name in ("people", "found", "pick")), *own]:
        assert office.get(address).status_code == 200, address


OPENS = {
    Role.OFFICE: {"people", "found", "pick", "one", "change"}, Role.LEADER: {"people", "one"},
    Role.CARER: {"people", "pick", "one", "change"}, Role.GRID_WORKER: set(), Role.CLINIC: set(), Role.OBSERVER: set(),
}  # fmt: skip


@pytest.mark.parametrize("role", OPENS)
def test_who_may_open_which_page(village: Village, role: Role):
    someone = client(village, role)
    addresses = {name: reverse(f"care:{name}") for name in ("people", "found", "pick")}
    addresses |= {name: reverse(f"care:{name}", args=[village.yangjin.pk]) for name in ("one", "change")}
    assert {name for name, address in addresses.items() if someone.get(address).status_code == 200} == OPENS[role]


def test_a_carer_of_one_grid_finds_the_room_and_their_own_people(village: Village):
    carer = client(village, Role.CARER, village.grids[0])
    shown = carer.get(reverse("care:people")).content.decode()
    assert "央金" in shown and "次仁" not in shown and f'href="{reverse("care:people")}" aria-current' in shown


def test_every_screen_with_names_is_one_look_at_them(village: Village, office: Client):
    office.get(reverse("care:people"))
    office.get(reverse("care:one", args=[village.yangjin.pk]))
    looks = Look.objects.order_by("at")
    assert [(look.screen, look.subjects.count()) for look in looks] == [("care.people", 2), ("care.one", 1)]
    office.get(reverse("care:people"), {"q": "nobody"})
    assert Look.objects.count() == 2


def test_somebody_is_taken_in_changed_asked_ended_and_taken_back(village: Village, office: Client):
    somebody = person(village.community, "卓玛", village.grids[0], note="孕妇")
    address = reverse("care:new", args=[somebody.pk])
    assert 'value="pregnant" checked' in office.get(address + "?note=1").content.decode()
    assert office.post(address, {"every_days": "7"}).status_code == 409
    office.post(address + "?note=1", {"categories": ["pregnant"], "every_days": "7", "contact_phone": PHONE, "due_on": "2022-12-06"})
    care = CareNeed.objects.get(person=somebody)
    assert (care.source, care.contact_phone, care.categories) == ("note", PHONE, ["pregnant"])
    change = reverse("care:change", args=[care.pk])
    assert PHONE not in office.get(change).content.decode()
    office.post(change, {"categories": ["pregnant", "hardship"], "every_days": "3", "helper": str(village.who(Role.CARER).pk)})
    care.refresh_from_db()
    assert (care.contact_phone, care.every_days, care.helper.username) == (PHONE, 3, f"carer-{village.community.code}")
    office.post(change, {"categories": ["pregnant"], "every_days": "3", "no_contact_phone": "1"})
    assert CareNeed.objects.get(pk=care.pk).contact_phone == ""
    office.post(reverse("care:contact", args=[care.pk]), {"how": "door", "need": "叶酸"})
    assert "叶酸" in office.get(reverse("care:one", args=[care.pk])).content.decode()
    office.post(reverse("care:undo", args=[Contact.objects.get().pk]))
    assert "叶酸" not in office.get(reverse("care:one", args=[care.pk])).content.decode()
    office.post(reverse("care:end", args=[care.pk]), {"why": "已生产"})
    assert "卓玛" not in office.get(reverse("care:people")).content.decode().split("<main")[1].split("<table")[-1]
    assert "卓玛" in office.get(reverse("care:people"), {"show": "ended"}).content.decode()
    office.post(reverse("care:reopen", args=[care.pk]))
    assert CareNeed.objects.get(pk=care.pk).ended is None


@pytest.mark.parametrize("wrong", [{"at": "gestern"}, {"at": "2999-01-01T00:00"}, {"medicine_until": "x"}])
def test_what_cannot_be_read_is_refused_and_nothing_is_kept(village: Village, office: Client, wrong: dict):
    assert office.post(reverse("care:contact", args=[village.yangjin.pk]), wrong).status_code == 409
    assert not Contact.objects.exists()


def test_a_list_is_found_by_name_by_why_and_by_who_is_to_be_asked(village: Village, office: Client):
    village.asked(village.tsering, at=clock.now())
    for query, seen, unseen in [({"q": "yangjin"}, "央金", "次仁"), ({"category": "chronic"}, "次仁", "央金"), ({"show": "to_ask"}, "央金", "次仁")]:
        shown = office.get(reverse("care:people"), query).content.decode()
        assert seen in shown and unseen not in shown, query


def test_what_is_found_is_taken_or_left(village: Village, office: Client):
    somebody = person(village.community, "卓玛", village.grids[0], note="孕妇")
    assert "卓玛" in office.get(reverse("care:found")).content.decode()
    office.post(reverse("care:skip", args=[somebody.pk]))
    assert "卓玛" not in office.get(reverse("care:found")).content.decode()
    given = actions.give_hint(by=BY, whose=somebody, categories=[], words="想吃药", source=Source.SURVEY, at=MORNING, ref=new_id())
    assert "想吃药" in office.get(reverse("care:found")).content.decode()
    office.post(reverse("care:settle", args=[given.facts["hint"]]))
    assert Hint.objects.get(pk=given.facts["hint"]).settled
    assert office.get(reverse("care:new", args=[somebody.pk]) + "?hint=x").status_code == 404


@pytest.mark.parametrize("kind", ["xlsx", "pdf", "csv"])
def test_form_f4_hides_illness_unless_somebody_says_why(village: Village, office: Client, kind: str):
    page = office.get(reverse("reports:period_form") + "?form=F4").content.decode()
    assert "慢病" in page and "高血压" not in page and "次仁" not in page
    hidden = office.post(reverse("reports:period_form_file"), {"form": "F4", "format": kind})
    assert hidden.status_code == 200 and len(hidden.content) > 100 and not Look.objects.exists()
    full = office.post(reverse("reports:period_form_file"), {"form": "F4", "format": kind, "reveal": "1", "reason": "县里核对"})
    look = Look.objects.get()
    assert (look.screen, look.subjects.count(), look.reason) == ("reports:F4", 2, "县里核对")
    if kind == "csv":
        assert "高血压" in full.content.decode() and "高血压" not in hidden.content.decode()


def test_form_f17_holds_the_women_alone_and_who_is_due_first_stands_first(village: Village, office: Client):
    begin(person(village.community, "卓玛", village.grids[0]), categories=("pregnant",), due_on=date(2027, 5, 1))
    begin(person(village.community, "拉姆", village.grids[1]), categories=("pregnant", "chronic"), due_on=date(2027, 1, 1))
    asked = {"form": "F17", "format": "csv", "reveal": "1", "reason": "县里核对"}
    full = office.post(reverse("reports:period_form_file"), asked).content.decode()
    assert "央金" not in full and full.index("拉姆") < full.index("卓玛") and "2027-01-01" in full
    assert Look.objects.get().subjects.count() == 2
