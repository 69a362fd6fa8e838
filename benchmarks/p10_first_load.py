"""P10: first load of the phone app. Goals: ≤ 145 kB gz without font and wasm; ≤ 25 s at 50 kbit/s;
cold start ≤ 3 s on a weak phone (CPU slowed six times, everything already on the phone).

    python -m benchmarks.p10_first_load

Bytes are those of the built files, gzip level 9 as a server would send them; seconds are Chromium's
own, with its network held to 50 kbit/s and 300 ms, against the product's own server.
"""

import gzip
import re
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "phone" / "dist"
GOAL_KB, GOAL_SLOW, GOAL_COLD = 145, 25.0, 3.0


def gz(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def first_files() -> list[Path]:
    """The shell page, what it names, and one language's texts; neither wasm nor font."""
    page = (DIST / "index.html").read_text()
    named = [DIST / found.removeprefix("/phone/") for found in re.findall(r'(?:src|href)="(/phone/[^"]+)"', page)]
    code = [p for p in named if p.suffix in {".js", ".css"}]
    texts = sorted(DIST.glob("assets/bo-*.js"))[:1]  # the largest language
    return [DIST / "index.html", *code, *texts]


def slow_seconds(url: str, folder: Path) -> tuple[float, float]:
    """Seconds until the first screen stands: at 50 kbit/s with nothing kept; then again from the phone
    itself, server unreachable, CPU slowed six times."""
    from tests.support.browser import PHONE, running

    with running() as chromium:
        window = chromium.open(url, size=PHONE, profile=folder)
        page = window.page
        session = window.context.new_cdp_session(page)
        session.send("Network.enable")
        slow = {"offline": False, "latency": 300, "downloadThroughput": 50_000 / 8, "uploadThroughput": 50_000 / 8}
        session.send("Network.emulateNetworkConditions", slow)
        began = time.perf_counter()
        page.goto("/phone/", wait_until="commit", timeout=120_000)
        page.wait_for_selector("main, form, h1", timeout=120_000)
        first = time.perf_counter() - began
        fast = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        session.send("Network.emulateNetworkConditions", fast)
        page.wait_for_function("() => navigator.serviceWorker.ready.then(() => true)", timeout=60_000)
        page.wait_for_timeout(3000)
        session.send("Network.emulateNetworkConditions", {**fast, "offline": True})
        session.send("Emulation.setCPUThrottlingRate", {"rate": 6})
        began = time.perf_counter()
        page.reload(wait_until="commit")
        page.wait_for_selector("main, form, h1", timeout=60_000)
        return first, time.perf_counter() - began


def main() -> int:
    if not (DIST / "index.html").exists():
        print("the phone app is not built: ./dev setup builds it")
        return 1
    files = first_files()
    total = sum(gz(p) for p in files) / 1000
    for path in files:
        print(f"  {path.relative_to(DIST)!s:40} {gz(path) / 1000:8.1f} kB gz")
    print(f"first load {total:.1f} kB gz; goal ≤ {GOAL_KB} ({'met' if total <= GOAL_KB else 'MISSED'})")
    from tests.support.server import Server

    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data")
        try:
            server.start()
            first, cold = slow_seconds(server.url, Path(folder) / "profile")
        finally:
            server.stop()
    print(f"at 50 kbit/s {first:.1f} s; goal ≤ {GOAL_SLOW:.0f} ({'met' if first <= GOAL_SLOW else 'MISSED'})")
    print(f"cold start, offline, CPU ÷ 6: {cold:.2f} s; goal ≤ {GOAL_COLD:.0f} ({'met' if cold <= GOAL_COLD else 'MISSED'})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
