"""The office pages about phones, the page of trust, and the phone app's files."""

import gzip
import json
import plistlib
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography import x509
from django.test import Client

from zhegu.accounts import actions as accounts
from zhegu.accounts.models import Device, Enrolment, Role, StaffCode
from zhegu.accounts.tests.make import staff
from zhegu.journal.tests.make import MORNING
from zhegu.places.tests import make as places
from zhegu.sampling.tests.make import Day
from zhegu.sync.models import Quarantined
from zhegu.sync.outside import authority
from zhegu.sync.tests import make
from zhegu.sync.tests.test_pushing import note

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "board")]


@pytest.fixture
def office():
    """Ana of A's office, logged in; and A itself."""
    a = places.community()
    ana = staff("ana", Role.OFFICE, a)
    client = Client()
    client.force_login(ana)
    return client, a


def says(client, path, *words, status=200):
    answer = client.get(path)
    assert answer.status_code == status
    for one in words:
        assert one in answer.content.decode(), one
    return answer


def test_an_empty_list_says_what_to_do(office):
    says(office[0], "/phones/", "还没有登记手机。")


@pytest.mark.parametrize("language", ["zh", "bo", "en"])
def test_a_phone_joins_from_the_screen(office, language):
    client, a = office
    client.cookies["zhegu_language"] = language
    page = client.post("/phones/join/", {"ref": str(uuid4())}, follow=True)
    row = Enrolment.objects.get()
    assert page.status_code == 200 and row.community == a
    typed = f"{row.code[:4]}-{row.code[4:8]}-{row.code[8]}"
    assert typed in page.content.decode()
    waiting = client.get(f"/phones/join/{row.pk}/", headers={"hx-request": "true"})
    assert waiting.status_code == 204, "nothing is drawn anew while nothing has changed"
    assert make.post(Client(), "enrol", {"token": typed, "device_name": "Tent"}).status_code == 200
    fragment = client.get(f"/phones/join/{row.pk}/", headers={"hx-request": "true"}).content.decode()
    assert "Tent" in fragment and "<html" not in fragment and typed not in fragment and "hx-trigger" not in fragment
    says(client, "/phones/", "Tent")
    says(client, f"/phones/{Device.objects.get().pk}/", "Tent")


def test_a_double_click_invites_once(office):
    client, _ = office
    ref = str(uuid4())
    for _ in range(2):
        client.post("/phones/join/", {"ref": ref})
    assert Enrolment.objects.count() == 1


def test_codes_are_made_shown_and_printed(office):
    client, a = office
    bo = make.sampler(a)
    client.post("/phones/codes/new/", {"staff": [str(bo.pk)], "ref": str(uuid4())})
    code = StaffCode.objects.get().code
    says(client, "/phones/codes/", f"{code[:4]}-{code[4:8]}-{code[8]}", "Bo")
    assert client.get("/phones/codes/print/").content[:4] == b"%PDF"
    assert make.phone(a, MORNING).unlock(code).status_code == 200


def test_codes_cannot_be_made_for_people_elsewhere(office):
    client, _ = office
    chen = staff("chen", Role.OFFICE, places.community(places.B))
    client.post("/phones/codes/new/", {"staff": [str(chen.pk)], "ref": str(uuid4())})
    assert StaffCode.objects.count() == 0


def test_the_invitation_prints(office):
    client, a = office
    row = make.invitation(a, MORNING)
    answer = client.get(f"/phones/join/{row.pk}/print/")
    assert answer.content[:4] == b"%PDF" and answer["Cache-Control"] == "no-store"


def test_a_phone_is_switched_off_and_written_off_with_a_reason(office):
    client, a = office
    phone = make.phone(a, MORNING)
    client.post(f"/phones/{phone.device}/write-off/", {"reason": "fell into the river"})
    client.post(f"/phones/{phone.device}/revoke/", {"reason": "fell into the river"})
    kept = Device.objects.get()
    assert kept.revoked and kept.written_off
    says(client, "/phones/", "已停用")


