"""Signing the lists phones hold, whenever what they say has changed or an hour has passed.

Nobody's act: nothing here changes what is true, so nothing is journalled.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import cbor2
from django.db import transaction

from zhegu.cards.actions import keys
from zhegu.cards.models import LISTS, CardKey, Root, SignedList
from zhegu.cards.outside import keystore
from zhegu.cards.outside.signing import Signer, sign_list
from zhegu.cards.queries import listing
from zhegu.cards.rules.lists import ACTIVE, KEY_LIST_LIFE, KEYS, VERSION, WITHDRAWN, key_entries
from zhegu.lib.scope import Scope
from zhegu.places.models import Place

FRESH = timedelta(hours=1)
KEYS_FRESH = timedelta(seconds=KEY_LIST_LIFE) / 2


@dataclass(frozen=True)
class _Said:
    """What one list says now, and how old the signed one may be."""

    what: str
    content: dict[str, Any]
    fresh: timedelta | None = None
    place: str = ""
    round_no: int = 0
    life: int = 0

    @property
    def name(self) -> tuple[str, str, int]:
        return self.what, self.place, self.round_no

    def facts(self, kid: bytes) -> bytes:
        return sha256(cbor2.dumps([kid, self.content], canonical=True)).digest()


def publish(*, community: Place, at: datetime) -> None:
    """The signed lists say what is true: keys, withdrawals (fresh within the hour), this community's
    active cards. Without a root there is nothing to sign; a list whose key is away stays as it was."""
    root = Root.objects.first()
    list_key = CardKey.objects.filter(role=LISTS, revoked=None).order_by("-opens", "-edition").first()
    if root is None or list_key is None:
        return
    said = list(_lists(list_key, community, at))
    by_root, by_list_key = said[:1], said[1:]
    _renew(keys.signer_of(list_key), by_list_key, at)
    if keystore.has_root():
        _renew(Signer(keystore.root_key(), bytes(root.certificate)), by_root, at)
    rounds = [one.round_no for one in said if one.what == ACTIVE]
    outlived = SignedList.objects.filter(what=ACTIVE, place=community.code).exclude(round_no__in=rounds)
    if outlived.exists():
        outlived.delete()


def _lists(list_key: CardKey, community: Place, at: datetime) -> Iterator[_Said]:
    """The key list first, then what the list key signs."""
    scope = Scope.everything("signs the lists that phones hold")
    entries = key_entries(bytes(list_key.kid), bytes(list_key.certificate), listing.listed_keys(scope, at))
    yield _Said(KEYS, entries, KEYS_FRESH, life=KEY_LIST_LIFE)
    yield _Said(WITHDRAWN, listing.withdrawn(scope, at), FRESH)
    for round_no, grids in listing.active(scope, community, at).items():
        content = {"place": community.code, "round": round_no, "grids": grids}
        yield _Said(ACTIVE, content, place=community.code, round_no=round_no)


def _renew(signer: Signer, said: list[_Said], at: datetime) -> None:
    """Signs those lists anew that say something else than the last ones, or are too old."""
    kept = {(row.what, row.place, row.round_no): row for row in SignedList.objects.all()}
    due = [one for one in said if _is_due(one, kept.get(one.name), signer, at)]
    if due:
        with transaction.atomic():
            for one in due:
                _sign(signer, one, at)


def _is_due(one: _Said, last: SignedList | None, signer: Signer, at: datetime) -> bool:
    if last is None or bytes(last.facts) != one.facts(signer.kid):
        return True
    return one.fresh is not None and not timedelta(0) <= at - last.made < one.fresh


def _sign(signer: Signer, one: _Said, at: datetime) -> None:
    what, place, round_no = one.name
    last = SignedList.objects.select_for_update().filter(what=what, place=place, round_no=round_no).first()
    seq = (last.seq if last else 0) + 1
    head: dict[str, Any] = {"what": what, "v": VERSION, "seq": seq, "iat": int(at.timestamp())}
    if one.life:
        head["exp"] = head["iat"] + one.life
    signed = sign_list(signer, {**head, **one.content})
    SignedList.objects.update_or_create(
        what=what, place=place, round_no=round_no,
        defaults={"seq": seq, "made": at, "facts": one.facts(signer.kid), "signed": signed},
    )  # fmt: skip
