"""Tables of an empty database, made at once.

Replaying every migration from the first one on renders the whole model state again and again, for seconds; a database
without tables has nothing that would need it. `tests/architecture/test_tables.py` holds both ways equal.
"""

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

LOCK = 7163002


def is_empty() -> bool:
    """Whether no table stands yet."""
    return not connection.introspection.table_names()


def make(executor: MigrationExecutor) -> None:
    """All tables as the models say, every migration counted as run; in one transaction, so all of it or nothing.

    Of two that start at once on the same empty database one makes them and the other waits.
    """
    emit_pre_migrate_signal(0, False, connection.alias)
    recorder = MigrationRecorder(connection)
    with connection.schema_editor() as editor:
        if connection.vendor == "postgresql":
            editor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        if not is_empty():
            return
        for model in apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        editor.create_model(recorder.Migration)
        recorder.migration_qs.bulk_create(
            recorder.Migration(app=app, name=name) for app, name in sorted(executor.loader.disk_migrations)
        )
    emit_post_migrate_signal(0, False, connection.alias)