def test_the_list_names_the_round_that_waits_for_a_phone(clock):
    day = Day().open()
    phone = make.phone(day.community, MORNING)
    make.signed_on(phone, day.community, make.sampler(day.community), MORNING)
    clock.shift(timedelta(hours=1))
    phone.pull()  # heard of since the round opened, but it has not said that nothing waits
    client = Client()
    client.force_login(day.office)
    says(client, "/phones/", "第1轮还在等它")
    phone.pull(unsent=0)
    assert "第1轮还在等它" not in client.get("/phones/").content.decode()


def test_a_person_is_locked_out(office):
    client, a = office
    phone = make.phone(a, MORNING)
    bo = make.signed_on(phone, a, make.sampler(a), MORNING)
    client.post(f"/phones/{phone.device}/lock-out/{bo}/")
    assert Device.objects.get().keys.get().revoked


def set_aside(a):
    phone = make.phone(a, MORNING)
    bo = make.signed_on(phone, a, make.sampler(a), MORNING)
    device = Device.objects.get(pk=phone.device)
    item, forged = note(phone, bo, a), {**note(phone, bo, a), "proof": ""}
    accounts.revoke_phone(by=make.OFFICE, device=device, reason="x", at=MORNING, ref=uuid4())
    phone.push(item, forged)
    return phone


def test_the_office_decides_about_what_was_set_aside(office, board):
    client, a = office
    set_aside(a)
    says(client, "/phones/", "待查的记录 2 条")
    says(client, "/phones/set-aside/", "note.put", "Bo")
    good, forged = Quarantined.objects.order_by("reason").reverse()
    assert forged.reason == "sync.bad_proof"
    assert client.post(f"/phones/set-aside/{forged.pk}/release/").status_code == 409
    client.post(f"/phones/set-aside/{forged.pk}/dismiss/", {"reason": "forged"})
    client.post(f"/phones/set-aside/{good.pk}/release/")
    assert [row.outcome for row in (Quarantined.objects.get(pk=one.pk) for one in (good, forged))] == [
        "accepted", "dismissed",
    ]  # fmt: skip
    assert board == [("x", "")]
    says(client, "/phones/set-aside/", "没有待查的记录。")


# --- an outbox as a file


def exported(phone, *items):
    head = {"zhegu_outbox": 1, "device": phone.device, "exported": MORNING.isoformat()}
    return "\n".join(json.dumps(line) for line in (head, *items)) + "\n"


def test_an_exported_outbox_is_taken_in_once(office, board):
    client, a = office
    phone = make.phone(a, MORNING)
    bo = make.signed_on(phone, a, make.sampler(a), MORNING)
    words = exported(phone, note(phone, bo, a), note(phone, bo, a, board="y")) + "damaged line\n"
    for _ in range(2):
        page = client.post("/phones/outbox/", {"words": words})
        assert "已采用" in page.content.decode() and "待查" in page.content.decode()
    assert sorted(board) == [("x", ""), ("y", "")]
    assert Quarantined.objects.count() == 1


def test_an_outbox_of_another_community_is_refused(office):
    client, _ = office
    phone = make.phone(places.community(places.B), MORNING)
    answer = client.post("/phones/outbox/", {"words": exported(phone)})
    assert answer.status_code == 409 and "别的社区" in answer.content.decode()


@pytest.mark.parametrize("words", ["", "hello", "{}", "[]", '{"zhegu_outbox":2}', '"\\ud800"', "{" * 5000])
def test_what_is_no_outbox_is_refused(office, words):
    assert office[0].post("/phones/outbox/", {"words": words}).status_code == 409


# --- who may not


OUTSIDE = ["bo", "chen", None]
PAGES = ["/phones/", "/phones/codes/", "/phones/codes/print/", "/phones/set-aside/", "/phones/outbox/"]


