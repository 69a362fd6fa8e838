"""The door for kept statements answers as Django's cursor does, and is heard where somebody listens."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from zhegu.places.models import Place
from zhegu.places.tests.make import A, community
from zhegu.prepared.asking import put, rows_of

pytestmark = pytest.mark.django_db
NAMES = "SELECT code, name FROM places_place WHERE code = %s AND name NOT LIKE 'x%%'"


def test_a_kept_text_is_answered_alike_whether_somebody_listens_or_not():
    place = community(A)
    quiet = rows_of(NAMES, [A])
    with CaptureQueriesContext(connection) as heard:
        told = rows_of(NAMES, [A])
    assert quiet == told == [(A, place.name)] and len(heard) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_rows_are_written_by_one_statement_or_none_of_them(rows):
    community(A)
    rename = "UPDATE places_place SET name = %s WHERE code = %s"
    put(rename, [(f"名{n}", A) for n in range(rows)])
    assert Place.objects.get(code=A).name == f"名{rows - 1}"
    with pytest.raises(IntegrityError), transaction.atomic():
        put("UPDATE places_place SET code = %s WHERE code LIKE %s", [(A, f"{A}%")] * rows)
    assert Place.objects.get(code=A).name == f"名{rows - 1}"


def test_in_a_broken_transaction_nothing_is_asked():
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            rows_of(NAMES, [A])
        transaction.set_rollback(False)
