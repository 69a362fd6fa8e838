"""The launcher: sets up once, also when asked twice at the same moment, and keeps standard output clean."""

import ast
import importlib.machinery
import importlib.util
import os
import re
import socket
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from multiprocessing import get_context
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DEV = ROOT / "dev"


def launcher(root: Path | None = None):
    """`dev` as a module, its folders moved to `root`."""
    loader = importlib.machinery.SourceFileLoader("dev_launcher", str(DEV))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("dev_launcher", loader))
    written, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    loader.exec_module(module)
    sys.dont_write_bytecode = written
    if root:
        module.ROOT, module.BUILD = root, root / "build"
    return module


def dev(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(DEV), *words], capture_output=True, text=True, env={**os.environ, **environment}
    )


def test_without_a_command_it_says_which_there_are():
    result = dev()
    assert result.returncode == 2 and result.stdout == "" and "./dev run" in result.stderr
    assert dev("--help").returncode == 0 and "./dev zhegu" in dev("--help").stdout


def test_it_needs_nothing_but_the_standard_library():
    for line in DEV.read_text().splitlines():
        if line.startswith(("import ", "from ")):
            assert line.split()[1].split(".")[0] in sys.stdlib_module_names, line


def _count(root: Path) -> None:
    module = launcher(root)
    module.once(root / "stamp", "key", lambda: (root / "times").open("a").write("x"))


def test_a_step_is_done_once_even_when_four_ask_at_the_same_moment(tmp_path):
    workers = [get_context("spawn").Process(target=_count, args=(tmp_path,)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert (tmp_path / "times").read_text() == "x"


def test_a_step_is_done_again_when_what_it_depends_on_changes_or_it_failed(tmp_path):
    module, done = launcher(tmp_path), []

    def fail() -> None:
        raise RuntimeError

    module.once(tmp_path / "stamp", "1", lambda: done.append(1))
    module.once(tmp_path / "stamp", "1", lambda: done.append(2))
    with pytest.raises(RuntimeError):
        module.once(tmp_path / "stamp", "2", fail)
    module.once(tmp_path / "stamp", "2", lambda: done.append(3))
    assert done == [1, 3]


def test_missing_packages_are_named_in_one_line_where_it_may_not_install(monkeypatch, capsys):
    module = launcher()
    monkeypatch.setattr(module, "become_root", lambda: None)
    monkeypatch.setitem(module.SYSTEM, "chromium", lambda: False)
    monkeypatch.setitem(module.SYSTEM, "poppler-utils", lambda: False)
    with pytest.raises(SystemExit) as stopped:
        module.need(module.FOR_TESTS)
    said = capsys.readouterr()
    assert stopped.value.code == 3 and said.out == ""
    assert said.err.splitlines()[-1] == "apt-get install -y --no-install-recommends chromium poppler-utils"


def test_it_asks_only_for_what_the_command_needs(monkeypatch):
    module = launcher()
    monkeypatch.setattr(module, "become_root", lambda: None)
    monkeypatch.setitem(module.SYSTEM, "chromium", lambda: False)
    module.need(module.FOR_COMMANDS)


def test_a_busy_port_is_said_plainly(monkeypatch, capsys):
    module = launcher()
    monkeypatch.setattr(module, "ensure", lambda packages: None)
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        monkeypatch.setenv("PORT", str(busy.getsockname()[1]))
        with pytest.raises(SystemExit) as stopped:
            module.run([])
    assert stopped.value.code == 4 and "in use" in capsys.readouterr().err


def test_a_changed_source_is_noticed_by_its_name_and_by_its_content(tmp_path):
    module = launcher(tmp_path)
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("1")
    kept = module.digest(first)
    first.write_text("2")
    changed = module.digest(first)
    second.write_text("2")
    assert len({kept, changed, module.digest(second), module.digest(tmp_path / "absent")}) == 4


def test_a_command_of_the_product_keeps_its_output_and_its_exit_code():
    result = dev("zhegu", "no-such-room")
    assert result.returncode == 2 and result.stdout == "" and "no-such-room" in result.stderr


def test_the_lock_names_everything_that_pyproject_asks_for():
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())
    names = [*asked["project"]["dependencies"], *asked["dependency-groups"]["dev"]]
    locked = {line.split("==")[0] for line in (ROOT / "requirements.lock").read_text().splitlines() if "==" in line}
    wanted = {re.split(r"[\[<>=; ]", name)[0].lower().replace("_", "-") for name in names}
    assert wanted - {name.lower().split("[")[0] for name in locked} == set()


def imported(path: Path) -> set[str]:
    """Top names of what the file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def test_whatever_is_imported_comes_from_the_lock():
    locked = {line.split("==")[0] for line in (ROOT / "requirements.lock").read_text().splitlines() if "==" in line}
    known = {name for name, packages in packages_distributions().items()
             if any(re.sub("[_.]", "-", p.lower()) in {re.sub("[_.]", "-", one) for one in locked} for p in packages)}
    ours = {"zhegu", "tests", "demo", "benchmarks"}
    foreign = {
        f"{path.relative_to(ROOT)}: {name}"
        for folder in ours for path in (ROOT / folder).rglob("*.py")
        for name in imported(path) - ours - known - set(sys.stdlib_module_names)
    }  # fmt: skip
    assert foreign == set()


def test_neither_lock_names_a_registry():
    assert "://" not in (ROOT / "requirements.lock").read_text()
    assert '"resolved"' not in (ROOT / "phone" / "package-lock.json").read_text()
