"""Limits on size: ratchets that warn when a noun is missing."""

import ast
import warnings
from pathlib import Path

from tests.architecture.source import ROOT, code_lines, python_files, tree

# path (or path::function) → why it may be larger, for now. An entry that is not needed is an error.
EXCEPTIONS: dict[str, str] = {}


def over(found: dict[str, int], limit: int) -> dict[str, int]:
    return {name: size for name, size in found.items() if size > limit and name not in EXCEPTIONS}


def file_sizes() -> dict[str, int]:
    return {str(p.relative_to(ROOT)): code_lines(p) for p in python_files()}


def functions() -> dict[str, ast.FunctionDef]:
    return {
        f"{path.relative_to(ROOT)}::{node.name}": node
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef)
    }


def length(function: ast.FunctionDef) -> int:
    body = function.body
    if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def parameters(function: ast.FunctionDef) -> int:
    """Parameters beside the four that every action or query has."""
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return len([a for a in arguments if a.arg not in {"self", "by", "at", "ref", "scope"}])


def front_lines(suffix: str) -> dict[str, int]:
    source = ROOT / "phone" / "src"
    return {
        str(p.relative_to(ROOT)): len([line for line in p.read_text().splitlines() if line.strip()])
        for p in sorted(source.rglob(f"*{suffix}"))
        if not p.name.endswith((".test.ts", ".d.ts"))
    }


def test_python_files_stay_below_500_lines():
    assert over(file_sizes(), 500) == {}


def test_functions_stay_below_60_lines():
    assert over({name: length(f) for name, f in functions().items()}, 60) == {}


def test_functions_take_at_most_8_parameters():
    assert over({name: parameters(f) for name, f in functions().items()}, 8) == {}


def test_vue_files_stay_below_300_lines():
    assert over(front_lines(".vue"), 300) == {}


def test_typescript_files_stay_below_400_lines():
    assert over(front_lines(".ts"), 400) == {}


def test_exceptions_are_needed():
    known = {**file_sizes(), **{name: length(f) for name, f in functions().items()}}
    assert [name for name in EXCEPTIONS if name not in known] == []


def test_apps_warn_past_3000_lines():
    """An app's size only warns: it asks whether a second noun has moved in."""
    by_app: dict[str, int] = {}
    for name, size in file_sizes().items():
        by_app[Path(name).parts[1]] = by_app.get(Path(name).parts[1], 0) + size
    large = {app: size for app, size in by_app.items() if size > 3000}
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        if large:
            print(f"large apps: {large}")
    assert by_app
