"""A real PostgreSQL from Debian's programs, in a temporary folder, on a free port, stopped at the end.

    with running() as server:
        url = server.new_database()

As root it runs as the unprivileged `postgres` (or `nobody`), since PostgreSQL refuses to run as root.
`python -m tests.support.postgres COMMAND …` runs a command with ZHEGU_DATABASE set to a fresh database.
"""

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests.support.ports import free_port
from tests.support.tables import migrate

PROGRAMS = Path("/usr/lib/postgresql")
PR_SET_PDEATHSIG = 1
# Durability costs time and proves nothing where the folder is thrown away; benchmarks keep it on.
HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Absent(RuntimeError):
    """PostgreSQL's programs are not installed; ./dev test installs them."""


def program(name: str) -> str:
    """The newest installed server program of that name."""
    found = sorted(PROGRAMS.glob(f"*/bin/{name}"), key=lambda p: int(p.parts[-3]))
    if not found:
        raise Absent(f"{name} not found under {PROGRAMS}: install Debian's postgresql, or use ./dev test")
    return str(found[-1])


def _unprivileged() -> pwd.struct_passwd | None:
    """Whom to run as where we are root; None where we are not."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise Absent("root, and neither postgres nor nobody exists")


def end_with_parent() -> None:
    """Linux shuts the server down when whoever started it is gone, even by kill -9."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


@dataclass
class Postgres:
    """One cluster. `durable` keeps fsync on."""

    folder: Path
    durable: bool = False
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None
    _numbers: count = field(default_factory=count)
    _migrated: str = ""

    def _as_user(self) -> dict:
        who = _unprivileged()
        return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []} if who else {}

    def make(self) -> None:
        """An empty cluster; whoever reaches the local socket or port is let in as `zhegu`."""
        who = _unprivileged()
        if who:
            os.chown(self.folder, who.pw_uid, who.pw_gid)
        options = ["-U", "zhegu", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        result = subprocess.run(
            [program("initdb"), "-D", str(self.folder / "cluster"), *options],
            capture_output=True, text=True, cwd=self.folder, **self._as_user(),
        )
        if result.returncode:
            raise RuntimeError(result.stdout + result.stderr)

    def start(self) -> "Postgres":
        settings = [f"port={self.port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={self.folder}"]
        settings += ["max_connections=100", "shared_buffers=128MB", *(() if self.durable else HASTY)]
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            [program("postgres"), "-D", str(self.folder / "cluster"), *(f"--{s}" for s in settings)],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder, preexec_fn=end_with_parent,
            **self._as_user(),
        )
        self._wait()
        return self

    def _wait(self, seconds: float = 60) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            assert self.process
            if self.process.poll() is not None:
                break
            if subprocess.run([program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]).returncode == 0:
                return
            time.sleep(0.1)
        raise RuntimeError((self.folder / "log").read_text()[-3000:])

    def url(self, name: str) -> str:
        return f"postgresql://zhegu@127.0.0.1:{self.port}/{name}"

    def new_database(self, tables: bool = False) -> str:
        """The URL of a new database: empty, or with the tables of the product's migrations, which are run once."""
        name = f"zhegu_{next(self._numbers)}"
        copied: list[str] = []
        if tables:
            if not self._migrated:
                self._migrated = self.new_database()
                migrate(ZHEGU_DATABASE=self._migrated, ZHEGU_DATA=str(self.folder / "data"))
            copied = ["-T", self._migrated.rsplit("/", 1)[1]]
        where = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "zhegu"]
        subprocess.run([program("createdb"), *where, *copied, name], check=True)
        return self.url(name)

    def kill(self) -> None:
        """kill -9 of the whole server: the children notice and end by themselves."""
        assert self.process
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)  # fast shutdown
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@contextlib.contextmanager
def running(durable: bool = False) -> Iterator[Postgres]:
    """A fresh cluster, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="zhegu-pg-", dir="/tmp"))
    server = Postgres(folder, durable)
    try:
        server.make()
        yield server.start()
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster is taken down
    with running() as _server:
        _environment = {**os.environ, "ZHEGU_DATABASE": _server.new_database()}
        raise SystemExit(subprocess.run(sys.argv[1:], env=_environment).returncode)
