"""Brings a parcel to the level above over HTTP, and reads what it answers."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import urlsplit

SEAL = "Zhegu-Seal"
PATIENCE = 20
MOST_ANSWER = 10_000


class NoAnswer(Exception):
    """The level above was not reached, or what came back was none of its answers; perhaps it took the parcel."""


@dataclass(frozen=True)
class Reply:
    """What the level above has: the last number taken, and a reason where the parcel was not taken."""

    last: int
    reason: str = ""


def is_safe(address: str) -> bool:
    """https, or plain http to this very machine; nothing else in it than a host and a path."""
    parts = urlsplit(address)
    if parts.username or parts.query or parts.fragment or not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1"))


def post(address: str, body: bytes, seal: str) -> Reply:
    """Hands the parcel over; raises NoAnswer."""
    headers = {"Content-Type": "application/json", SEAL: seal}
    asked = urllib.request.Request(f"{address.rstrip('/')}/upward/receive/", body, headers)  # noqa: S310 - is_safe
    try:
        try:
            with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310 - is_safe
                return _reply(answer.read(MOST_ANSWER))
        except urllib.error.HTTPError as refused:
            return _reply(refused.read(MOST_ANSWER))
    except (OSError, HTTPException, ValueError) as away:  # HTTPException: the line broke within the answer
        raise NoAnswer(type(away).__name__) from away


def _reply(raw: bytes) -> Reply:
    try:
        said = json.loads(raw)
        return Reply(int(said["last"]), str(said.get("reason", ""))[:60])
    except (ValueError, TypeError, KeyError) as other:
        raise NoAnswer("answer") from other
