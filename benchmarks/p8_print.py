"""P8: print 600 numbered cards, each with its own signed-card code. Goal: at most 10 s.

    python benchmarks/p8_print.py [--cards N] [--json]

CPU seconds (all threads) from plain values to PDF bytes, drawing of the codes included; wall beside them.
"""

import argparse
import json
import random
import sys
import time
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from zhegu.lib.clock import LOCAL
from zhegu.lib.paper import Card, Imprint, find_fonts, print_cards
from zhegu.lib.paper.qr import drawn

GOAL = 10.0
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
LENGTH = 231
"""Characters of nearly every card (HC1 container with all claims)."""


def cards(count: int) -> list[Card]:
    dice = random.Random(20220913)
    return [
        Card("HC1:" + "".join(dice.choices(LETTERS, k=LENGTH - 4)), f"12-007-{n:06d}-K", 12, "7")
        for n in range(1, count + 1)
    ]


def measure(count: int) -> dict[str, float]:
    printed = cards(count)
    imprint = Imprint("某某社区居民委员会", "甲", datetime(2022, 9, 13, 8, 0, tzinfo=LOCAL))
    find_fonts()
    began = time.process_time()
    for card in printed:
        drawn(card.qr)
    codes = time.process_time() - began
    wall, began = time.perf_counter(), time.process_time()
    made = print_cards(printed, imprint)
    return {
        "cards": count, "seconds": time.process_time() - began, "wall": time.perf_counter() - wall,
        "codes": codes, "bytes": len(made),
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=600)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = measure(asked.cards)
    if asked.json:
        print(json.dumps({name: round(value, 3) for name, value in found.items()}))
    else:
        print(
            f"P8 {asked.cards} cards: {found['seconds']:.1f} CPU s (codes {found['codes']:.1f} s), "
            f"wall {found['wall']:.1f} s, "
            f"{found['bytes'] / 1e6:.1f} MB, goal {GOAL:.0f} s"
        )
    return 0 if found["seconds"] <= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
