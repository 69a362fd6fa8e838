"""What the phone says of itself without a network, and what docs/offline.md says, are the same; each claim is tested."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAID = {"yes": "yes", "in part": "look", "no": "no"}


def claims() -> list[tuple[str, str, list[str]]]:
    """What, how far, and the test files named, of each row of the page's first table."""
    page = (ROOT / "docs" / "offline.md").read_text(encoding="utf-8").split("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line.startswith("| ")]
    return [(row[0], row[1].split(",")[0], re.findall(r"`([^`]+)`", row[3])) for row in rows if row[0] != "what"]


def abilities() -> list[str]:
    source = (ROOT / "phone" / "src" / "app" / "abilities.ts").read_text(encoding="utf-8")
    return re.findall(r"code: '\w+', works: '(\w+)'", source)


def test_phone_and_page_claim_the_same():
    assert [SAID[works] for _, works, _ in claims()] == abilities()


def test_whatever_works_offline_names_what_shows_it():
    named = [(what, tests) for what, works, tests in claims() if works != "no"]
    assert len(named) > 10
    text = (ROOT / "docs" / "offline.md").read_text(encoding="utf-8")
    for what, tests in named:
        row = next(line for line in text.splitlines() if line.startswith(f"| {what} |"))
        assert tests or "browser" in row, f"{what}: no test is named"
        for test in tests:
            assert list((ROOT / "phone" / "src").glob(test)), f"{what}: there is no phone/src/{test}"
