"""What keeps the house standing: direction, furniture, scope, the one way in."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import APPS, ROOT, app_of, python_files, tree


def imported(path: Path) -> list[tuple[str, int]]:
    """Full dotted names a file imports, with their lines."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
    return found


def where(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def test_layers_hold():
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]


OPEN_TO_OTHERS = {"models", "queries", "actions", "ledgers"}
GATHERED = {"phone", "duties", "urls", "reactions", "commands"}
DOORS = {"config", "office", "sync", "wiring", "__main__"}
BOTTOM = {"lib", "vault", "pages", "prepared"}


def test_other_apps_come_in_by_the_front_door():
    """Other apps use only models, queries, actions, ledgers; doors gather phone, urls, reactions."""
    borrowed = []
    for path in python_files():
        here = app_of(path)
        for name, line in imported(path):
            parts = name.split(".")
            if parts[0] != "zhegu" or len(parts) < 3 or parts[1] in {here, *BOTTOM} or parts[1] not in APPS:
                continue
            allowed = OPEN_TO_OTHERS | (GATHERED if here in {"config", "sync", "office", ""} else set())
            if parts[1] == "journal":
                allowed = allowed | {"chain", "worker"}
            if parts[2] not in allowed and here not in {"config"} and path.name != "__main__.py":
                borrowed.append(f"{where(path, line)} {name}")
    assert not borrowed, "\n".join(borrowed)


PURE_FORBIDDEN = ("django", "zhegu.config", "zhegu.vault", "zhegu.journal", "time", "random", "requests", "socket")


def test_rules_are_pure():
    impure = []
    for path in python_files():
        parts = path.relative_to(ROOT).parts
        if "rules" not in parts and path.name != "rules.py" and parts[1] != "lib":
            continue
        for name, line in imported(path):
            own_rules = f"zhegu.{app_of(path)}.rules"
            inside = name.startswith(("zhegu.lib", own_rules))
            if name.startswith(PURE_FORBIDDEN) or (name.startswith("zhegu.") and not inside):
                impure.append(f"{where(path, line)} {name}")
    assert not impure, "\n".join(impure)


def test_only_doors_read_the_clock():
    """`at` is when it happened: rules, actions and queries are told, they never look."""
    reads = []
    for path in python_files():
        if path.stem in {"rules", "actions", "queries", "models"} or {"rules", "actions", "queries"} & set(path.parts):
            if app_of(path) == "journal":
                continue  # the journal notes when a command arrived
            for node in ast.walk(tree(path)):
                call = node.func if isinstance(node, ast.Call) else None
                if isinstance(call, ast.Attribute) and call.attr in {"now", "utcnow", "today"}:
                    reads.append(where(path, node.lineno))
    assert not reads, "\n".join(reads)


def test_tables_are_touched_only_by_their_own_app():
    """`X.objects` stands only inside X's own app."""
    owner = {}
    for path in python_files():
        if "models" in path.parts or path.name == "models.py":
            for node in tree(path).body:
                if isinstance(node, ast.ClassDef):
                    owner[node.name] = app_of(path)
    foreign = []
    for path in python_files():
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Attribute)
                and node.attr == "objects"
                and isinstance(node.value, ast.Name)
                and owner.get(node.value.id, app_of(path)) != app_of(path)
            ):
                foreign.append(f"{where(path, node.lineno)} {node.value.id}.objects")
    assert not foreign, "\n".join(foreign)


def public_functions(path: Path) -> list[ast.FunctionDef]:
    return [n for n in tree(path).body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]


SCOPELESS = {"zhegu/places/queries.py": {"within"}, "zhegu/accounts/queries.py": {"scope_of", "may_log_in"}}


def test_queries_take_a_scope_first():
    without = []
    for path in python_files():
        if path.stem != "queries" and "queries" not in path.parts:
            continue
        for function in public_functions(path):
            arguments = [*function.args.posonlyargs, *function.args.args]
            first = arguments[0].arg if arguments else ""
            excused = SCOPELESS.get(str(path.relative_to(ROOT)), set())
            if first not in {"scope", "entries", "rows"} and function.name not in excused:
                without.append(f"{where(path, function.lineno)} {function.name}({first})")
    assert not without, "\n".join(without)


def takes_a_list(function: ast.FunctionDef) -> bool:
    """Whether a parameter is a list of items, which then carry their own `at` and `ref`."""
    arguments = [*function.args.args, *function.args.kwonlyargs]
    return any("Sequence[" in ast.unparse(a.annotation) or "list[" in ast.unparse(a.annotation) for a in arguments if a.annotation)


def test_actions_are_told_who_and_when():
    """Writes of people's acts take keyword-only by, at, ref; or a list of items that carry them."""
    untold = []
    for path in python_files():
        if app_of(path) == "journal" or (path.stem != "actions" and "actions" not in path.parts):
            continue
        for function in public_functions(path):
            named = {a.arg for a in function.args.kwonlyargs}
            if "by" in named and not ({"at", "ref"} <= named or takes_a_list(function)):
                untold.append(f"{where(path, function.lineno)} {function.name}")
    assert not untold, "\n".join(untold)


def test_every_app_says_what_it_owns():
    missing = [
        app for app in APPS
        if app not in {"lib", "config"} and not (ROOT / "zhegu" / app / "README.md").exists()
    ]
    assert not missing, "\n".join(missing)


def test_everything_scope_says_why():
    unreasoned = []
    for path in python_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "everything":
                given = [*node.args, *[k.value for k in node.keywords]]
                if not given or not isinstance(given[0], ast.Constant) or len(str(given[0].value)) < 8:
                    unreasoned.append(where(path, node.lineno))
    assert not unreasoned, "\n".join(unreasoned)
