"""Sign-ups: how well the kept lists are read, file by file, as a careful clerk wrote them down beforehand.

    python -m benchmarks.signups [NAME …]       (all of zhegu/orders/tests/signups, or those of these names)

Each file holds lists as neighbours write them, with the truth set down before the list was first read. Printed are the
share of fields that are right, and the share that is wrong and not flagged. Goals: at least 0.97; at most 0.005.
"""

import sys
from pathlib import Path

KEPT = Path("zhegu/orders/tests/signups")


def main(names: list[str]) -> int:
    """Prints a line for each file; 1 where a goal is missed."""
    from zhegu.orders.tests.clerk_signups import clerked, measure

    missed = 0
    for name in names or sorted(file.stem for file in KEPT.glob("*.txt")):
        lists = clerked(name)
        accuracy, silent, _ = measure(lists)
        print(f"{name}: {len(lists)} lists, {sum(len(one.truth) for one in lists)} entries: fields right {accuracy:.4f}, wrong without a flag {silent:.4f}")
        missed |= accuracy < 0.97 or silent > 0.005
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
