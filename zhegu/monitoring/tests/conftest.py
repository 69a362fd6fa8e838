from collections.abc import Iterator

import pytest
import time_machine

from zhegu.monitoring.tests.make import at


@pytest.fixture
def morning() -> Iterator[None]:
    """The tests' own half past nine, which stands still."""
    with time_machine.travel(at("2022-09-13 09:30"), tick=False):
        yield
