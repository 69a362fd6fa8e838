import pytest
from django.test import Client
from zhegu.sampling.tests.make import Day
pytestmark=pytest.mark.django_db
def test_x():
    day=Day(grids=15,each=2); day.open()
    c=Client(); c.force_login(day.office)
    for f in("F1",):
        open(f"/tmp/room_paper/{f}.pdf","wb").write(c.post(f"/reports/1/{f}/file/",{"format":"pdf"}).content)
