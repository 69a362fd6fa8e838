"""A village whose round is open, and phones at its tables."""

import shutil

import pytest
from playwright.sync_api import expect

from tests.support import people, village
from tests.support.office import Office
from tests.support.server import Server
from tests.support.table import OFFLINE, Table

TAKEN, UNDONE, NOTED = "sampling.sample_taken", "sampling.sample_undone", "sampling.missing_noted"


class Here:
    """A served village whose round is open, and what a phone needs to join."""

    def __init__(self, chromium, server: Server):
        self.chromium, self.server = chromium, server
        self.office = Office(chromium.open(server.url))
        people.log_in(self.office.window)

    def phone(self, profile=None) -> Table:
        """A phone that has joined, is unlocked and has its people."""
        table = Table(people.new_phone(self.chromium, self.server, profile=profile))
        people.join(table.window, people.invitation(self.office.window))
        people.sign_on(table.window, people.personal_code(self.office.window, village.SAMPLER))
        expect(table.page.locator(".answer")).to_be_visible()
        table.go("table")
        return table

    def must_hold(self, table: Table, *names: str, **more: int) -> None:
        """Exactly these people are sampled; nothing was done twice; the journal is whole."""
        table.window.forgive(*OFFLINE)
        table.window.must_be_clean()
        told = village.stands(self.server)
        assert told["samples"] == sorted(names)
        done = {TAKEN: told["entries"].get(TAKEN, 0), UNDONE: told["entries"].get(UNDONE, 0), NOTED: told["entries"].get(NOTED, 0)}
        assert done == {TAKEN: told["swabs"], UNDONE: told["undone"], NOTED: len(told["notes"])}
        assert told["undone"] == more.get("undone", 0) and told["swabs"] == len(names) + told["undone"]
        assert told["tallies"] and told["flaws"] == []


@pytest.fixture(scope="module")
def village_data(tmp_path_factory):
    """A data folder with a village whose round is open; made once, copied for each test."""
    folder = tmp_path_factory.mktemp("village") / "data"
    village.made(Server(folder), round_open=True)
    return folder


@pytest.fixture
def here(chromium, new_server, village_data, tmp_path) -> Here:
    shutil.copytree(village_data, tmp_path / "data")
    return Here(chromium, new_server())


@pytest.fixture
def walked(new_server, tmp_path) -> Server:
    """A served village whose doors are being walked."""
    server = Server(tmp_path / "data")
    village.made(server)
    village.campaigned(server)
    return new_server()
