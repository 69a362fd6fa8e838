"""A draft's long work: reading it and writing it, in the request while it is short, else beside it.

A door: it reads the clock and starts threads; what it does is `actions`, `queries` and `rules`.
"""

import logging
import threading
from datetime import datetime
from typing import Any

from django.db import connections

from zhegu.lib import clock
from zhegu.lib.scope import Scope
from zhegu.lib.sheets.cells import Sheet
from zhegu.lib.sheets.workbook import UnreadableWorkbook, read_workbook
from zhegu.registers import queries
from zhegu.registers.actions import drafts as steps
from zhegu.registers.models import ImportDraft
from zhegu.registers.outside import progress
from zhegu.registers.queries import drafts as waiting
from zhegu.registers.rules.book import read_book
from zhegu.registers.rules.findings import findings, said_of, told
from zhegu.registers.rules.reading import Reading

SHORT_BYTES = 600_000
"""Workbooks up to this size (about 5,000 people) are read while one waits."""

LOST_AFTER = 90.0
"""Work that gave no sign of life for so many seconds has died with its process."""

Step = ImportDraft.Step
log = logging.getLogger(__name__)


class _Ticker:
    """Tells how many rows are done, every so often."""

    def __init__(self, draft: ImportDraft, total: int):
        self.draft, self.total, self.done = draft, total, 0
        progress.note(draft.pk, 0, total)

    def __call__(self, rows: int) -> None:
        self.done += rows
        progress.note(self.draft.pk, min(self.done, self.total), self.total)


def read_draft(scope: Scope, draft: ImportDraft) -> None:
    """The draft has been read against the register, or says why it cannot be."""
    books, readings = _read(draft)
    if not any(reading.rows for reading in readings) and not draft.said:
        steps.fail(draft, "registers.import_no_people")
        return
    plan = queries.import_plan(scope, draft.community.code, readings, _told(scope, draft, readings))
    new_grids = queries.unknown_grids(scope, draft.community.code, plan)
    steps.keep_findings(draft, findings(books, readings, plan, new_grids))


def write_draft(scope: Scope, draft: ImportDraft, at: datetime) -> None:
    """The draft is written into the register, once."""
    _, readings = _read(draft)
    steps.write_draft(
        by=scope.actor, draft=draft, readings=readings, told=_told(scope, draft, readings), at=at, ref=draft.ref
    )


def _read(draft: ImportDraft) -> tuple[list[list[Sheet]], list[Reading]]:
    files = steps.contents(draft)
    books = [read_workbook(content, name) for name, content in files]
    tick = _Ticker(draft, sum(len(sheet.cells) for book in books for sheet in book))
    readings = [
        read_book(book, name, said_of(draft.said, number), tick)
        for number, (book, (name, _)) in enumerate(zip(books, files, strict=True))
    ]
    return books, readings


def _told(scope: Scope, draft: ImportDraft, readings: list[Reading]) -> dict[int, Any]:
    wanted = list(draft.said.get("same", {}).values())
    return told(draft.said, readings, waiting.known_ids(scope, draft.community, wanted)) if wanted else {}


def carry_on(scope: Scope, draft: ImportDraft, step: str) -> None:
    """Reads or writes the draft, now where it is short, else in the background."""
    if not steps.begin(draft, step):
        return
    size = sum(len(content) for content in draft.files.values_list("content", flat=True))
    progress.note(draft.pk, 0, 0)
    if size <= SHORT_BYTES:
        _work(scope, draft.pk, step)
    else:
        threading.Thread(target=_beside, args=(scope, draft.pk, step), daemon=True).start()


def _beside(scope: Scope, draft_id: object, step: str) -> None:
    try:
        _work(scope, draft_id, step)
    finally:
        connections.close_all()


def _work(scope: Scope, draft_id: object, step: str) -> None:
    draft = waiting.draft(scope, draft_id)
    try:
        if step == Step.WRITING:
            write_draft(scope, draft, clock.now())
        else:
            read_draft(scope, draft)
    except UnreadableWorkbook as no:
        steps.fail(draft, no.reason)
    except Exception:
        log.exception("an import draft failed")
        steps.fail(draft, "registers.import_failed")
    finally:
        progress.forget(draft_id)


def is_lost(draft: ImportDraft) -> bool:
    """Whether the draft's work died with its process; it may be begun again, since nothing was half done."""
    if draft.step not in (Step.READING, Step.WRITING):
        return False
    last = progress.seen(draft.pk, clock.now().timestamp())
    return last is None or last.seconds > LOST_AFTER


def keep_upload(scope: Scope, community: Any, files: list[tuple[str, bytes]], ref: Any) -> ImportDraft:
    """The upload waits as a draft and is being read; raises UnreadableWorkbook before anything is kept."""
    for name, content in files:
        read_workbook(content, name)
    draft = steps.keep_upload(by=scope.actor, community=community, files=files, at=clock.now(), ref=ref)
    carry_on(scope, draft, Step.READING)
    return draft


