"""What the printed sheets of a running round say: personal codes of those still missing, and card texts.

Run in a process of its own, since it reads the data of a server: `read(server)` gives the sheets.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from tests.support.server import ROOT, Server


@dataclass(frozen=True)
class Sheets:
    """`people`: grid number → [(name, R1 code)] still missing. `cards`: grid number → texts not handed
    out. `handed`: grid number → [(card text, R1 code of whoever has it)]."""

    people: dict[int, list[tuple[str, str]]]
    cards: dict[int, list[str]]
    handed: dict[int, list[tuple[str, str]]]


def read(server: Server) -> Sheets:
    """The sheets of the newest round on the server's data."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.support.sheets"], cwd=ROOT, env=server.environment, check=True,
        capture_output=True, text=True,
    ).stdout  # fmt: skip
    whole: dict[str, dict[str, list[Any]]] = json.loads(told)
    kept = {name: {int(grid): rows for grid, rows in grids.items()} for name, grids in whole.items()}
    return Sheets(**kept)


def _print() -> None:
    from zhegu.cards import queries as cards
    from zhegu.lib.scope import Scope
    from zhegu.places import queries as places
    from zhegu.sampling import queries as sampling

    everything = Scope.everything("the tests hold the printed sheets in their hands")
    place = places.communities(everything).get()
    round_ = sampling.rounds(everything, place).order_by("-no").first()
    people: dict[int, list] = {}
    for line in sampling.missing(everything, round_).select_related("person", "grid"):
        if line.grid:
            people.setdefault(line.grid.no, []).append((line.person.name, line.person.code))
    has = {s.serial: s.person.code for s in sampling.samples(everything, round_) if s.serial}
    found: dict[str, dict[int, list]] = {"people": people, "cards": {}, "handed": {}}
    serials = list(cards.cards(everything, place, round_.no).order_by("serial").values_list("serial", flat=True))
    few = [s for s in serials if s not in has or s % 10**6 <= 3]
    for card in cards.printable(everything, place, few):
        if card.serial in has:
            found["handed"].setdefault(card.grid_no, []).append((card.text, has[card.serial]))
        else:
            found["cards"].setdefault(card.grid_no, []).append(card.text)
    print(json.dumps(found))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhegu.config.settings")
    import django

    django.setup()
    _print()
