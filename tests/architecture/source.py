"""The source tree, as the architecture tests read it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = sorted(p.parent.name for p in (ROOT / "zhegu").glob("*/__init__.py"))


def python_files(*, tests: bool = False) -> Iterator[Path]:
    """The server's own files, without migrations; without tests unless asked."""
    for path in sorted((ROOT / "zhegu").rglob("*.py")):
        if "migrations" in path.parts or ("tests" in path.parts and not tests):
            continue
        yield path


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def app_of(path: Path) -> str:
    """The app a file belongs to; '' for files beside the apps."""
    parts = path.relative_to(ROOT / "zhegu").parts
    return parts[0] if len(parts) > 1 else ""


def code_lines(path: Path) -> int:
    """Lines of code: without blank lines, comments and docstrings."""
    docstrings: set[int] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            docstrings.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = path.read_text(encoding="utf-8").splitlines()
    return sum(
        1 for n, line in enumerate(lines, 1) if line.strip() and not line.strip().startswith("#") and n not in docstrings
    )
