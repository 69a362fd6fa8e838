"""What the tests of this folder share."""

import pytest


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> str:
    """'' for SQLite, else the address of a fresh PostgreSQL."""
    return "" if request.param == "sqlite" else request.getfixturevalue("postgres").new_database(tables=True)
