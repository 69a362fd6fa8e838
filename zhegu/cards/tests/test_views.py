"""The office's pages about cards and keys."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.cards import actions, queries
from zhegu.cards.models import CardKey, IssuedCard
from zhegu.cards.outside import keystore
from zhegu.cards.rules import TrustList, printed_serial, verify
from zhegu.cards.tests.make import WHOLE, blank, hand_out, issued, named, refs, state, text_of
from zhegu.journal.tests.make import BO
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.texts import text
from zhegu.places.tests.make import A, B, community

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_keys(tmp_path, settings):
    settings.DATA = tmp_path


@pytest.fixture
def here():
    return community(A, grids=3)


def visitor(username: str, role: Role, place, lang: str = "zh-hans") -> Client:
    client = Client()
    client.force_login(staff(username, role, place))
    client.cookies["zhegu_language"] = lang
    return client


def today(*cards):
    """Cards issued now, since pages read the clock."""
    return [type(card)(card.round_no, card.grid_no, clock.now(), card.kind, card.resident) for card in cards]


def some(here):
    given, waiting, person = issued(here, *today(blank(1), blank(2), named(2)), at=clock.now())
    hand_out(here, given, at=clock.now())
    return given, waiting, person


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
@pytest.mark.parametrize("page", ["cards:cards", "cards:list", "cards:check", "cards:keys"])
def test_every_page_opens_in_every_language_empty_and_full(here, lang, page):
    ana = visitor("ana", Role.OFFICE, here, lang)
    assert ana.get(reverse(page)).status_code == 200
    some(here)
    assert ana.get(reverse(page)).status_code == 200


def test_the_overview_counts_what_the_list_shows(here):
    some(here)
    ana = visitor("ana", Role.OFFICE, here)
    page = ana.get(reverse("cards:cards")).context
    assert page["totals"]["all"] == 3
    assert [(row["grid"], row["all"]) for row in page["grids"]] == [(1, 1), (2, 2)]
    for row in page["grids"]:
        for card_state, count in row["states"]:
            where = {"round": 12, "grid": row["grid"], "state": str(card_state)}
            assert len(ana.get(reverse("cards:list"), where).context["rows"]) == count


def test_the_list_turns_its_pages(here):
    issued(here, *today(*[blank(1)] * 101), at=clock.now())
    ana = visitor("ana", Role.OFFICE, here)
    second = ana.get(reverse("cards:list"), {"round": 12, "page": 2})
    assert len(second.context["rows"]) == 1
    assert ana.get(reverse("cards:list"), {"round": "x", "page": "x", "grid": "9" * 30}).status_code == 200


def test_selected_cards_are_withdrawn_with_a_reason(here):
    given, waiting, _ = some(here)
    ana = visitor("ana", Role.OFFICE, here)
    names = [f"{ref.kid.hex()}.{ref.serial}" for ref in refs(here, given, waiting)]
    back = reverse("cards:list") + "?round=12"
    for form in ({"card": names}, {"why": "lost"}, {"card": ["x", "zz.5"], "why": "lost"}):
        assert ana.post(reverse("cards:revoke"), form | {"next": back}).status_code == 302
    assert state(here, given) == "active"
    answer = ana.post(reverse("cards:revoke"), {"card": names, "why": "lost", "next": back})
    assert answer.url == back
    assert (state(here, given), state(here, waiting)) == ("revoked", "revoked")
    assert IssuedCard.objects.get(serial=given).why == "lost"


def test_nobody_is_sent_elsewhere_after_withdrawing(here):
    ana = visitor("ana", Role.OFFICE, here)
    for where in ("https://example.org/", "//example.org", "/login/"):
        assert ana.post(reverse("cards:revoke"), {"next": where}).url == reverse("cards:cards")


@pytest.mark.parametrize(
    ("which", "signal", "word"),
    [(0, "yes", "genuine"), (1, "look", "genuine_not_handed_out"), (2, "yes", "genuine")],
)
def test_a_card_is_checked_by_its_code(here, which, signal, word):
    serial = some(here)[which]
    ana = visitor("ana", Role.OFFICE, here)
    page = ana.post(reverse("cards:check"), {"text": f" {text_of(here, serial)}\n"}).context
    assert (page["signal"], page["word"]) == (signal, f"cards.{word}")


def test_a_forged_card_says_why(here):
    some(here)
    ana = visitor("ana", Role.OFFICE, here)
    page = ana.post(reverse("cards:check"), {"text": "HC1:NCF"})
    assert page.context["signal"] == "no"
    assert text("cards.reason_zlib", "zh") in page.content.decode()


def test_a_card_of_another_community_is_genuine_but_not_ours(here):
    there = community(B)
    (serial,) = issued(there, *today(blank(1)), at=clock.now())
    ana = visitor("ana", Role.OFFICE, here)
    page = ana.post(reverse("cards:check"), {"text": text_of(there, serial)}).context
    assert page["word"] == "cards.genuine_elsewhere"


def test_a_typed_number_is_looked_up_but_proves_nothing(here):
    given, *_ = some(here)
    ana = visitor("ana", Role.OFFICE, here)
    for typed, word in (
        (printed_serial(given), "number_only"),
        (printed_serial(given)[:-1], "number_not_read"),
        (printed_serial(13_001_000_001), "number_unknown"),
        ("", "number_not_read"),
    ):
        assert ana.post(reverse("cards:check"), {"text": typed}).context["word"] == f"cards.{word}"


def test_the_audit_list_downloads_and_verifies(here):
    given, *_ = some(here)
    leader = visitor("lu", Role.LEADER, here)
    answer = leader.get(reverse("cards:trust_list"))
    assert verify(text_of(here, given), TrustList.from_plain(json.loads(answer.content))).valid


# --- keys


def pdf_text(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_the_root_is_made_printed_put_away_and_restored(here):
    ana = visitor("ana", Role.OFFICE, here)
    ana.post(reverse("cards:make_root"))
    assert text("cards.root_never_printed", "zh") in ana.get(reverse("cards:keys")).content.decode()
    (secret,) = queries.recovery_sheets(WHOLE)
    printed = ana.post(reverse("cards:sheet"), {"how": "whole"})
    assert printed["Content-Type"] == "application/pdf"
    assert secret in pdf_text(printed.content).replace(" ", "").replace("\n", "")
    ana.post(reverse("cards:put_away"))
    assert not keystore.has_root()
    wrong = secret[:16] + ("2" if secret[16] != "2" else "3") + secret[17:]
    ana.post(reverse("cards:restore"), {"sheet": [wrong, ""]})
    assert "2" in str(ana.get(reverse("cards:keys")).content.decode())
    assert not keystore.has_root()
    ana.post(reverse("cards:restore"), {"sheet": [secret.lower(), ""]})
    assert keystore.has_root()


def test_three_shares_come_as_three_files_and_two_restore(here):
    ana = visitor("ana", Role.OFFICE, here)
    ana.post(reverse("cards:make_root"))
    archive = zipfile.ZipFile(io.BytesIO(ana.post(reverse("cards:sheet"), {"how": "shares"}).content))
    assert len(archive.namelist()) == 3
    words = [pdf_text(archive.read(name)).replace(" ", "") for name in archive.namelist()]
    assert ["1/3" in words[0], "2/3" in words[1], "3/3" in words[2]] == [True] * 3


def test_putting_away_an_unprinted_root_is_refused_in_words(here):
    ana = visitor("ana", Role.OFFICE, here)
    ana.post(reverse("cards:make_root"))
    answer = ana.post(reverse("cards:put_away"))
    assert answer.status_code == 409
    assert text("cards.root_not_printed", "zh") in answer.content.decode()


def test_keys_are_prepared_and_a_stolen_one_withdrawn(here):
    ana = visitor("ana", Role.OFFICE, here)
    ana.post(reverse("cards:make_keys"), {"kind": ["1", "2", "9"]})
    assert set(CardKey.objects.filter(community=here).values_list("role", flat=True)) == {1, 2}
    key = CardKey.objects.filter(community=here, role=1).order_by("opens").first()
    ana.post(reverse("cards:revoke_key", args=[key.pk]), {"why": ""})
    assert CardKey.objects.get(pk=key.pk).revoked is None
    ana.post(reverse("cards:revoke_key", args=[key.pk]), {"why": "stolen"})
    assert CardKey.objects.get(pk=key.pk).why == "stolen"
    assert ana.get(reverse("cards:keys")).status_code == 200


def test_only_the_office_comes_near_keys_and_withdrawals(here):
    actions.set_up_root(by=BO, at=clock.now(), ref=new_id())
    some(here)
    key = CardKey.objects.filter(community=here).first()
    leader, sampler = visitor("lu", Role.LEADER, here), visitor("bo", Role.SAMPLER, here)
    posts = ["revoke", "make_keys", "make_root", "sheet", "put_away", "restore"]
    for client in (leader, sampler):
        assert client.get(reverse("cards:keys")).status_code == 404
        assert client.post(reverse("cards:revoke_key", args=[key.pk])).status_code == 404
        assert {client.post(reverse(f"cards:{name}")).status_code for name in posts} == {404}
    for name in ("cards", "list", "check", "trust_list"):
        assert leader.get(reverse(f"cards:{name}")).status_code == 200
        assert sampler.get(reverse(f"cards:{name}")).status_code == 404


def test_the_key_of_another_community_is_not_found(here):
    there = community(B)
    issued(there, *today(blank(1)), at=clock.now() - timedelta(minutes=1))
    key = CardKey.objects.filter(community=there).first()
    ana = visitor("ana", Role.OFFICE, here)
    assert ana.post(reverse("cards:revoke_key", args=[key.pk]), {"why": "x"}).status_code == 404
