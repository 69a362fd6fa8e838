"""A question that was put into SQL once gives what its queryset gives, and what stands now."""

from datetime import timedelta

import pytest

from zhegu.accounts.models import Device, Role, RoleGrant, StaffKey
from zhegu.accounts.tests.make import staff
from zhegu.lib import clock
from zhegu.places.models import Place
from zhegu.places.tests.make import community, grid
from zhegu.prepared.reading import MOST, prepared
from zhegu.sync.tests import make

pytestmark = pytest.mark.django_db


def plain(row):
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}


def asked_of(make_):
    """The question, and how often it was made."""
    made = []

    def counted(*arguments):
        made.append(arguments)
        return make_(*arguments)

    return prepared(counted), made


@pytest.fixture
def here():
    return community(grids=6)


@pytest.fixture
def phone(here):
    now = clock.now()
    found = make.phone(here, now)
    for name in ("ana", "bo"):
        make.signed_on(found, here, staff(name, Role.GRID_WORKER, grid(here, 1)), now)
    return Device.objects.get(pk=found.device)


def test_rows_and_their_relations_are_those_of_the_queryset(phone):
    def keys(devices):
        return StaffKey.objects.filter(device__pk__in=devices, revoked=None).select_related("staff", "device__community")

    question, _ = asked_of(keys)
    for _ in range(2):
        found, wanted = question({phone.pk}), list(keys({phone.pk}))
        assert len(found) == 2
        assert [plain(row) for row in found] == [plain(row) for row in wanted]
        assert [row.key for row in found] == [row.key for row in wanted]
        assert [plain(row.staff) for row in found] == [plain(row.staff) for row in wanted]
        assert [plain(row.device.community) for row in found] == [plain(row.device.community) for row in wanted]


def test_a_relation_that_is_not_there_is_none(here):
    def places(codes):
        return Place.objects.filter(code__in=codes).select_related("within").order_by("code")

    question, _ = asked_of(places)
    assert [row.within for row in question([here.code, grid(here, 1).code])] == [None, here]


def test_a_question_is_made_once_for_all_values_and_gives_what_stands_now(here):
    question, made = asked_of(lambda code, no: Place.objects.filter(code__gte=code, no=no)[:1])
    (first,) = question(here.code, 1)
    (second,) = question(here.code, 2)
    assert (first.no, second.no, len(made)) == (1, 2, 1)
    Place.objects.filter(pk=first.pk).update(name="changed")
    assert question(here.code, 1)[0].name == "changed"
    assert question(here.code, 99) == []


def test_values_are_read_as_the_queryset_reads_them(phone, here):
    def grants(staff_ids, at):
        rows = RoleGrant.objects.filter(staff__pk__in=staff_ids, since__lte=at)
        return rows.values_list("staff", "role", "place__code", "until")

    ids = {key.staff_id for key in StaffKey.objects.filter(device=phone)}
    RoleGrant.objects.filter(staff__in=ids).update(until=clock.now())
    question, _ = asked_of(grants)
    assert sorted(question(ids, clock.now())) == sorted(grants(ids, clock.now()))


def test_moments_are_compared_as_moments(phone):
    question, _ = asked_of(lambda at: Device.objects.filter(enrolled_at__lt=at))
    assert question(phone.enrolled_at + timedelta(seconds=1)) == [phone]
    assert question(phone.enrolled_at) == []


@pytest.mark.parametrize("many", [0, 1, MOST, MOST + 1])
def test_as_many_values_as_one_likes(here, many):
    question, _ = asked_of(lambda numbers: Place.objects.filter(within=here, no__in=numbers).order_by("no"))
    for _ in range(2):
        assert [row.no for row in question(range(1, many + 1))] == list(range(1, many + 1))
