"""Tables made once by the product's own migrations, then copied: what is tried is never the making of them.

Migrating an empty database costs more than most tests. `tests/architecture/test_tables.py` proves that the
migrations make what the models say, so that everything else may start from a copy.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MADE = ROOT / "build" / "tables"
NAME = "zhegu.sqlite3"
MIGRATE = "from zhegu.config import start; start.begin(); start.ready()"


def migrate(**environment: str) -> None:
    """Runs the product's own start on the data that the environment names (ZHEGU_DATA, ZHEGU_DATABASE)."""
    done = subprocess.run(
        [sys.executable, "-c", MIGRATE], cwd=ROOT, env={**os.environ, **environment},
        stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise AssertionError(done.stderr[-3000:])


def _digest() -> str:
    """Changes with any migration, and with the libraries that run them."""
    seen = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for path in sorted(ROOT.glob("zhegu/*/migrations/*.py")):
        seen.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return seen.hexdigest()[:16]


def migrated() -> Path:
    """A data folder whose SQLite file holds the tables and nothing else; made by whoever comes first."""
    folder = MADE / _digest()
    MADE.mkdir(parents=True, exist_ok=True)
    with (MADE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / NAME).exists():
            for old in MADE.iterdir():
                if old.is_dir():
                    shutil.rmtree(old)
            making = MADE / "making"
            migrate(ZHEGU_DATA=str(making), ZHEGU_DATABASE="")
            making.rename(folder)
    return folder


def give_tables(folder: Path) -> None:
    """An empty data folder gets a copy; one with a database stays as it is."""
    if not (folder / NAME).exists():
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(migrated() / NAME, folder / NAME)
