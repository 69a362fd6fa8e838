"""Plain builders: an announcement of a community, and that it went out."""

from datetime import datetime
from typing import Any

from zhegu.broadcasts import actions
from zhegu.broadcasts.models import Announcement
from zhegu.broadcasts.rules import Channel, Spoken
from zhegu.journal.actions import Answer
from zhegu.journal.tests.make import MORNING
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Scope
from zhegu.places.models import Place

BY, WHOLE = Actor("staff", "office"), Scope.everything("a test announces")


def written(community: Place, **changes: str) -> Answer:
    said = {"title": "防疫提醒", "zh": "勤洗手、多通风，少出门、戴口罩。", "bo": "ལག་པ་ཡང་ཡང་འཁྲུ། ཁ་རས་གྱོན།"} | changes
    return actions.write(by=BY, scope=WHOLE, community=community, **said, at=MORNING, ref=new_id())


def approved_in(community: Place, **changes: str) -> Announcement:
    """An announcement that may go out."""
    one = Announcement.objects.get(pk=written(community, **changes).facts["announcement"])
    assert actions.approve(by=BY, scope=WHOLE, announcement=one, at=MORNING, ref=new_id()).accepted
    return Announcement.objects.select_related("community").get(pk=one.pk)


def announced(one: Announcement, at: datetime | None = None, scope: Scope = WHOLE, **changes: Any) -> Answer:
    """By the loudspeaker of the square, in both languages; now unless told otherwise."""
    said = {"channel": Channel.LOUDSPEAKER, "place": "广场", "spoken": Spoken.BOTH, "minutes": 5} | changes
    return actions.announce(
        by=scope.actor, scope=scope, announcement=one, play=actions.NewPlay(**said), at=at or clock.now(), ref=new_id()
    )
