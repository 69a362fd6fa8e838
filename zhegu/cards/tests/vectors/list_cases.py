"""The signed lists as a phone gets them: good ones, forged ones, old ones."""

from collections.abc import Callable
from typing import Any

from zhegu.cards.outside.signing import Signer, public_point, sign_list
from zhegu.cards.rules.lists import ListedKey, key_entries, prefixes
from zhegu.cards.rules.states import bitmap
from zhegu.cards.tests.vectors.forge import DAY, NOW, answer, b64, card, claims, ec_key, signer, text

PLACE = "540526101001"
SERIALS = {"waiting": 12_007_000_001, "active": 12_007_000_123, "revoked": 12_007_000_009}
ROOT = Signer(ec_key("root"), signer("desk").certificate)  # its kid plays no part
LISTS, DESK = signer("lists"), signer("desk")
Rows = dict[str, dict[str, Any]]


def row(what: str, seq: int, signed: bytes, place: str = "", round_no: int = 0) -> dict[str, Any]:
    name = f"{what}-{place}-{round_no}" if place else what
    return {"id": name, "what": what, "place": place, "round": round_no, "seq": seq, "signed": b64(signed)}


def keys(
    seq: int = 3, by: Signer = ROOT, state: str = "ok", exp: int = NOW + 90 * DAY, what: str = "keys"
) -> dict:
    listed = ListedKey(
        DESK.certificate, DESK.kid, "XG", (1,), NOW - DAY, NOW + 30 * DAY, 31 * DAY, PLACE, state
    )
    content = key_entries(LISTS.kid, LISTS.certificate, [listed])
    head = {"what": what, "v": 1, "seq": seq, "iat": NOW - DAY, "exp": exp}
    return row("keys", seq, sign_list(by, head | content))


def withdrawn(seq: int = 70, by: Signer = LISTS, bad: tuple[bytes, ...] = (), v: int = 1) -> dict:
    gone = {DESK.kid: prefixes(DESK.kid, [SERIALS["revoked"], 5])}
    head = {"what": "withdrawn", "v": v, "seq": seq, "iat": NOW - 600}
    return row("withdrawn", seq, sign_list(by, head | {"rev": gone, "bad": list(bad)}))


def active(round_no: int = 12, by: Signer = LISTS, seq: int = 9) -> dict:
    grids = {7: bitmap([2, SERIALS["active"] % 10**6, 200]), 8: b""}
    head = {"what": "active", "v": 1, "seq": seq, "iat": NOW - 600, "place": PLACE, "round": round_no}
    return row("active", seq, sign_list(by, head | {"grids": grids}), PLACE, round_no)


def root(point: bytes | None = None) -> dict:
    return row("root", 0, point or public_point(ec_key("root")))


GOOD: Rows = {"root": root(), "keys": keys(), "withdrawn": withdrawn(), "active": active()}
FORGER = signer("forger")


def changed(**rows: Any) -> Callable[[], list[dict]]:
    return lambda: [one for one in (GOOD | rows).values() if one]


# name, rows, pinned root, least numbers, is anything held
ROWS: list[tuple[str, Callable[[], list[dict]], bytes | None, dict[str, int], bool]] = [
    ("all lists", changed(), None, {}, True),
    ("the root pinned before", changed(), public_point(ec_key("root")), {}, True),
    ("another root pinned before", changed(), public_point(ec_key("forger")), {}, False),
    ("a root that changed", changed(root=root(public_point(ec_key("forger")))), None, {}, False),
    ("a changed root after pinning", changed(root=root(public_point(ec_key("forger")))),
     public_point(ec_key("root")), {}, True),
    ("no root", changed(root=None), None, {}, False),
    ("no keys", changed(keys=None), None, {}, False),
    ("no withdrawals", changed(withdrawn=None), None, {}, False),
    ("no list of active cards", changed(active=None), None, {}, True),
    ("keys signed by the list key", changed(keys=keys(by=LISTS)), None, {}, False),
    ("keys signed by a forger", changed(keys=keys(by=FORGER)), None, {}, False),
    ("keys out of date", changed(keys=keys(exp=NOW - 1)), None, {}, False),
    ("keys of another kind", changed(keys=keys(what="withdrawn")), None, {}, False),
    ("withdrawals by a forger", changed(withdrawn=withdrawn(by=FORGER)), None, {}, False),
    ("withdrawals by the desk", changed(withdrawn=withdrawn(by=DESK)), None, {}, False),
    ("withdrawals of a later version", changed(withdrawn=withdrawn(v=2)), None, {}, False),
    ("active cards by a forger", changed(active=active(by=FORGER)), None, {}, True),
    ("active cards of another round", changed(active=active(round_no=13)), None, {}, True),
    ("the same numbers as before", changed(), None, {"keys": 3, "withdrawn": 70}, True),
    ("older withdrawals than before", changed(), None, {"withdrawn": 71}, False),
    ("older keys than before", changed(), None, {"keys": 4}, False),
    ("older active cards than before", changed(), None, {f"active-{PLACE}-12": 10}, True),
    ("the key revoked by the root", changed(keys=keys(state="revoked")), None, {}, True),
    ("the key withdrawn by the list key", changed(withdrawn=withdrawn(bad=(DESK.kid,))), None, {}, True),
]  # fmt: skip

NO_ACTIVE = {
    "no list of active cards", "active cards by a forger", "active cards of another round",
    "older active cards than before",
}  # fmt: skip


def build() -> dict[str, Any]:
    cases = []
    for name, rows, pinned, least, held in ROWS:
        listed = name not in NO_ACTIVE
        dead = "the key" in name
        cases.append(
            {
                "name": name,
                "now": NOW,
                "rows": rows(),
                "pinned": b64(pinned) if pinned else "",
                "least": least,
                "held": held,
                "issued": NOW - 600,
                "activation": {
                    str(SERIALS["active"]): "active" if listed else "unknown",
                    str(SERIALS["waiting"]): "not_active" if listed else "unknown",
                    "12008000001": "not_active" if listed else "unknown",
                    "12009000001": "unknown",
                    "14007000002": "unknown",
                    "5": "unknown",
                },
                "texts": [verdict(state, dead) for state in SERIALS],
            }
        )
    kid = DESK.kid.hex()
    return {"about": "What a phone makes of the lists it pulled.", "kid": kid, "cases": cases}


def verdict(state: str, dead: bool) -> dict[str, Any]:
    inner = card(serial=SERIALS[state], holder=None)
    expect = answer(inner)
    if state == "revoked":
        expect = {"valid": False, "reason": "revoked"}
    if dead:
        expect = {"valid": False, "reason": "key_revoked"}
    return {"text": text(claims(inner)), "expect": expect}
