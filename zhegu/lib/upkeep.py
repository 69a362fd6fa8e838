"""What an app gives the house for its nights: what it keeps and how long, and jobs of its own.

An app's `retention.py` holds `KEPT: tuple[Kept, ...]`, one for each thing it keeps of people, in the order
in which they must go (what points at a row goes before the row). Its `nightly.py`, if it has any work of
its own, holds `JOBS: tuple[Job, ...]`. `zhegu/upkeep` gathers both; an app never calls it. Pure.

    KEPT = (
        Kept("checkpoints.crossings", "checkpoint", days=14, since="happened", source="privacy P9",
             expired=lambda due: Crossing.objects.filter(gate__community=due.community, at__lt=due.before),
             outbreak="outbreak_id", refs=lambda rows: rows.values_list("id", flat=True)),
    )

Its name in words is the text `checkpoints.kept_crossings`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

SINCE = ("happened", "ended", "outbreak_closed", "settled", "left")
"""From when the days count; in words: `upkeep.since_<code>`."""


@dataclass(frozen=True)
class Due:
    """The question: what of this community (a Place; None where `Kept.whole`) had its time before that moment?"""

    community: Any
    before: datetime


@dataclass(frozen=True)
class Kept:
    """One thing an app keeps of people, and when it must go (privacy P9).

    `expired(due)` gives the rows whose time is up as a queryset: those that happened, ended or whose
    outbreak closed before `due.before`. The engine counts them for a dry run, leaves out what is under a
    legal hold (`outbreak`: the lookup from a row to its outbreak's id, "" where rows have none), and
    destroys the rest by `destroy`, or by deleting the rows where none is given.
    `refs(rows)`: refs of the journal entries whose words tell the same; their bodies go as well, and the
    entries stay as empty shells.
    """

    name: str
    purpose: str
    days: int
    since: str
    source: str
    expired: Callable[[Due], Any]
    outbreak: str = ""
    refs: Callable[[Any], Iterable[UUID]] | None = None
    destroy: Callable[[Any], object] | None = None
    whole: bool = False
    """Of the whole installation, not of a community."""

    @property
    def text(self) -> str:
        """The key of its name in words."""
        area, _, what = self.name.partition(".")
        return f"{area}.kept_{what}"


@dataclass(frozen=True)
class Job:
    """Work an app does once a night: `run(at)` gives figures to show; what it does is journalled by itself."""

    name: str
    run: Callable[[datetime], Mapping[str, int]]
