"""`zhegu cards verify`: one answer a line, whatever the line."""

import io
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from zhegu.cards.commands import LONGEST_LINE, texts
from zhegu.cards.rules import TrustList, verify
from zhegu.cards.tests.vectors.forge import answer, entry, text, text_of, trust

ROOT = Path(__file__).resolve().parents[3]
COMMAND = [sys.executable, "-m", "zhegu", "cards", "verify", "--trust-list"]
GOOD = text()
TEXT = {"valid": False, "reason": "text"}


@pytest.fixture
def trust_file(tmp_path: Path) -> Path:
    path = tmp_path / "trust.json"
    path.write_text(json.dumps(trust(entry())))
    return path


def run(trust_file: Path, lines: bytes) -> list[dict]:
    ran = subprocess.run([*COMMAND, trust_file], input=lines, capture_output=True, cwd=ROOT, check=True)
    assert ran.stderr == b""
    return [json.loads(line) for line in ran.stdout.splitlines()]


ODD_LINES = [
    b"",
    b"   ",
    b"not json",
    b"[]",
    b"null",
    b"5",
    b'"HC1:"',
    b"{}",
    b'{"text": null}',
    b'{"text": 5}',
    b'{"text": ["HC1:"]}',
    b'{"text": "HC1:"',
    b"\xff\xfe\x00",
    b'{"text": "\xc3\x28"}',
    b"\x00",
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b"1" * 20_000,
    b'{"text": ' + b"9" * 5000 + b"}",
    b'\xef\xbb\xbf{"text": "HC1:"}',
    b"x" * (LONGEST_LINE - 1),
    b"x" * LONGEST_LINE,
    b"x" * (LONGEST_LINE + 1),
    b" " * (3 * LONGEST_LINE) + b"{}",
]


def test_every_line_gets_exactly_one_answer(trust_file: Path) -> None:
    good = json.dumps({"text": GOOD}).encode()
    lines = b"\n".join(part for odd in ODD_LINES for part in (odd, good)) + b"\n"
    answers = run(trust_file, lines)
    assert answers[0::2] == [TEXT] * len(ODD_LINES)
    assert answers[1::2] == [answer()] * len(ODD_LINES)


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (b"", 0),
        (b"\n", 1),
        (b"\n\n", 2),
        (b"{}", 1),
        (b"{}\r\n{}", 2),
        (b"x" * LONGEST_LINE, 1),
        (b"{}\n\n{}", 3),
    ],
)
def test_lines_are_counted_as_an_editor_counts_them(lines: bytes, count: int) -> None:
    assert len(list(texts(io.BytesIO(lines)))) == count


def test_escapes_and_other_fields_do_not_matter(trust_file: Path) -> None:
    escaped = "".join(f"\\u{ord(character):04x}" for character in GOOD)
    lines = f'{{"id": 7, "text": "{escaped}", "more": [1, {{}}]}}\r\n{{"text": "x", "text": "{GOOD}"}}'
    assert run(trust_file, lines.encode()) == [answer(), answer()]


def test_surrogates_and_nuls_are_only_text(trust_file: Path) -> None:
    lines = b'{"text": "\\ud800"}\n{"text": "HC1:\\udfff"}\n{"text": "\\u0000"}\n{"text": "HC1:\\u0000"}\n'
    reasons = [answer["reason"] for answer in run(trust_file, lines)]
    assert reasons == ["prefix", "base45", "prefix", "base45"]


def test_each_answer_comes_before_the_next_question(trust_file: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, trust_file], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as asked:
        assert asked.stdin and asked.stdout
        for _ in range(3):
            asked.stdin.write(json.dumps({"text": GOOD}).encode() + b"\n")
            asked.stdin.flush()
            assert json.loads(asked.stdout.readline()) == answer()
        asked.stdin.close()
        assert asked.wait(10) == 0


def test_it_starts_without_django() -> None:
    script = "import sys, zhegu.cards.commands; sys.exit(any(m.startswith('django') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("content", ["", "[]", "5", '{"now": "soon"}', "{", "[" * 100_000])
def test_an_unreadable_trust_list_is_said_once(tmp_path: Path, content: str) -> None:
    path = tmp_path / "trust.json"
    path.write_text(content)
    ran = subprocess.run([*COMMAND, path], input=b"{}\n", capture_output=True, cwd=ROOT, check=False)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"Traceback" not in ran.stderr


def test_a_trust_list_without_a_time_means_now(tmp_path: Path) -> None:
    path = tmp_path / "trust.json"
    path.write_text(json.dumps({"keys": [entry()]}))
    assert run(path, json.dumps({"text": GOOD}).encode()) == [{"valid": False, "reason": "expired"}]


HEAVY = [
    "HC1:" + "0" * 4292,
    text_of(bytes(2_500_000)),
    text_of(b"\x9f" * 16_000),
    text_of(b"\x81" * 16_000),
    text_of(b"\xbb" + b"\xff" * 8),
    text_of(b"\x5f" + b"\x40" * 16_000),
    text_of(b"\xbf" + b"".join(b"\x19" + n.to_bytes(2, "big") + b"\0" for n in range(4000))),
    text_of(b"\xc2\x59\x3e\x80" + b"\xff" * 16_000),
    "x" * 200_000,
]


def test_the_heaviest_texts_stay_light(trust_file: Path) -> None:
    """64 MB and a second for any text: the memory of the process as a whole, the time of each verdict."""
    lines = "".join(json.dumps({"text": heavy}) + "\n" for heavy in HEAVY).encode()
    measured = [sys.executable, "-c", PEAK, *COMMAND, str(trust_file)]
    ran = subprocess.run(measured, input=lines, capture_output=True, cwd=ROOT, check=True)
    assert int(ran.stdout) < 64 * 1024, "kilobytes at the peak"
    trusted = TrustList.from_plain(trust(entry()))
    for heavy in HEAVY:
        began = time.process_time()
        assert not verify(heavy, trusted).valid
        assert time.process_time() - began < 1


PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdin=sys.stdin.buffer, stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
