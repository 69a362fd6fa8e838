"""Writes docs/tibetan-review.md: every Tibetan sentence we are unsure of, for a native reader.

    python -m tests.support.review
"""

from zhegu.lib.texts import FOLDER, read_catalogue

PAGE = FOLDER.parent / "docs" / "tibetan-review.md"
HEAD = """# Tibetan for review

Sentences of grade C (unsure) and D (doubtful) in `texts/*.tsv`, written by `python -m tests.support.review`.
Correct the sentence in its file and set its grade to A or B; a test keeps this page equal to the files.

| key | grade | 中文 | བོད་ཡིག | English |
|---|---|---|---|---|
"""


def page() -> str:
    """The page as it should stand."""
    unsure = [row for row in read_catalogue() if row.grade in "CD"]
    rows = (" | ".join((row.key, row.grade, row.zh, row.bo, row.en)) for row in unsure)
    return HEAD + "".join(f"| {row} |\n" for row in rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
