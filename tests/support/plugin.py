"""Loaded before anything else in every test run: its own data folder, and the shared fixtures.

Tests never see the data of whoever runs them: ZHEGU_DATA points into a new folder, one for each
worker, before the settings are read.
"""

import atexit
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A slow hour of the machine says nothing about a property: no example has a deadline.
settings.register_profile("zhegu", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("zhegu")

FOLDER = Path(tempfile.mkdtemp(prefix="zhegu-test-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["ZHEGU_DATA"] = str(FOLDER / "data")
os.environ["ZHEGU_TESTING"] = "1"
os.environ["TZ"] = "Asia/Shanghai"
# One seed for the whole run, so that all workers make the same examples; printed, so that a run can be repeated.
os.environ.setdefault("ZHEGU_SEED", str(secrets.randbelow(10**6)))


def pytest_report_header() -> str:
    return f"ZHEGU_SEED={os.environ['ZHEGU_SEED']}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser's day is lived a second time when it fails, from its first fixture on: see decision 0380."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The seed stands where a failure is read, also under -q; so does what passed only when tried again."""
    for report in terminalreporter.stats.get("rerun", []):
        terminalreporter.write_line(f"UNSTEADY, tried again: {report.nodeid}")
        terminalreporter.write_line(str(report.longreprtext))
    if terminalreporter.stats.get("failed"):
        terminalreporter.write_line(f"repeat with ZHEGU_SEED={os.environ['ZHEGU_SEED']}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A skipped test is red: what could not be tried is not known to work."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped") and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def postgres() -> Iterator[object]:
    """A running PostgreSQL of our own (`Postgres`); `.new_database()` gives a fresh URL each time."""
    from tests.support.postgres import running

    with running() as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """One Chromium for the session (`tests.support.browser.Chromium`); `.open()` gives a new window."""
    from tests.support.browser import running

    with running() as browser:
        yield browser


@pytest.fixture(autouse=True)
def shut_windows(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test opened is shut when it ends: pages left open would go on asking servers that are gone."""
    if "chromium" not in request.fixturenames:
        yield
        return
    browser = request.getfixturevalue("chromium")
    with browser.shut_at_the_end():
        yield


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo community, made once; copy it, never write to it."""
    from tests.support.server import Server

    folder = tmp_path_factory.mktemp("demo") / "data"
    Server(folder).zhegu("demo")
    return folder


@pytest.fixture
def new_server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[object]:
    """Builder of live servers, each with its own data folder, all stopped at the end of the test.

    `demo=True` starts from the demo community (log-ins: `tests.support.people.log_in`).
    """
    from tests.support.server import Server

    servers: list[Server] = []

    def start(name: str = "data", *, demo: bool = False, **environment: str) -> Server:
        folder = tmp_path / name
        if demo and not folder.exists():
            shutil.copytree(request.getfixturevalue("demo_data"), folder)
        server = Server(folder, environment)
        servers.append(server)
        return server.start()

    yield start
    for server in servers:
        server.stop()
