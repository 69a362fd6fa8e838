"""The root, the signing keys and the list that names them."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Max

from zhegu.cards.actions.kinds import HOUSE, Happened
from zhegu.cards.models import LISTS, CardKey, Root
from zhegu.cards.outside import keystore
from zhegu.cards.outside.signing import (
    Signer,
    certificate_for,
    key_from_secret,
    kid_of,
    new_key,
    own_certificate,
    public_point,
)
from zhegu.cards.rules.issuing import AFTERLIFE, AHEAD, WINDOW, Month
from zhegu.cards.rules.recovery import BadSheet, secret_of
from zhegu.cards.rules.verdict import Kind
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.places.models import Place

ROOT_NAME = "Zhegu root"
ROOT_YEARS = 30
LIST_YEARS = 10


def set_up_root(*, by: Actor, at: datetime, ref: UUID) -> Answer:
    """A root and a list key stand; the root's private half stays on disk until it is put away.

    Refused: there is a root already.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        if Root.objects.exists():
            return [Refused("cards.root_stands")]
        return [Accepted({"root": _make_root(at)})]

    return journal.once([Command(ref, Happened.ROOT_MADE, HOUSE, by, at)], do)[0]


def _make_root(at: datetime) -> str:
    key = new_key()
    certificate = own_certificate(key, ROOT_NAME, at, at.replace(year=at.year + ROOT_YEARS, day=1))
    root = Root.objects.create(point=public_point(key), certificate=certificate, made=at)
    keystore.keep_root(key)
    _make_key(None, LISTS, Month.of(at), at, years=LIST_YEARS)
    return str(root.pk)


def put_root_away(*, by: Actor, at: datetime, ref: UUID) -> Answer:
    """The root's private half is gone from this machine; only the recovery sheet has it.

    Refused: no root here, or its sheet was never printed.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        root = Root.objects.select_for_update().first()
        if root is None or not keystore.has_root():
            return [Refused("cards.root_not_here")]
        if root.printed is None:
            return [Refused("cards.root_not_printed")]
        Root.objects.filter(pk=root.pk).update(put_away=at)
        keystore.drop_root()
        return [Accepted({"root": str(root.pk)})]

    return journal.once([Command(ref, Happened.ROOT_PUT_AWAY, HOUSE, by, at)], do)[0]


def note_root_printed(*, by: Actor, at: datetime, ref: UUID) -> Answer:
    """The recovery sheet was printed. Refused: no root here to print."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if not keystore.has_root() or not Root.objects.update(printed=at):
            return [Refused("cards.root_not_here")]
        return [Accepted()]

    return journal.once([Command(ref, Happened.ROOT_PRINTED, HOUSE, by, at)], do)[0]


def restore_root(*, by: Actor, sheets: Sequence[str], at: datetime, ref: UUID) -> Answer:
    """The root's private half is on this machine again, from its sheet or two of its three shares.

    Refused: `cards.sheet_<code>` with the mistyped `line`, or a sheet of another root. Where there is
    no root yet (a new machine) the sheet's root becomes it.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        try:
            key = key_from_secret(secret_of(sheets))
        except BadSheet as bad:
            return [Refused(f"cards.sheet_{bad.code}", {"line": bad.line})]
        except ValueError:
            return [Refused("cards.sheet_whole", {"line": 0})]
        root = Root.objects.select_for_update().first()
        if root is None:
            certificate = own_certificate(key, ROOT_NAME, at, at.replace(year=at.year + ROOT_YEARS, day=1))
            root = Root.objects.create(point=public_point(key), certificate=certificate, made=at, printed=at)
        elif bytes(root.point) != public_point(key):
            return [Refused("cards.sheet_other_root")]
        keystore.keep_root(key)
        Root.objects.filter(pk=root.pk).update(put_away=None)
        if not CardKey.objects.filter(role=LISTS, revoked=None).exists():
            _make_key(None, LISTS, Month.of(at), at, years=LIST_YEARS)
        return [Accepted({"root": str(root.pk)})]

    return journal.once([Command(ref, Happened.ROOT_RESTORED, HOUSE, by, at)], do)[0]


def make_keys(
    *,
    by: Actor,
    community: Place,
    kinds: Iterable[int] = (Kind.SAMPLED,),
    months: int = AHEAD,
    at: datetime,
    ref: UUID,
) -> Answer:
    """Keys of these kinds stand for this month and the following; those that stand are left alone.

    Facts: `made` (kids in hex). Refused: the root is in the safe and nothing can be signed by it.
    """
    wanted = sorted({int(kind) for kind in kinds})

    def do(fresh: list[Command]) -> list[Outcome]:
        try:
            made = [key for kind in wanted for key in ensure_keys(community, kind, at, months)]
        except keystore.KeyMissing:
            return [Refused("cards.root_away")]
        return [Accepted({"made": [key.kid_hex for key in made]})]

    body = {"kinds": wanted, "months": months}
    return journal.once([Command(ref, Happened.KEYS_MADE, community.code, by, at, body)], do)[0]


def ensure_keys(community: Place, kind: int, at: datetime, months: int = AHEAD) -> list[CardKey]:
    """Makes the missing keys of a kind; the root is set up if there is none. Raises KeyMissing."""
    if not Root.objects.exists():
        _make_root(at)
    first = Month.of(at)
    standing = set(
        CardKey.objects.filter(community=community, role=kind, revoked=None).values_list("month", flat=True)
    )
    wanted = [first.after(n) for n in range(months)]
    return [_make_key(community, kind, month, at) for month in wanted if str(month) not in standing]


def _make_key(community: Place | None, role: int, month: Month, at: datetime, years: int = 0) -> CardKey:
    """A fresh key with its certificate by the root, its file and its row. Raises KeyMissing."""
    root = keystore.root_key()
    opens = month.begins
    closes = opens.replace(year=opens.year + years) if years else opens + WINDOW
    key, place = new_key(), community.code if community else HOUSE
    name = f"{place} {role} {month}"
    first, last = opens.astimezone(UTC), (closes + AFTERLIFE).astimezone(UTC)
    certificate = certificate_for(key, name, first, last, by=root, by_name=ROOT_NAME)
    keystore.keep(kid_of(certificate), key)
    editions = CardKey.objects.filter(community=community, role=role, month=str(month))
    return CardKey.objects.create(
        community=community, role=role, month=str(month), kid=kid_of(certificate), certificate=certificate,
        edition=(editions.aggregate(last=Max("edition"))["last"] or 0) + 1,
        opens=opens, closes=closes, listed=at,
    )  # fmt: skip


def revoke_key(*, by: Actor, key: CardKey, why: str, at: datetime, ref: UUID) -> Answer:
    """Every card under this key is refused from the next list on; a new key stands if the root is here.

    Works while the root is in the safe: the list key says so. Refused: revoked before.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        if not CardKey.objects.filter(pk=key.pk, revoked=None).update(revoked=at, why=why[:200]):
            return [Refused("cards.key_revoked_before")]
        made = []
        if key.community and keystore.has_root():
            made = [new.kid_hex for new in ensure_keys(key.community, key.role, at)]
        return [Accepted({"kid": key.kid_hex, "made": made})]

    place = key.community.code if key.community else HOUSE
    body = {"kid": key.kid_hex, "why": why}
    return journal.once([Command(ref, Happened.KEY_REVOKED, place, by, at, body)], do)[0]


def signer_of(key: CardKey) -> Signer:
    """The signer of a key; raises KeyMissing."""
    return keystore.signer(bytes(key.kid), bytes(key.certificate))
