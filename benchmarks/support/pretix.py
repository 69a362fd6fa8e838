"""The peer of P1: pretix's check-in, from PyPI in an environment of its own, on the same PostgreSQL.

    with serving(folder, database_url, count=2000) as peer: …
    Absent is raised where the environment cannot be made.
"""

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.support.load import Post
from tests.support.ports import free_port

VERSION = "2026.8.0"

MAKE = """
import json, sys
from datetime import timedelta
from decimal import Decimal
import django
django.setup()
from django.utils.timezone import now
from django_scopes import scopes_disabled
from pretix.base.models import Event, Order, OrderPosition, Organizer
with scopes_disabled():
    organizer = Organizer.objects.create(name="O", slug="o")
    event = Event.objects.create(
        organizer=organizer, name="E", slug="e", currency="EUR", date_from=now(), live=True)
    item = event.items.create(name="T", default_price=Decimal("0"), admission=True)
    entrance = event.checkin_lists.create(name="L", all_products=True)
    channel = organizer.sales_channels.get(identifier="web")
    orders = Order.objects.bulk_create([
        Order(code=f"C{n:06d}", event=event, organizer_id=organizer.pk, email="a@example.org", status="p",
              datetime=now(), expires=now() + timedelta(days=9), total=Decimal("0"), sales_channel=channel)
        for n in range(int(sys.argv[1]))])
    OrderPosition.objects.bulk_create([
        OrderPosition(order=order, organizer_id=organizer.pk, positionid=1, item=item, price=Decimal("0"),
                      secret=f"secret{n:06d}", pseudonymization_id=f"P{n:09d}", tax_rate=Decimal("0"),
                      tax_value=Decimal("0"))
        for n, order in enumerate(orders)])
    team = organizer.teams.create(
        name="T", all_events=True, all_event_permissions=True, all_organizer_permissions=True)
    print(json.dumps({"token": team.tokens.create(name="b").token, "list": entrance.pk}))
"""


class Absent(RuntimeError):
    """The peer cannot be had here."""


@dataclass(frozen=True)
class Peer:
    """A running pretix: its port, its process, and the posts that redeem each ticket once."""

    port: int
    pid: int
    posts: list[Post]


def _environment(folder: Path) -> Path:
    """Python of the peer's own environment, made once."""
    python = folder / "env" / "bin" / "python"
    if not (folder / "env" / "made").exists():
        made = subprocess.run([sys.executable, "-m", "venv", folder / "env"], capture_output=True)
        wanted = [f"pretix=={VERSION}", "gunicorn"]
        got = made.returncode or subprocess.run(
            [python, "-m", "pip", "install", "-q", *wanted], capture_output=True
        ).returncode
        if got:
            raise Absent("pretix could not be installed")
        (folder / "env" / "made").touch()
    return python


def _configuration(folder: Path, url: str, port: int) -> dict[str, str]:
    parts = urlsplit(url)
    (folder / "data").mkdir(exist_ok=True)
    (folder / "pretix.cfg").write_text(
        f"[pretix]\ninstance_name=peer\nurl=http://127.0.0.1:{port}\ndatadir={folder / 'data'}\n"
        f"[database]\nbackend=postgresql\nname={parts.path.lstrip('/')}\nuser={parts.username}\n"
        f"host={parts.hostname}\nport={parts.port}\n[mail]\nhost=127.0.0.1\n"
    )
    return {
        **{k: v for k, v in os.environ.items() if not k.startswith(("ZHEGU", "DJANGO"))},
        "PRETIX_CONFIG_FILE": str(folder / "pretix.cfg"),
        "DJANGO_SETTINGS_MODULE": "pretix.settings",
    }


def _ready(port: int, process: subprocess.Popen) -> None:
    """It answers: its own health page also asks for a cron job, which check-in does not need."""
    for _ in range(240):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthcheck/", timeout=5)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            pass
        if process.poll() is not None:
            break
        time.sleep(0.5)
    raise Absent("pretix did not start")


@contextlib.contextmanager
def serving(folder: Path, url: str, count: int, workers: int = 2) -> Iterator[Peer]:
    """pretix with `count` paid tickets, served by gunicorn; stopped at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    python, port = _environment(folder), free_port()
    environment = _configuration(folder, url, port)
    run = {"env": environment, "cwd": folder, "capture_output": True, "text": True}
    if subprocess.run([python, "-m", "pretix", "migrate"], **run).returncode:
        raise Absent("pretix could not make its tables")
    made = subprocess.run([python, "-c", MAKE, str(count)], **run)
    if made.returncode:
        raise Absent("pretix could not make its tickets")
    access = json.loads(made.stdout.strip().splitlines()[-1])
    log = (folder / "log").open("ab")
    process = subprocess.Popen(
        [python, "-m", "gunicorn", "pretix.wsgi", "-b", f"127.0.0.1:{port}", "-w", str(workers), "--threads", "4"],
        env=environment, cwd=folder, stdout=log, stderr=log,
    )
    headers = {"Authorization": f"Token {access['token']}", "Content-Type": "application/json"}
    posts = [
        Post(
            "/api/v1/organizers/o/checkinrpc/redeem/",
            headers,
            json.dumps({"lists": [access["list"]], "secret": f"secret{n:06d}", "nonce": f"n{n}"}).encode(),
        )
        for n in range(count)
    ]
    try:
        _ready(port, process)
        yield Peer(port, process.pid, posts)
    finally:
        process.terminate()
        process.wait(20)
