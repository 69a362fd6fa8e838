"""Deleted rows leave their bytes in the database's files: these are overwritten or given back."""

from django.db import connection


def sweep() -> None:
    """No byte of a deleted row is left in the file. Outside any transaction; SQLite is locked meanwhile."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("VACUUM")
