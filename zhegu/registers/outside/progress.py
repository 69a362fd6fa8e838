"""How far long work is, told from one process to another by a small file beside the data.

Not in the database: while an import writes, nobody else may, and its own rows are not visible yet.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Progress:
    """So many of so many rows; `seconds` since the work last gave a sign of life."""

    done: int = 0
    total: int = 0
    seconds: float = 0.0


def _path(work: object) -> Path:
    folder = Path(settings.DATA) / "work"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / f"{work}.json"


def note(work: object, done: int, total: int) -> None:
    """The work is this far."""
    path = _path(work)
    temporary = path.with_suffix(f".{os.getpid()}")
    temporary.write_text(json.dumps([done, total]))
    temporary.replace(path)


def seen(work: object, now: float) -> Progress | None:
    """How far the work was at its last sign of life; None where it never gave one."""
    try:
        done, total = json.loads(_path(work).read_text())
        return Progress(done, total, max(0.0, now - _path(work).stat().st_mtime))
    except (OSError, ValueError):
        return None


def forget(work: object) -> None:
    """The work is over."""
    _path(work).unlink(missing_ok=True)
