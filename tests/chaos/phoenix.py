"""The product's server, killed with -9 and up again within a moment.

Starting Python takes a second; a thousand kills would take an hour. So one process loads everything,
opens no connection, and forks a new server from itself whenever the last one was killed: the same
`zhegu.config.serving.serve`, start-up checks included, and beside it the journal's worker.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TextIO

from tests.support.server import ROOT, Server


class Phoenix(Server):
    """A `Server` whose processes are forked from a nest. All of them die with `kill`."""

    def __init__(self, folder: Path, environment: dict[str, str] | None = None):
        super().__init__(folder, environment)
        self.nest: subprocess.Popen[str] | None = None
        self.pid = 0

    def _say(self, word: str) -> str:
        if self.nest is None:
            log = (self.folder / "server.log").open("ab")
            self.nest = subprocess.Popen(
                [sys.executable, "-m", "tests.chaos.phoenix", str(self.port)],
                cwd=ROOT, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
            )
        assert self.nest.stdin and self.nest.stdout
        print(word, file=self.nest.stdin, flush=True)
        return self.nest.stdout.readline().strip()

    def start(self) -> "Phoenix":
        self.pid = int(self._say("up"))
        until = time.monotonic() + 60
        while not self.answers():
            if time.monotonic() > until:
                raise AssertionError(f"the server did not start:\n{self.log()[-3000:]}")
            time.sleep(0.02)
        return self

    def answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.url}/api/hello", timeout=2).close()
        except OSError:
            return False
        return True

    def _signal(self, number: int) -> None:
        if self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, number)

    def kill(self) -> None:
        self._signal(signal.SIGKILL)
        if self.pid:
            self._say("reap")
        self.pid = 0

    def stop(self) -> None:
        self.kill()
        if self.nest:
            assert self.nest.stdin and self.nest.stdout
            self.nest.stdin.close()
            self.nest.wait(20)
            self.nest.stdout.close()


# --- the nest


def _warm() -> None:
    """Everything a server loads at its first request is loaded; no connection is open afterwards."""
    from zhegu.config import start

    start.begin()
    start.ready()
    from django.db import connections
    from django.urls import get_resolver

    from zhegu.config import wsgi  # noqa: F401
    from zhegu.sync import offers

    get_resolver().url_patterns, offers.commands(), offers.tables()
    connections.close_all()


def _serve(port: int) -> None:
    """This process becomes the server, with the journal's worker as its child."""
    os.setsid()
    os.dup2(2, 1)
    from zhegu.config import serving, start

    parent = os.getpid()
    if os.fork() == 0:
        from zhegu.journal.worker import work
        from zhegu.wiring import wiring

        serving.end_with_parent()
        reactions = wiring()
        serving.repeat(lambda: bool(work(reactions)), parent)
        os._exit(0)
    start.ready()
    serving.serve(serving.Address("127.0.0.1", port, f"http://localhost:{port}/"), [])


def _nest(port: int, words: TextIO) -> None:
    _warm()
    child = 0
    for word in words:
        if word.strip() == "up":
            child = os.fork()
            if child == 0:
                _serve(port)
                os._exit(0)
            print(child, flush=True)
        else:
            os.waitpid(child, 0)
            print("gone", flush=True)


if __name__ == "__main__":
    _nest(int(sys.argv[1]), sys.stdin)
