"""Serving: the web server with its workers, and beside it what must run as long as it runs.

The journal's worker and, on a local network, the beacon are processes of their own: they are started
again when they end, and end by themselves when the server is gone, also after kill -9.
"""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PR_SET_PDEATHSIG = 1
PATIENCE = 1.0
IDLE = 0.5


@dataclass(frozen=True)
class Address:
    """Where to listen, and by which address people know it."""

    host: str
    port: int
    shown: str
    certificate: Path | None = None
    key: Path | None = None


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there; asked because the workers share the port and would share it with anyone."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def crew(vendor: str) -> tuple[int, int]:
    """Worker processes and threads in each. SQLite has one writer at a time, so more would only queue."""
    cores = os.cpu_count() or 2
    return (min(2, cores), 4) if vendor == "sqlite" else (max(2, cores), 4)


def end_with_parent() -> None:
    """Linux ends this process when the one that forked it is gone: no worker keeps an orphaned port."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def warm() -> None:
    """Loads the program once; the workers are forked from it, and their first answer is as quick as the second."""
    from django.urls import get_resolver

    from zhegu.config import wsgi  # noqa: F401 - loading it is the purpose
    from zhegu.lib.texts import catalogue

    catalogue()
    assert get_resolver().url_patterns


def serve(address: Address, beside: list[list[str]]) -> None:
    """Serves until told to stop. `beside` are words of `zhegu` commands that run along."""
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces, SSLProtocols
    from granian.log import LogLevels

    warm()
    workers, threads = crew(connections["default"].vendor)
    connections.close_all()
    os.register_at_fork(after_in_child=end_with_parent)
    companions = [Companion(words) for words in beside]
    server = Granian(
        "zhegu.config.wsgi:application", address=address.host, port=address.port, interface=Interfaces.WSGI,
        workers=workers, blocking_threads=threads, respawn_failed_workers=True, workers_kill_timeout=10,
        log_level=LogLevels.warning, websockets=False, ssl_cert=address.certificate, ssl_key=address.key,
        ssl_protocol_min=SSLProtocols.tls12, respawn_interval=0.5,
    )  # fmt: skip
    server.on_startup(lambda: print(address.shown, flush=True))
    try:
        server.serve()
    finally:
        for companion in companions:
            companion.stop()


class Companion:
    """A `zhegu` command that is started again whenever it ends, until the server stops."""

    def __init__(self, words: list[str]):
        self.words = [sys.executable, "-m", "zhegu", *words, "--parent", str(os.getpid())]
        self.stopping = threading.Event()
        self.process = self._start()
        threading.Thread(target=self._keep, daemon=True).start()

    def _start(self) -> subprocess.Popen:
        root = Path(__file__).resolve().parents[2]
        return subprocess.Popen(self.words, stdin=subprocess.DEVNULL, cwd=root)

    def _keep(self) -> None:
        while not self.stopping.is_set():
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(PATIENCE)
                if not self.stopping.wait(PATIENCE):
                    self.process = self._start()

    def stop(self) -> None:
        self.stopping.set()
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)


def is_orphan(parent: int | None) -> bool:
    """Whether the server that started this process is gone."""
    return parent is not None and os.getppid() != parent


def repeat(step: Callable[[], bool], parent: int | None) -> None:
    """Does the step again and again, resting where it says there was nothing to do; a fault rests longer."""
    from django.db import close_old_connections

    rest = IDLE
    while not is_orphan(parent):
        try:
            rest = 0.0 if step() else IDLE
        except Exception as error:  # a full disk or a database that is away: say so and try again
            print(f"zhegu work: {type(error).__name__}", file=sys.stderr, flush=True)
            rest = min(30.0, max(2.0, rest * 2))
        close_old_connections()
        time.sleep(rest)
