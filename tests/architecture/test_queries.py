"""How many queries each page of the office takes: a baseline, one line a door in `queries.tsv`.

A page that takes more than its line says fails; so does a page without a line, and a line without a page.
The page is opened twice and the second time counts, so that what is asked once in a process does not.
"""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.architecture.test_outsider import LOCKED, Door, named, world  # noqa: F401 (a fixture)
from tests.support.world import World

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).with_name("queries.tsv")
SLACK = 2
"""A page may stand at the edge of a day or a shift, and ask once or twice more for it."""


def baseline() -> dict[str, int]:
    lines = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:] if line]
    return {name: int(count) for name, count in lines}


def taken(world: World, door: Door) -> int | None:  # noqa: F811
    """Queries of the page for its owner; None where the door gives no page."""
    address = door.address(world.of_a)
    answer = world.ana.get(address)
    if answer.status_code != 200 or "text/html" not in answer.get("Content-Type", ""):
        return None
    with CaptureQueriesContext(connection) as asked:
        world.ana.get(address)
    return len(asked)


@pytest.mark.parametrize("door", LOCKED, ids=named)
def test_a_page_takes_no_more_queries_than_its_line_says(world: World, door: Door):  # noqa: F811
    count, known = taken(world, door), baseline().get(door.name)
    assert count is None or (known is not None and count <= known + SLACK), f"in {TABLE.name}: {door.name}\t{count}"


def test_every_line_of_the_baseline_has_a_page(world: World):  # noqa: F811
    pages = {door.name for door in LOCKED if taken(world, door) is not None}
    assert sorted(set(baseline()) - pages) == []
