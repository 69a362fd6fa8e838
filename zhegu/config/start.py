"""Starting up: refuses a database that could lose or bend what is entrusted to it."""

import os

from zhegu.lib.texts import text

REFUSED = 78
"""Exit code of a refused start (EX_CONFIG of sysexits.h)."""

MINIMUM_SQLITE = (3, 51, 3)  # first release without the WAL reset bug that could lose commits


class UnsafeStart(RuntimeError):
    """The database is not fit to hold the journal; `code` says which rule it breaks."""

    def __init__(self, code: str, found: object):
        super().__init__(f"{code}: {found}")
        self.code = code
        self.found = str(found)

    def words(self) -> str:
        """What is wrong, what was left alone and what to do, for whoever started it."""
        return "\n".join(text(f"start.{self.code}", lang, found=self.found) for lang in ("zh", "en"))


def begin() -> None:
    """Sets Django up for a command or a server."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhegu.config.settings")
    import django

    django.setup()


def check_sqlite(version: tuple[int, ...], pragmas: dict[str, object]) -> None:
    """Raises UnsafeStart for an old engine, a lax synchronous, or foreign keys switched off."""
    if version < MINIMUM_SQLITE:
        raise UnsafeStart("sqlite_too_old", ".".join(map(str, version)))
    if int(str(pragmas["synchronous"])) < 2:
        raise UnsafeStart("sqlite_synchronous", pragmas["synchronous"])
    if int(str(pragmas["foreign_keys"])) != 1:
        raise UnsafeStart("sqlite_foreign_keys", pragmas["foreign_keys"])


def check_postgresql(synchronous_commit: str, collation: str) -> None:
    """Raises UnsafeStart where a commit may be lost, or where codes do not sort by their characters:
    scopes are ranges of codes (`places.queries.within`), and a language's own order would bend them."""
    if synchronous_commit == "off":
        raise UnsafeStart("postgresql_synchronous_commit", synchronous_commit)
    if collation.upper().replace("UTF-8", "UTF8") not in {"C", "POSIX", "C.UTF8"}:
        raise UnsafeStart("postgresql_collation", collation)


def check_database() -> None:
    """Looks at the live connection; PostgreSQL needs fsync and synchronous_commit on."""
    from django.db import connection

    with connection.cursor() as cursor:

        def ask(sql: str) -> object:
            cursor.execute(sql)
            return cursor.fetchone()[0]

        if connection.vendor == "sqlite":
            import sqlite3

            names = ("synchronous", "foreign_keys")
            check_sqlite(sqlite3.sqlite_version_info, {n: ask(f"PRAGMA {n}") for n in names})
        else:
            commits = "on" if os.environ.get("ZHEGU_TESTING") else ask("SHOW synchronous_commit")
            order = ask("SELECT datcollate FROM pg_database WHERE datname = current_database()")
            check_postgresql(str(commits), str(order))


def check_migrations() -> None:
    """Refuses tables written by a newer program than this one."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection, ignore_no_migrations=True)
    unknown = sorted(
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in loader.migrated_apps and (app, name) not in loader.disk_migrations
    )
    if unknown:
        raise UnsafeStart("unknown_migrations", ", ".join(unknown))


def ready() -> None:
    """Everything a command needs before its first query: checked, and tables up to date."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from zhegu.config import statistics, tables

    check_database()
    check_migrations()
    executor = MigrationExecutor(connection)
    if tables.is_empty():
        tables.make(executor)
    elif executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    statistics.refresh()
