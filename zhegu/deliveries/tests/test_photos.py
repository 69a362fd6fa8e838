"""What was left at a door, as it lay there: for the team of its run alone, each look written down."""

import pytest
from django.urls import reverse

from zhegu.accounts.models import Look, Role
from zhegu.accounts.tests.make import staff
from zhegu.deliveries import actions
from zhegu.deliveries.actions import KeepDoorPhoto
from zhegu.deliveries.models import DoorPhoto
from zhegu.deliveries.tests.make import Day, minute
from zhegu.deliveries.tests.test_views import client
from zhegu.journal.models import Body
from zhegu.lib.ids import new_id
from zhegu.lib.pictures import MOST_OF_A_THING
from zhegu.lib.tests.make import a_picture

pytestmark = pytest.mark.django_db


def keep(day: Day, stop, picture: str | None = None, by=None):
    return day.act(actions.keep_door_photos, KeepDoorPhoto(ref=new_id(), at=minute(12), stop=stop.pk, picture=picture or a_picture()), by)


def test_the_team_keeps_pictures_of_its_own_doors():
    day, other = Day(homes=1), Day("540526101002", homes=1)
    (stop,) = day.stops
    answer = keep(day, stop)
    assert answer.accepted and "sha256" in Body.objects.get(ref=answer.ref).content
    assert len(Body.objects.get(ref=answer.ref).content) < 400, "the journal has no picture"
    assert keep(day, other.stops[0]).reason == "deliveries.unknown_stop"
    assert keep(day, stop, by=staff("photo-stranger", Role.COURIER, day.community)).reason == "deliveries.not_in_team"
    assert keep(day, stop, "PHN2Zz4=").reason == "pictures.not_a_picture"
    for _ in range(MOST_OF_A_THING - 1):
        assert keep(day, stop).accepted
    assert keep(day, stop).reason == "pictures.enough"


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_only_the_team_looks_and_each_look_is_written_down(lang: str):
    day = Day(homes=1)
    (stop,) = day.stops
    photo = keep(day, stop).facts["photo"]
    page, gone = (reverse(f"deliveries:{name}", args=[day.run.pk, photo]) for name in ("door_photo", "drop_door_photo"))
    driver, clerk = client(day.dolma), client(staff("photo-desk", Role.ORDER_DESK, day.community))
    driver.cookies["zhegu_language"] = lang
    door = reverse("deliveries:door", args=[day.run.pk, stop.pk])
    assert page in driver.get(door).content.decode() and page not in clerk.get(door).content.decode()
    seen = driver.get(page)
    assert (seen.status_code, seen["Content-Type"]) == (200, "image/jpeg") and Look.objects.filter(screen="deliveries.door_photo").count() == 1
    assert clerk.get(page).status_code == 404 and clerk.post(gone, {"ref": new_id()}).status_code == 409
    said = {"ref": new_id()}
    assert [driver.post(gone, said).status_code for _ in range(2)] == [302, 302] and not DoorPhoto.objects.exists()
