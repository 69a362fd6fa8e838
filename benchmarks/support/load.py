"""Driving a server on this machine: persistent clients on loopback, CPU read from /proc."""

import http.client
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PATIENCE = 900
"""Seconds for one answer: ten thousand operations in one request take more than a minute where others share the cores."""


@dataclass(frozen=True)
class Post:
    """One request: path, headers and body."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Load:
    """What one run showed: answers, seconds by the clock, CPU seconds of the server's processes."""

    answers: int
    failed: int
    seconds: float
    cpu: float

    @property
    def rate(self) -> float:
        return self.answers / self.seconds

    @property
    def cpu_ms(self) -> float:
        """Server CPU milliseconds an answer."""
        return 1000 * self.cpu / max(1, self.answers)


def family(pid: int) -> list[int]:
    """A process and all below it."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, todo = [], [pid]
    while todo:
        found.append(now := todo.pop())
        todo += children.get(now, [])
    return found


def cpu_seconds(pids: Sequence[int]) -> float:
    """CPU seconds used so far by these processes and all below them, also by children that ended."""
    total = 0
    for pid in {member for parent in pids for member in family(parent)}:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += sum(int(f) for f in fields[11:15])
    return total / TICK


def drive(port: int, posts: Sequence[Post], clients: int, pids: Sequence[int], ok: Callable[[int, bytes], bool]) -> Load:
    """Sends every post once, by `clients` persistent connections; bounded by the number of posts."""
    failed = [0] * clients

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        for post in posts[number::clients]:
            connection.request("POST", post.path, post.body, post.headers)
            answer = connection.getresponse()
            failed[number] += not ok(answer.status, answer.read())

    threads = [threading.Thread(target=client, args=(n,)) for n in range(clients)]
    began, cpu = time.perf_counter(), cpu_seconds(pids)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Load(len(posts), sum(failed), time.perf_counter() - began, cpu_seconds(pids) - cpu)
