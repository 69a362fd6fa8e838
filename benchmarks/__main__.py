"""`./dev bench [p1 p7 …]`: runs the benchmarks one after another; each prints its goal and its ratio."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def main(wanted: list[str]) -> int:
    """All benchmarks, or those whose file begins with one of the names; 1 if one failed to run."""
    scripts = sorted(FOLDER.glob("p*_*.py"), key=lambda p: int(p.name[1:].split("_")[0]))
    chosen = [s for s in scripts if not wanted or s.name.split("_")[0] in wanted or s.stem in wanted]
    if not chosen:
        print(f"no such benchmark; there are: {', '.join(s.stem for s in scripts)}", file=sys.stderr)
        return 2
    failed = []
    for script in chosen:
        print(f"\n== {script.stem}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{script.stem}"], cwd=FOLDER.parent).returncode:
            failed.append(script.stem)
    if failed:
        print(f"failed to run: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
