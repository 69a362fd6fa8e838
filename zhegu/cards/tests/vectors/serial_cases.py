"""Card numbers, resident codes, holder tags and withdrawal hashes, for both sides.

The tags and hashes are computed here from the formulas alone, without the code under test.
"""

from hashlib import sha256
from typing import Any

ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KID = bytes.fromhex("0011223344556677")
RESIDENTS = [bytes(10), b"\xff" * 10, bytes(range(10)), sha256(b"someone").digest()[:10]]
NUMBERS = [(1, 1, 1), (12, 7, 123), (65_535, 255, 999_999), (7, 15, 98_765), (100, 100, 100_000)]


def check(body: str) -> str:
    """ISO/IEC 7064 MOD 37,36 by its definition: sum over a running product, solved for the last place."""
    running = 36
    for character in body:
        running = (running + ALPHANUMERIC.index(character)) % 36 or 36
        running = running * 2 % 37
    return next(last for last in ALPHANUMERIC if (running + ALPHANUMERIC.index(last)) % 36 == 1)


def crockford(raw: bytes) -> str:
    bits = "".join(f"{byte:08b}" for byte in raw)
    return "".join(CROCKFORD[int(bits[at : at + 5], 2)] for at in range(0, 80, 5))


def build() -> dict[str, Any]:
    cases = {"printed": [], "typed": [], "residents": [], "holders": [], "hashes": []}
    for round_no, grid, number in NUMBERS:
        serial = round_no * 10**9 + grid * 10**6 + number
        right = f"{round_no}-{grid:03}-{number:06}-{check(str(serial))}"
        parts = {"round": round_no, "grid": grid, "number": number}
        cases["printed"].append({"serial": serial, "parts": parts, "printed": right})
        cases["typed"] += [{"text": text, "serial": serial} for text in spellings(right)]
        cases["typed"] += [{"text": text, "serial": None} for text in misspellings(right)]
        cases["holders"] += [
            {"serial": serial, "resident": raw.hex(), "tag": tag(serial, raw)} for raw in RESIDENTS
        ]
        cases["hashes"].append({"kid": KID.hex(), "serial": serial, "hash": withdrawn(serial)})
    for raw in RESIDENTS:
        body = crockford(raw)
        code = f"R1:{body}{check(body)}"
        cases["residents"] += [
            {"text": text, "code": code, "bits": raw.hex()} for text in code_spellings(code)
        ]
        cases["residents"] += [{"text": text, "code": None, "bits": None} for text in code_misspellings(code)]
    return {"about": "Numbers and codes on cards, and how they are read.", **cases}


def tag(serial: int, resident: bytes) -> str:
    return sha256(b"sampled-holder/1\x00" + serial.to_bytes(8, "big") + resident).hexdigest()[:20]


def withdrawn(serial: int) -> str:
    return sha256(b"sampled-rev/1\x00" + KID + serial.to_bytes(8, "big")).hexdigest()


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in text)


def tibetan(text: str) -> str:
    return "".join(chr(0x0F20 + int(c)) if c.isdigit() else c for c in text)


def spellings(right: str) -> list[str]:
    return [
        right,
        right.replace("-", ""),
        right.lower(),
        f" {right.replace('-', ' - ')} ",
        wide(right),
        tibetan(right),
    ]


def misspellings(right: str) -> list[str]:
    other = ALPHANUMERIC[(ALPHANUMERIC.index(right[-1]) + 1) % 36]
    return [
        "",
        right[:-1],
        right[:-2],
        right[:-1] + other,
        "0" + right,
        right + "0",
        right.replace("-", "_"),
        "-" + right,
    ]


def code_spellings(code: str) -> list[str]:
    body = code[3:]
    alike = body[:-1].replace("1", "I").replace("0", "O") + body[-1]
    return [code, body, code.lower(), f"{code[:7]} {code[7:11]}-{code[11:]}", wide(code), "R1:" + alike]


def code_misspellings(code: str) -> list[str]:
    other = ALPHANUMERIC[(ALPHANUMERIC.index(code[-1]) + 1) % 36]
    return ["", "R1:", code[:-1], code[:-1] + other, code + "0", "R2:" + code[3:], code[:5] + "U" + code[6:]]
