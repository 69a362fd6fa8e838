"""A live server: the product's own `zhegu serve` in a process of its own, with its own data folder.

It can be killed with -9 and started again on the same port and data, and cut off from the network
at the process (SIGSTOP), which is how an answer gets lost.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.support.ports import free_port
from tests.support.tables import give_tables

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """`zhegu serve` on a free port. `url` has no slash at the end.

    An empty folder gets ready-made tables, unless `bare`: then the product makes them itself, as on a first day.
    """

    def __init__(self, folder: Path, environment: dict[str, str] | None = None, *, bare: bool = False):
        self.folder = folder
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.environment = {**os.environ, "ZHEGU_DATA": str(folder), **(environment or {})}
        self.environment.setdefault("ZHEGU_DATABASE", "")
        self.process: subprocess.Popen | None = None
        folder.mkdir(parents=True, exist_ok=True)
        if not bare and not self.environment["ZHEGU_DATABASE"]:
            give_tables(folder)

    def zhegu(self, *words: str, check: bool = True, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Runs a command of the product on this server's data, with `typed` to read; its output is in `.stdout`."""
        result = subprocess.run(
            [sys.executable, "-m", "zhegu", *words],
            cwd=ROOT, env=self.environment, input=typed, capture_output=True, text=True,
        )
        if check and result.returncode:
            raise AssertionError(f"zhegu {' '.join(words)} ended with {result.returncode}:\n{result.stderr[-3000:]}")
        return result

    def start(self) -> "Server":
        """Serving when it returns; raises with the log's tail where it ends or stays silent."""
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "zhegu", "serve", "--port", str(self.port)],
                cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )
        self._wait()
        return self

    def _wait(self, seconds: float = 60) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.process and self.process.poll() is None:
            if self.answers():
                return
            time.sleep(0.1)
        raise AssertionError(f"the server did not start:\n{self.log()[-3000:]}")

    def answers(self) -> bool:
        """Whether anything at all comes back within a second."""
        try:
            urllib.request.urlopen(f"{self.url}/login/", timeout=1).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    def log(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")

    def _signal(self, number: int) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """kill -9 of the server and its workers, as when the power goes."""
        self._signal(signal.SIGKILL)
        if self.process:
            self.process.wait()

    def restart(self) -> "Server":
        """kill -9, then a fresh start on the same port and data."""
        self.kill()
        return self.start()

    def freeze(self) -> None:
        """Accepts connections but answers nothing, until `thaw`."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def stop(self) -> None:
        """Ends it, politely first."""
        self.thaw()
        self._signal(signal.SIGTERM)
        try:
            if self.process:
                self.process.wait(10)
        except subprocess.TimeoutExpired:
            pass
        self.kill()
