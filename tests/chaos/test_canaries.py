"""A whole day with a thousand known numbers: not one of them lies in clear in any file beside the data.

The rosters come in by the command line and by the browser, a round runs, people are searched for, shown,
revealed and exported, a phone brings someone new; the server is killed, so that its write-ahead log stays.
"""

import io
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
import requests
from openpyxl import Workbook

from tests.chaos.phoenix import Phoenix
from tests.support.server import ROOT, Server

CODE, PASSWORD = "540526101001", "zhegu-demo"
NEW_PHONE = "13311112222"
SAYS_SOMEONE_NEW = """
import sys
from zhegu.config import start
start.begin(); start.ready()
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
from zhegu.accounts.models import Staff
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.places.models import Place
from zhegu.sampling.models import Round
from zhegu.sync.tests import make
here, now = Place.objects.get(code=sys.argv[1]), clock.now()
phone = make.phone(here, now)
who = make.signed_on(phone, here, Staff.objects.get(username="office"), now)
new = {"id": str(new_id()), "name": "N", "birth_year": 1990, "sex": "", "grid": 1, "phone": sys.argv[2]}
body = {"round": str(Round.objects.get().pk), "reason": "new_arrival", "new": new}
(answer,) = phone.push(phone.item(who, "sampling.add_to_roster", body, now))
assert answer["status"] == "accepted", answer
phone.push({"ref": "x", "envelope": "{" + sys.argv[2], "proof": ""})
phone.pull()
"""


def canaries(count: int) -> list[tuple[str, str]]:
    """Id numbers with their check character, and phones; each of them nowhere else in the world."""
    dice = random.Random(int(os.environ["ZHEGU_SEED"]))
    return [(_number(dice, n), f"139{dice.randrange(10**8):08d}") for n in range(count)]


def _number(dice: random.Random, order: int) -> str:
    born = date(1940 + dice.randrange(70), 1 + dice.randrange(12), 1 + dice.randrange(28))
    first = f"540526{born:%Y%m%d}{order:03d}"
    weighed = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(first))
    return first + "10X98765432"[weighed % 11]


def workbook(rows: list[tuple[str, str]]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append(["网格", "户号", "姓名", "身份证号码", "联系电话"])
    for n, (number, phone) in enumerate(rows):
        sheet.append([f"第{n % 15 + 1}网格", str(9000 + n // 4), f"金丝{n}", number, phone])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class Office:
    """The office's browser."""

    def __init__(self, server: Server):
        self.url, self.session = server.url, requests.Session()
        self.post("/login/", username="office", password=PASSWORD)

    def get(self, path: str, **words: str) -> requests.Response:
        answer = self.session.get(self.url + path, params=words, timeout=60)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer

    def post(self, path: str, files: object = None, **words: str) -> requests.Response:
        self.session.get(f"{self.url}/login/" if path == "/login/" else f"{self.url}/people/", timeout=60)
        token = {"csrfmiddlewaretoken": self.session.cookies["csrftoken"]}
        head = {"Referer": self.url}
        return self.session.post(self.url + path, data={**token, **words}, files=files, headers=head, timeout=120)


def works_a_day(office: Office, known: list[tuple[str, str]], more: bytes) -> None:
    """Search, look, reveal, export, and a second roster left half imported."""
    for number, phone in known[:5]:
        office.get("/people/", q=number)
        office.get("/people/", q=phone)
        page = office.get("/people/", q=phone[-4:]).text
        person = re.search(r"/people/([0-9a-f-]{36})/", page)
        assert person, "nobody is found by the tail of their phone"
        office.get(person.group())
        for field in ("id_number", "phone"):
            office.post(f"{person.group()}reveal/", field=field, reason="call")
    for path in ("/people/excel/", "/sampling/today/", "/reports/"):
        office.get(path)
    for path in ("/people/call-list/", "/people/excel/"):
        office.post(path, reason="call")
    came = office.post("/people/import/", files={"files": ("roster.xlsx", more)})
    assert came.status_code == 200 and "/people/import/" in came.url, came.url


def files_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder)), path.read_bytes()


@pytest.fixture
def server(tmp_path: Path, demo_data: Path) -> Iterator[Phoenix]:
    shutil.copytree(demo_data, tmp_path / "data")
    served = Phoenix(tmp_path / "data", {"ZHEGU_DATABASE": ""})
    yield served
    served.stop()


def test_a_whole_day_leaves_no_number_in_clear(server: Phoenix, tmp_path: Path):
    known = canaries(1000)
    imported, drafted = known[:800], known[800:]
    (tmp_path / "roster.xlsx").write_bytes(workbook(imported))
    server.zhegu("people", "import", str(tmp_path / "roster.xlsx"), "--community", CODE)
    server.zhegu("demo", "--day")
    subprocess.run(
        [sys.executable, "-c", SAYS_SOMEONE_NEW, CODE, NEW_PHONE], cwd=ROOT, env=server.environment, check=True
    )
    server.start()
    with closing(sqlite3.connect(server.folder / "zhegu.sqlite3")) as held:  # as long as someone reads, the log stays
        held.execute("SELECT count(*) FROM journal_entry").fetchone()
        works_a_day(Office(server), imported, workbook(drafted))
        server.kill()
        kept = dict(files_of(server.folder))
    secrets = [one.encode() for pair in known for one in pair] + [NEW_PHONE.encode()]
    wanted = re.compile(b"|".join(secrets))
    assert "金丝799".encode() in kept["zhegu.sqlite3"] + kept["zhegu.sqlite3-wal"], "names stand in clear: looked into the wrong file"
    assert any(name.endswith("-wal") and content for name, content in kept.items())
    assert {name: len(wanted.findall(content)) for name, content in kept.items() if wanted.search(content)} == {}
