"""On the first day of the demo every room of the outbreak shows something."""

import pytest

from demo import settle, under_way
from demo.community import CODE
from zhegu.arrivals.models import Arrival
from zhegu.checkpoints.models import Crossing, Finding
from zhegu.lib import clock
from zhegu.monitoring.models import Check, Measure
from zhegu.outbreaks.models import DirectiveFor
from zhegu.places import queries as places
from zhegu.rosters import ledgers
from zhegu.visits.models import Door


@pytest.mark.django_db
def test_every_room_shows_something():
    at = clock.now()
    settle.settle(at)
    under_way.begin(at)
    assert places.community(settle.EVERYTHING, CODE)
    held = list(Measure.objects.values_list("code", "second", "ended"))
    assert len(held) == 6 and sum(second for _, second, _ in held) == 1
    assert sorted(Check.objects.values_list("abnormal", flat=True)) == [False, True]
    assert Arrival.objects.filter(decided=None).count() == 2 and Arrival.objects.exclude(laid=None).count() == 1
    assert Crossing.objects.count() == Finding.objects.count() == 3
    assert Door.objects.filter(standing="done").count() == 10 and Door.objects.filter(standing="missing").count() > 400
    told = ledgers.on_duty(settle.EVERYTHING, as_of=at, community=places.community(settle.EVERYTHING, CODE))
    assert [one.value for one in told] == [5, 2, 3]
    assert DirectiveFor.objects.filter(done=None).count() > 20
