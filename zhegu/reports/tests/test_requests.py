"""Who asks for a form, on what ground: a form nobody registered is questioned, a registered one is owed in its time."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from zhegu.lib.texts import text
from zhegu.reports.models import Blank
from zhegu.reports.outside.catalogue import catalogue
from zhegu.reports.outside.headers import dictionary
from zhegu.reports.rules.requests import Owed, Request, owed
from zhegu.reports.tests.test_blanks_pages import ana, brought_in, day  # noqa: F401

TODAY = date(2024, 2, 29)
FROM = TODAY - timedelta(days=9)


@pytest.mark.parametrize(
    ("ground", "every", "until", "sent", "stands"),
    [
        ("", "day", None, None, Owed.QUESTIONED), ("文件", "", None, None, Owed.QUESTIONED),
        ("文件", "day", TODAY - timedelta(days=1), None, Owed.OVER), ("文件", "once", None, None, Owed.DUE),
        ("文件", "once", None, FROM, Owed.SENT), ("文件", "day", TODAY, TODAY, Owed.SENT),
        ("文件", "day", None, TODAY - timedelta(days=1), Owed.DUE), ("文件", "day", None, TODAY - timedelta(days=2), Owed.LATE),
        ("文件", "week", None, TODAY - timedelta(days=6), Owed.SENT), ("文件", "week", None, TODAY - timedelta(days=7), Owed.DUE),
        ("文件", "month", None, None, Owed.LATE),
    ],
)  # fmt: skip
def test_how_a_request_stands(ground, every, until, sent, stands):
    assert owed(Request(ground, every, FROM, until), sent, TODAY) is stands


@pytest.mark.django_db
def test_a_form_nobody_registered_is_questioned_until_somebody_does(ana):  # noqa: F811
    address = brought_in(ana)
    assert text("reports.request_questioned", "zh") in ana.get(address).content.decode()
    refused = ana.post(address + "request/", {"asked_by": "县里", "every": "day"})
    assert refused.status_code == 409 and not Blank.objects.get().ground
    ana.post(address + "request/", {"asked_by": "县里", "ground": "防指〔2022〕18号", "every": "day", "until": "2099-01-01"})
    assert text("reports.request_questioned", "zh") not in ana.get(address).content.decode()
    assert text("reports.owed_due", "zh") in ana.get(reverse("reports:blanks")).content.decode()


def test_names_upper_offices_use_lead_to_columns_of_the_form():
    for form in catalogue().values():
        columns = {column.field for column in form.columns}
        known = {name for of, name in dictionary().entries if of == form.id}
        for theirs, ours in form.outer.items():
            assert theirs in known and ours in columns, (form.id, theirs, ours)
