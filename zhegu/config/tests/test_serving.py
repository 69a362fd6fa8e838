"""`zhegu serve` as a process: it serves, works along, ends whole, and speaks https on a local network."""

import json
import os
import signal
import sqlite3
import ssl
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.ports import free_port
from tests.support.server import ROOT, Server
from tests.support.tables import give_tables
from zhegu.config.serving import crew, is_free


def wait_until(true, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)


def group(server: Server) -> list[int]:
    """Processes of the server that live: itself, its workers, what runs beside it."""
    alive = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if server.process and int(fields[2]) == server.process.pid and fields[0] != "Z":
            alive.append(int(folder.name))
    return sorted(alive)


def test_sqlite_gets_few_workers():
    assert crew("sqlite")[0] <= 2 < 4 <= crew("sqlite")[1] * 2


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    """One server for the tests that leave it standing."""
    server = Server(tmp_path_factory.mktemp("live") / "data").start()
    yield server
    server.stop()


def test_the_live_door_answers_and_refuses(live):
    server = live
    before = datetime.now(tz=UTC) - timedelta(milliseconds=1)  # the answer is cut to whole milliseconds
    with urllib.request.urlopen(f"{server.url}/api/hello") as answer:
        said = json.load(answer)
    assert before <= datetime.fromisoformat(said["server_time"]) <= datetime.now(tz=UTC)
    request = urllib.request.Request(f"{server.url}/api/push", b'{"items":[]}', {"Content-Type": "application/json"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code == 401
    assert refused.value.headers["Content-Type"] == "application/problem+json"


def test_the_server_ends_whole_also_when_killed(new_server):
    server = new_server()
    assert len(group(server)) >= 4
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    wait_until(lambda: not group(server))
    assert is_free("127.0.0.1", server.port)
    server.start()
    os.kill(server.process.pid, signal.SIGTERM)
    assert server.process.wait(15) == 0
    wait_until(lambda: not group(server))


def test_what_runs_beside_the_server_is_started_again(live):
    server = live

    def helpers() -> list[int]:
        return [
            pid for pid in group(server) if b"\0work\0" in Path(f"/proc/{pid}/cmdline").read_bytes()
        ]  # fmt: skip

    wait_until(lambda: len(helpers()) == 1)
    first = helpers()
    os.kill(first[0], signal.SIGKILL)
    wait_until(lambda: helpers() and helpers() != first)


def test_a_taken_port_is_said_and_left_alone(live):
    server = live
    done = server.zhegu("serve", "--port", str(server.port), check=False)
    assert done.returncode == 4 and str(server.port) in done.stderr


def test_unsafe_data_is_not_served(tmp_path):
    server = Server(tmp_path / "data")
    server.zhegu("journal", "verify")
    with sqlite3.connect(tmp_path / "data" / "zhegu.sqlite3") as data:
        data.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('journal', '9999_later', '2022-09-13')")
    done = server.zhegu("serve", "--port", str(server.port), check=False)
    assert done.returncode == 78 and "9999_later" in done.stderr and "Traceback" not in done.stderr


@pytest.fixture
def on_local_network(tmp_path):
    """`zhegu serve --lan` and its two ports."""
    data, port, plain = tmp_path / "data", free_port(), free_port()
    words = ["serve", "--lan", "--port", str(port), "--trust-port", str(plain)]
    environment = {**os.environ, "ZHEGU_DATA": str(data), "ZHEGU_DATABASE": ""}
    give_tables(data)
    with (data / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "zhegu", *words], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
            stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        yield data, port, plain
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def fetched(url: str, context: ssl.SSLContext | None = None) -> tuple[int, bytes]:
    with urllib.request.urlopen(url, timeout=5, context=context) as answer:
        return answer.status, answer.read()


def answers(url: str, context: ssl.SSLContext | None = None) -> bool:
    try:
        return fetched(url, context)[0] == 200
    except ssl.SSLCertVerificationError:
        raise
    except OSError:
        return False  # not yet


def test_on_a_local_network_a_phone_finds_trust_and_then_https(on_local_network):
    data, port, plain = on_local_network

    wait_until(lambda: answers(f"http://127.0.0.1:{plain}/"), 60)
    status, page = fetched(f"http://127.0.0.1:{plain}/phones/")  # whatever is asked in clear leads to trust
    assert status == 200 and b"/trust/zhegu.crt" in page
    root = fetched(f"http://127.0.0.1:{plain}/trust/zhegu.crt")[1]
    context = ssl.create_default_context(cadata=root)
    wait_until(lambda: answers(f"https://localhost:{port}/api/hello", context), 60)
    assert (data / "keys" / "lan-host").read_text() == "zhegu.local"
    assert f"https://zhegu.local:{port}/" in (data / "log").read_text()
