"""Numbers and notes are nowhere in clear: not in the file, not in the journal, not in a log."""

import logging
import os
import random
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.support.tables import give_tables
from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.journal.models import Body
from zhegu.journal.tests.make import BO, MORNING
from zhegu.lib.ids import new_id
from zhegu.places.tests.make import community, grid
from zhegu.registers import actions, queries
from zhegu.registers.models import Person
from zhegu.registers.tests.make import EVERYTHING, id_number, person
from zhegu.vault.sealing import BrokenSeal

ROOT = Path(__file__).resolve().parents[3]
DICE = random.Random(20220913)
CANARIES = [
    (id_number(date(1950 + n % 60, 1 + n % 12, 1 + n % 28), n), f"139{DICE.randrange(10**8):08d}", f"备注金丝雀{n:03d}")
    for n in range(100)
]
FILL = """
import json, sys
import zhegu
from zhegu.config import start
start.begin(); start.ready()
from zhegu.journal.tests.make import BO, MORNING
from zhegu.lib.ids import new_id
from zhegu.places.tests.make import community, grid
from zhegu.registers import actions
from zhegu.registers.models import Person
here = community()
people = []
for paper, phone, note in json.load(sys.stdin):
    facts = {"name": "扎西", "id_number": paper, "phone": phone, "note": note}
    answer = actions.add_person(by=BO, community=here, facts=facts, grid=grid(here, 1), at=MORNING, ref=new_id())
    people.append(Person.objects.get(pk=answer.facts["person"]))
for one in people[:10]:
    changes = {"phone": one.phone[::-1].replace("931", "139"), "note": one.note + "改"}
    actions.change_person(by=BO, person=one, changes={"note": changes["note"]}, at=MORNING, ref=new_id())
actions.merge_people(by=BO, kept=people[0], dropped=people[1], at=MORNING, ref=new_id())
"""


def test_the_raw_database_holds_no_number_and_no_note(tmp_path):
    """Every byte of the data folder: the file, its write-ahead log, the anchors beside it."""
    import json

    give_tables(tmp_path)
    environment = {**os.environ, "ZHEGU_DATA": str(tmp_path), "ZHEGU_DATABASE": ""}
    filled = subprocess.run(
        [sys.executable, "-c", FILL], input=json.dumps(CANARIES), cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert filled.returncode == 0, filled.stderr[-2000:]
    raw = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert "扎西".encode() in raw
    found = [word for canary in CANARIES for word in canary if word.encode() in raw]
    assert found == []


@pytest.mark.django_db
def test_journal_bodies_are_sealed_and_open_only_in_their_place():
    paper, phone, note = CANARIES[0]
    here = community()
    one = person(here, phone=phone, id_number=paper, note=note)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM journal_body")
        stored = [row[0] for row in cursor.fetchall()]
    assert stored and all(text.startswith("v1.") for text in stored)
    assert phone in "".join(body.content for body in Body.objects.all())
    assert one.phone == phone


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["id_number", "phone", "note"])
def test_a_sealed_value_moved_to_another_row_or_column_does_not_open(column):
    here = community()
    one, other = (person(here, id_number=a, phone=b, note=c) for a, b, c in CANARIES[:2])

    def stored(row: Person) -> str:
        return Person.objects.get(pk=row.pk).__dict__[column]

    Person.objects.filter(pk=other.pk).update(**{column: stored(one)})
    with pytest.raises(BrokenSeal):
        getattr(Person.objects.get(pk=other.pk), column)
    elsewhere = "note" if column != "note" else "phone"
    Person.objects.filter(pk=one.pk).update(**{elsewhere: stored(one)})
    with pytest.raises(BrokenSeal):
        getattr(Person.objects.get(pk=one.pk), elsewhere)


def variants(number: str) -> list[str]:
    """As people type it: full width, Tibetan digits, spaces, dashes, another case."""
    wide = "".join(chr(ord(c) + 0xFEE0) for c in number)
    tibetan = "".join(chr(0x0F20 + int(c)) if c.isdigit() else c for c in number)
    return [number, wide, tibetan, number.lower(), f" {number} ", f"{number[:3]} {number[3:7]} {number[7:]}", f"{number[:6]}-{number[6:]}"]


@pytest.mark.django_db
def test_numbers_are_found_however_they_are_typed():
    here = community()
    for paper, phone, _ in CANARIES:
        person(here, "扎西", grid(here, 1), id_number=paper, phone=phone)
    by_phone = {one.phone: one.pk for one in Person.objects.all()}
    by_paper = {one.id_number: one.pk for one in Person.objects.all()}
    missed = []
    for n, (paper, phone, _) in enumerate(CANARIES):
        for number, whose in ((variants(phone)[n % 7], by_phone[phone]), (variants(paper)[n % 7], by_paper[paper])):
            if whose not in {hit.person.pk for hit in queries.search(EVERYTHING, here, number)}:
                missed.append(number)
    assert missed == []


@pytest.mark.django_db
def test_what_is_typed_into_the_search_is_not_logged(caplog):
    paper, phone, _ = CANARIES[0]
    here = community()
    one = person(here, phone=phone, id_number=paper)
    client = Client()
    client.force_login(staff("ana", Role.OFFICE, here))
    with caplog.at_level(logging.DEBUG):
        client.get(reverse("registers:people"), {"q": phone})
        client.get(reverse("registers:people_excel"), {"q": paper})
        client.get(reverse("registers:person", args=[new_id()]), {"q": phone})
        actions.change_person(by=BO, person=one, changes={"phone": "12"}, at=MORNING, ref=new_id())
    told = " ".join(record.getMessage() for record in caplog.records if not record.name.startswith("django.db"))
    assert phone not in told and paper not in told


@pytest.mark.django_db
def test_answers_and_traces_hold_ids_only():
    from zhegu.journal.models import Entry

    paper, phone, note = CANARIES[0]
    here = community()
    one = person(here, "扎西次仁", phone=phone, id_number=paper, note=note)
    actions.change_person(by=BO, person=one, changes={"phone": CANARIES[1][1], "name": "达瓦"}, at=MORNING, ref=new_id())
    answers = " ".join(Entry.objects.values_list("answer", flat=True))
    for word in (paper, phone, note, CANARIES[1][1], "扎西次仁", "达瓦"):
        assert word not in answers
