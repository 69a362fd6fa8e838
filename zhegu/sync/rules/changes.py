"""What changed since a phone was last told. Pure."""

import zlib
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

import msgspec

Hashes = dict[str, dict[str, bytes]]
"""Per table, per row id: 8 bytes that stand for the row."""

_encode = msgspec.json.Encoder(order="deterministic").encode


def row_hash(row: Mapping[str, Any]) -> bytes:
    """Equal rows have equal hashes, in whatever order their fields stand."""
    return blake2b(_encode(row), digest_size=8).digest()


def difference(known: Hashes, rows: Mapping[str, Mapping[str, Mapping[str, Any]]], hashes: Hashes) -> dict:
    """Per table that changed: the rows to `put` and the ids to `drop`."""
    changed = {}
    for table, of_table in rows.items():
        before = known.get(table, {})
        put = [row for key, row in of_table.items() if before.get(key) != hashes[table][key]]
        drop = sorted(before.keys() - of_table.keys())
        if put or drop or table not in known:
            changed[table] = {"put": put, "drop": drop}
    return changed


def packed(hashes: Hashes) -> bytes:
    """The hashes as they are kept."""
    return zlib.compress(msgspec.msgpack.encode(hashes), 1)


def unpacked(kept: bytes) -> Hashes:
    """The kept hashes; nothing where nothing was kept."""
    return msgspec.msgpack.decode(zlib.decompress(kept), type=Hashes) if kept else {}
