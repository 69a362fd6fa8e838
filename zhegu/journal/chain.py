"""Appending to the chain, sealing what was appended, and checking it from the first row to the last.

SQLite has one writer, so rows are chained as they are written. On PostgreSQL writers would queue for
the end of the chain; there they append, and a sealer chains what is committed, every second.
After each seal the head is also written outside the database, so that a cut-off end shows.
"""

import hmac
import json
import os
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from zhegu.journal.models import Body, Entry, Head
from zhegu.journal.rules import GENESIS, Header, body_seal, link, moment
from zhegu.prepared.asking import put
from zhegu.prepared.reading import prepared
from zhegu.prepared.writing import insert
from zhegu.vault.keyring import derived_key

SEAL_BATCH = 5000
MOVE_HEAD = f"UPDATE {Head._meta.db_table} SET number = %s, link = %s WHERE community = %s"  # noqa: S608 - our own table


def _key() -> bytes:
    return derived_key(settings.DATA, "journal")


def fingerprint_key() -> bytes:
    """The key under which commands are told apart."""
    return derived_key(settings.DATA, "journal-fingerprint")


def header_of(entry: Entry) -> Header:
    """The header the chain covers."""
    return Header(
        number=entry.number or 0,
        ref=str(entry.ref),
        kind=entry.kind,
        community=entry.community,
        actor=entry.actor,
        device=entry.device,
        at=moment(entry.at),
        arrived=moment(entry.arrived),
        fingerprint=bytes(entry.fingerprint),
        answer=f"{entry.status}\n{entry.answer}",
        body_seal=bytes(entry.body_seal),
    )


def append(entries: list[Entry]) -> None:
    """Adds rows; on SQLite they are chained at once, inside the caller's transaction."""
    if connection.vendor == "sqlite":
        _chain(entries)
    insert(entries)


def _chain(entries: list[Entry]) -> None:
    by_community: dict[str, list[Entry]] = {}
    key = _key()
    for entry in entries:
        by_community.setdefault(entry.community, []).append(entry)
    for community, rows in by_community.items():
        kept = next(iter(_head(community)), None)
        number, last = (kept[0], bytes(kept[1])) if kept else (0, GENESIS)
        for entry in rows:
            number += 1
            entry.number = number
            entry.link = last = link(key, last, header_of(entry))
        _write_head(community, number, last, new=kept is None)
        transaction.on_commit(partial(write_anchor, community, number, last))


@prepared
def _head(community: str) -> QuerySet[Head]:
    return Head.objects.select_for_update().filter(pk=community).values_list("number", "link")


def _write_head(community: str, number: int, last: bytes, *, new: bool) -> None:
    if new:
        Head.objects.create(community=community, number=number, link=last)
        return
    put(MOVE_HEAD, [[number, last, community]])


def seal() -> int:
    """Chains rows that are not yet chained (PostgreSQL); how many. One sealer at a time."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(7163001)")
        rows = list(Entry.objects.filter(number=None).order_by("seq")[:SEAL_BATCH])
        _chain(rows)
        Entry.objects.bulk_update(rows, ["number", "link"], batch_size=500)
    return len(rows)


# --- the anchor outside the database


def anchor_path(community: str) -> Path:
    """Where a community's head is kept outside the database."""
    return settings.DATA / "anchors" / f"{community}.json"


def _anchor_mac(community: str, number: int, last: bytes) -> str:
    return hmac.digest(_key(), f"anchor\0{community}\0{number}\0".encode() + last, sha256).hex()


def write_anchor(community: str, number: int, last: bytes) -> None:
    """Keeps the head beside the data; an older head never replaces a newer one."""
    path = anchor_path(community)
    path.parent.mkdir(parents=True, exist_ok=True)
    known = read_anchor(community)
    if known and known[0] >= number:
        return
    temporary = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    mac = _anchor_mac(community, number, last)
    temporary.write_text(json.dumps({"number": number, "link": last.hex(), "mac": mac}))
    temporary.replace(path)


def read_anchor(community: str) -> tuple[int, bytes] | None:
    """The anchored head, None where there is none; ValueError where it was tampered with."""
    try:
        kept = json.loads(anchor_path(community).read_text())
    except FileNotFoundError:
        return None
    number, last = int(kept["number"]), bytes.fromhex(kept["link"])
    if not hmac.compare_digest(kept["mac"], _anchor_mac(community, number, last)):
        raise ValueError("anchor changed")
    return number, last


def anchored() -> set[str]:
    """Codes of all communities with an anchor: a chain that was removed whole still shows."""
    return {path.stem for path in (settings.DATA / "anchors").glob("*.json")}


# --- verifying


@dataclass(frozen=True)
class Flaw:
    """Something wrong with the chain: `code` at row `number`."""

    code: str
    number: int


@dataclass(frozen=True)
class Verdict:
    """The chain of one community: sealed rows, rows waiting for the seal, flaws."""

    community: str
    rows: int
    unsealed: int
    flaws: list[Flaw]

    def as_dict(self) -> dict:
        return asdict(self)


def _walk(community: str) -> Iterator[tuple[Entry, Body | None]]:
    sealed = Entry.objects.filter(community=community, number__isnull=False).order_by("number")
    rows: list[Entry] = []
    last = 0
    while rows := list(sealed.filter(number__gt=last)[:2000]):
        bodies = Body.objects.in_bulk([row.ref for row in rows])
        yield from ((row, bodies.get(row.ref)) for row in rows)
        last = rows[-1].number or 0


def verify(community: str) -> Verdict:
    """Walks a community's chain: changed, removed, inserted or cut-off rows are flaws.

    A destroyed body is no flaw (it may be destroyed by right); a changed one is.
    """
    flaws: list[Flaw] = []
    number, last, at_anchor = 0, GENESIS, GENESIS
    try:
        anchor = read_anchor(community)
    except ValueError:
        anchor = None
        flaws.append(Flaw("anchor_changed", 0))
    for entry, body in _walk(community):
        number += 1
        if entry.number != number:
            flaws.append(Flaw("row_removed", number))
            number = entry.number or number
        expected = link(_key(), last, header_of(entry))
        if bytes(entry.link or b"") != expected:
            flaws.append(Flaw("row_changed", number))
        if body is not None and not _body_stands(entry, body):
            flaws.append(Flaw("body_changed", number))
        last = bytes(entry.link or b"")
        if anchor and anchor[0] == number:
            at_anchor = last
    flaws += _ending(community, number, last, anchor, at_anchor)
    unsealed = Entry.objects.filter(community=community, number=None).count()
    return Verdict(community, number, unsealed, flaws)


def _body_stands(entry: Entry, body: Body) -> bool:
    try:
        return body_seal(bytes(body.salt), body.purpose, body.outbreak, body.content.encode()) == bytes(entry.body_seal)
    except ValueError:
        return False


def _ending(
    community: str, number: int, last: bytes, anchor: tuple[int, bytes] | None, at_anchor: bytes
) -> list[Flaw]:
    flaws = []
    head = Head.objects.filter(pk=community).first()
    if head and (head.number != number or bytes(head.link) != last):
        flaws.append(Flaw("end_cut_off", number))
    if anchor and anchor[0] > number:
        flaws.append(Flaw("end_cut_off_behind_anchor", anchor[0]))
    elif anchor and at_anchor != anchor[1]:
        flaws.append(Flaw("anchor_differs", anchor[0]))
    elif anchor is None and number:
        flaws.append(Flaw("anchor_missing", number))
    return flaws
