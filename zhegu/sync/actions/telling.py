"""Telling a phone what changed since it was last told."""

import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DatabaseError, transaction

from zhegu.accounts import actions as looks
from zhegu.accounts import queries as accounts
from zhegu.accounts.models import Device
from zhegu.lib.phone import PhoneTable
from zhegu.lib.scope import NotFound, Scope
from zhegu.sync import offers
from zhegu.sync.models import Told
from zhegu.sync.rules.changes import Hashes, difference, packed, row_hash, unpacked

SCREEN = "sync.pull"
"""Under this name a pull stands among those who looked."""


@dataclass(frozen=True)
class News:
    """What a phone is told; `full` means: this is everything, forget the rest."""

    cursor: str
    full: bool
    tables: dict[str, dict[str, list[Any]]]


def _rows(scope: Scope, device: Device, wanted: Iterable[str]) -> dict[str, dict[str, dict[str, Any]]]:
    known = offers.tables()
    return {name: _table(known[name], scope, device) for name in sorted(set(wanted) & known.keys())}


def _table(offer: PhoneTable, scope: Scope, device: Device) -> dict[str, dict[str, Any]]:
    """The rows by id; none where the scope reaches nothing of the community."""
    try:
        return {row["id"]: row for row in offer(scope, device.community)}
    except NotFound:
        return {}


def _base(told: Told, cursor: str) -> Hashes | None:
    """What the phone has, going by the cursor it names; None where nobody can say."""
    if cursor and cursor == told.offered_cursor:
        return unpacked(bytes(told.offered))
    if cursor and cursor == told.known_cursor:
        return unpacked(bytes(told.known))
    return None


def tell(device: Device, *, cursor: str, wanted: Iterable[str] | None, at: datetime) -> News:
    """What the phone must put and drop to have exactly the rows its people may see now.

    `cursor` is the one of the last news it took in ('' for none), `wanted` names tables (None: all).
    A cursor nobody remembers, or a lost one, brings everything. What tells of health or whereabouts leaves one look,
    naming the tables and how many rows of each (privacy P8, decision 0351).
    """
    scope = accounts.device_scope(Scope.everything("a phone asks for its own rows"), device)
    rows = _rows(scope, device, offers.tables() if wanted is None else wanted)
    hashes = {table: {key: row_hash(row) for key, row in of_table.items()} for table, of_table in rows.items()}
    told = Told.objects.filter(device=device).first() or Told(device=device)
    base = _base(told, cursor)
    changed = difference(base or {}, rows, hashes)
    if base is not None and not changed:
        return News(cursor, False, {})
    offered = {**(base or {}), **hashes}
    news = News(secrets.token_hex(12), base is None, changed)
    _remember(told, cursor if base is not None else "", base or {}, news.cursor, offered)
    _note_look(scope, device, changed, at)
    return news


def _note_look(scope: Scope, device: Device, changed: dict[str, dict[str, list[Any]]], at: datetime) -> None:
    read = {name: len(changed[name]["put"]) for name in sorted(offers.sensitive() & changed.keys()) if changed[name]["put"]}
    if not read:
        return
    # As above: where nothing can be written, those who work on are told all the same.
    with suppress(DatabaseError), transaction.atomic():
        looks.record_look(
            scope, community=device.community.code, screen=SCREEN,
            fields=[f"{name} {count}" for name, count in read.items()], people=[], at=at,
        )  # fmt: skip


def _remember(told: Told, cursor: str, base: Hashes, offered_cursor: str, offered: Hashes) -> None:
    told.known_cursor, told.known = cursor, packed(base)
    told.offered_cursor, told.offered = offered_cursor, packed(offered)
    # Where nothing can be written the phone is told all the same; next time it gets everything again.
    with suppress(DatabaseError), transaction.atomic():
        Told.objects.update_or_create(
            device=told.device,
            defaults={
                name: getattr(told, name) for name in ("known_cursor", "known", "offered_cursor", "offered")
            },
        )
