"""What phones pull: only the grids of their own people, only of rounds that are open."""

import base64
from collections.abc import Iterable, Iterator
from typing import Any

from zhegu.lib.codes import code_hash
from zhegu.lib.scope import Scope
from zhegu.places.models import Place
from zhegu.registers.models import Person, Presence
from zhegu.sampling import queries
from zhegu.sampling.models import Line, Round, Sample
from zhegu.sampling.rules import WORKERS, AddReason, Excuse, Gone, MissingReason

PREFIX_BYTES = 6
"""48 bits of a hash of 80 random bits: among 20,000 codes the chance that any two begin alike is below
one in a million, and 1,871 of them are 11 kB."""


def rounds(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """Open rounds and the one closed last."""
    for round_ in _told(scope, community):
        yield {
            "id": str(round_.pk), "no": round_.no, "name": round_.name,
            "starts_at": round_.starts_at.isoformat(), "ends_at": round_.ends_at.isoformat(),
            "mix_ratio": round_.mix_ratio, "single_only": round_.single_only, "body_site": round_.body_site,
            "state": "open" if round_.is_open else "closed",
        }  # fmt: skip


def _told(scope: Scope, community: Place) -> Iterable[Round]:
    known = queries.rounds(scope, community)
    last = known.exclude(closed_at=None).order_by("-closed_at")[:1]
    return [*known.filter(closed_at=None), *last]


def lines(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """The rosters of open rounds, for the grids where someone on the phone works."""
    mine = Scope(scope.actor, frozenset(g for g in scope.grants if g.role in WORKERS), scope.purpose, scope.whole)
    for round_ in queries.open_rounds(scope, community):
        rows = queries.lines(mine, round_).prefetch_related("person__keys")
        swabs = {
            sample.line_id: sample
            for sample in Sample.objects.filter(round=round_, aside="", undone_at=None, line__in=rows.values("pk"))
        }
        for row in rows:
            yield _line(row, row.person, swabs.get(row.pk))


def _line(row: Line, person: Person, swab: Sample | None) -> dict[str, Any]:
    return {
        "id": str(row.pk), "round": str(row.round_id), "person": str(row.person_id),
        "name": person.name, "name_bo": person.name_bo, "nickname": person.nickname,
        "birth_year": person.birth_year, "sex": person.sex,
        "grid": row.grid.no if row.grid else 0, **_house(row),
        "code_hash": code_hash(person.code).hex(), "keys": sorted({key.key for key in person.keys.all()}),
        "status": row.standing, "excuse": row.excuse, "gone": row.gone,
        "single_only": bool(row.single_why), "single_why": row.single_why,
        "sample_ref": str(swab.pk) if swab else "", "serial": swab.serial if swab else None,
        "at_home": bool(swab and swab.at_home),
        "reason": row.reason, "called": row.called,
        "comes_at": row.comes_at.isoformat() if row.comes_at else None,
        "phone_tail": person.phone[-4:] if len(person.phone) >= 8 else "",
        "added": row.added_at is not None, "version": str(row.version) if row.version else "",
    }  # fmt: skip


def _house(row: Line) -> dict[str, Any]:
    house = row.household
    if house is None:
        return {"household": "", "order": 0}
    return {"household": house.door or house.no or house.address or house.head_name, "order": house.order}


def prefixes(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """Which code belongs to which grid of the community, without names: to say "another grid" offline."""
    by_grid: dict[int, list[bytes]] = {}
    people = community.people.filter(presence__in=[Presence.HERE, Presence.AWAY], merged_into=None, grid__isnull=False)
    for no, code in people.values_list("grid__no", "code"):
        by_grid.setdefault(no, []).append(code_hash(code)[:PREFIX_BYTES])
    for no, found in sorted(by_grid.items()):
        packed = base64.b64encode(b"".join(sorted(found))).decode()
        yield {"id": f"grid-{no}", "grid": no, "prefixes": packed}


def reasons(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """The closed lists with their texts' keys."""
    lists = {"excuse": Excuse, "missing": MissingReason, "gone": Gone, "add": AddReason}
    for name, words in lists.items():
        for order, word in enumerate(words):
            yield {
                "id": f"{name}.{word}", "list": name, "code": str(word), "key": f"sampling.{name}_{word}",
                "order": order, "note": word == "other",
            }  # fmt: skip
