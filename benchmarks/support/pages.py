"""The frame of benchmarks that ask the office's pages: data in a folder of its own on SQLite, each page asked through
the real views, middleware and templates, one request after another. Milliseconds are CPU of this process, which does
all of a request's work."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.p4_import import CODE, write_register

GOAL_MS = 300

Figures = dict[str, dict[str, float]]


def settled(people: int) -> None:
    """A register of that many people, through `zhegu people import` (P4's workbook: 200 grids, sealed numbers, search keys)."""
    with tempfile.TemporaryDirectory(prefix="zhegu-register-") as name:
        book = Path(name) / "register.xlsx"
        write_register(book, people)
        command = [sys.executable, "-m", "zhegu", "people", "import", str(book), "--community", CODE, "--json"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "ZHEGU_DATABASE": ""})


def asked(reader: Any, pages: dict[str, list[str]], requests: int) -> Figures:
    """For each page, its addresses asked over and over: median and p95 in CPU ms, the largest in kB; the first one warms."""
    from django.test import Client

    client = Client()
    client.force_login(reader)
    return {name: _timed(client, addresses, requests) for name, addresses in pages.items()}


def _timed(client: Any, addresses: list[str], requests: int) -> dict[str, float]:
    assert client.get(addresses[0], follow=True).status_code == 200, addresses[0]
    took, size = [], 0
    for n in range(requests):
        began = time.process_time()
        answer = client.get(addresses[n % len(addresses)], follow=True)
        took.append(1000 * (time.process_time() - began))
        assert answer.status_code == 200, addresses[n % len(addresses)]
        size = max(size, len(answer.content))
    return {"median": statistics.median(took), "p95": statistics.quantiles(took, n=20)[-1], "kb": size / 1000}


def told(tag: str, found: Figures) -> None:
    """A line a page, and the slowest of all."""
    for name, one in found.items():
        late = "" if one["p95"] <= GOAL_MS else "  over the goal"
        print(f"{tag} {name:<18} median {one['median']:6.0f}, p95 {one['p95']:6.0f} CPU ms, {one['kb']:7.1f} kB{late}")
    worst = max(one["p95"] for one in found.values())
    print(f"{tag} slowest page p95 {worst:.0f} ms (goal {GOAL_MS})")


def run(
    doc: str, sizes: dict[str, int], measure: Callable[[argparse.Namespace], Any], show: Callable[[Any], None],
    before: Callable[[argparse.Namespace], None] = lambda _: None,
) -> int:
    """Reads `--requests` and the sizes, makes the data, measures, and shows or prints what was found."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, usual in {**sizes, "requests": 40}.items():
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--json", action="store_true")
    words = parser.parse_args()
    os.environ.pop("ZHEGU_DATABASE", None)
    with tempfile.TemporaryDirectory(prefix="zhegu-bench-") as name:
        os.environ["ZHEGU_DATA"] = str(Path(name) / "data")
        before(words)
        from zhegu.config import start

        start.begin()
        start.ready()
        from django.conf import settings

        settings.ALLOWED_HOSTS = ["testserver"]
        found = measure(words)
    print(json.dumps(found)) if words.json else show(found)
    return 0
