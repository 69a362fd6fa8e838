"""What SQLite knows of its own tables. Without it the planner takes any index for as good as another, and walks a whole
community where it should fetch fifty people (benchmark P11). PostgreSQL keeps its own.
"""

import time

from django.db import connection

EVERY = 3600.0
"""Seconds: as long as a connection lives, for only a new one reads what was found (`CONN_MAX_AGE`)."""

ROWS_LOOKED_AT = 1000
"""Of each index: enough to tell a community from a person, and soon done."""

WHAT_HAS_GROWN = 0x10002
"""Bits of PRAGMA optimize: tables that have grown a lot since they were looked at, asked by this connection or not."""


def refresh() -> None:
    """Looks at the tables that have grown since the last time; almost nothing where none has."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit={ROWS_LOOKED_AT}")
            cursor.execute(f"PRAGMA optimize={WHAT_HAS_GROWN}")


class Hourly:
    """Refreshes while the worker rests, once in so many seconds."""

    def __init__(self) -> None:
        self.next = time.monotonic() + EVERY

    def __call__(self) -> bool:
        """Whether there was anything to do."""
        if time.monotonic() < self.next:
            return False
        self.next = time.monotonic() + EVERY
        refresh()
        return True