@pytest.mark.parametrize("who", OUTSIDE)
def test_only_the_office_of_the_community_sees_its_phones(who):
    a, b = make.two_communities()
    phone = set_aside(a)
    row, invitation = Quarantined.objects.first(), make.invitation(a, MORNING)
    people = {"bo": lambda: make.sampler(a, 1, "bo2"), "chen": lambda: staff("chen", Role.OFFICE, b)}
    client = Client()
    if who:
        client.force_login(people[who]())
    own = [f"/phones/{phone.device}/", f"/phones/join/{invitation.pk}/", f"/phones/join/{invitation.pk}/print/"]
    posts = [
        f"/phones/{phone.device}/revoke/", f"/phones/{phone.device}/write-off/",
        f"/phones/{phone.device}/lock-out/{uuid4()}/", f"/phones/set-aside/{row.pk}/release/",
        f"/phones/set-aside/{row.pk}/dismiss/",
    ]  # fmt: skip
    refused = 404 if who else 302
    if who != "chen":  # she has pages of her own community
        own += PAGES
    assert {path: client.get(path).status_code for path in own} == dict.fromkeys(own, refused)
    assert {path: client.post(path).status_code for path in posts} == dict.fromkeys(posts, refused)
    assert Device.objects.get(pk=phone.device).written_off is None
    assert Quarantined.objects.filter(settled=None).count() == 2


# --- trust


@pytest.fixture
def certificates(settings, tmp_path):
    settings.DATA = tmp_path
    return authority.certificates(tmp_path, "zhegu-1.local", ["10.42.0.1"], MORNING)


def test_the_page_of_trust_is_open_to_all_and_shows_the_fingerprint(certificates):
    page = says(Client(), "/trust/", authority.fingerprint(certificates.authority)).content.decode()
    assert all(f'lang="{lang}"' in page for lang in ("zh-CN", "bo", "en"))


def test_the_certificate_can_be_installed(certificates):
    known = x509.load_pem_x509_certificate(certificates.authority.read_bytes())
    crt = Client().get("/trust/zhegu.crt")
    assert crt["Content-Type"] == "application/x-x509-ca-cert"
    assert x509.load_der_x509_certificate(crt.content) == known
    profile = plistlib.loads(Client().get("/trust/zhegu.mobileconfig").content)
    assert x509.load_der_x509_certificate(profile["PayloadContent"][0]["PayloadContent"]) == known


def test_without_an_authority_the_page_says_so(settings, tmp_path):
    settings.DATA = tmp_path
    says(Client(), "/trust/", "没有自己的证书")
    assert Client().get("/trust/zhegu.crt").status_code == 404


# --- the phone app


@pytest.fixture
def built(settings, tmp_path: Path):
    settings.PHONE_DIST = tmp_path / "dist"
    (tmp_path / "dist" / "assets").mkdir(parents=True)
    files = {"index.html": "<p>app", "sw.js": "worker()", "manifest.webmanifest": "{}", "assets/a-1.js": "code()"}
    for name, words in files.items():
        (tmp_path / "dist" / name).write_text(words)
    (tmp_path / "secret").write_text("no")
    return tmp_path


@pytest.mark.parametrize(
    ("path", "kind", "keep"),
    [
        ("/phone/", "text/html; charset=utf-8", "no-cache"),
        ("/sw.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/manifest.webmanifest", "application/manifest+json", "no-cache"),
        ("/phone/assets/a-1.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
    ],
)
def test_files_of_the_app_have_their_kind_and_age(built, path, kind, keep):
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, kind, keep)
    squeezed = Client(headers={"accept-encoding": "gzip"}).get(path)
    assert gzip.decompress(squeezed.content) == answer.content


@pytest.mark.parametrize("path", ["/phone/../secret", "/phone/assets/../../secret", "/phone/%2e%2e/secret", "/phone/x.js"])
def test_nothing_else_is_served(built, path):
    assert Client().get(path).status_code == 404


def test_an_app_that_was_not_built_is_said_plainly(settings, tmp_path):
    settings.PHONE_DIST = tmp_path
    says(Client(), "/phone/", "./dev setup", status=503)
    assert Client().get("/sw.js").status_code == 404


def test_a_late_look_at_an_invitation_says_it_is_over(office, clock):
    client, a = office
    row = make.invitation(a, MORNING)
    clock.shift(timedelta(minutes=31))
    says(client, f"/phones/join/{row.pk}/", "已经失效")
