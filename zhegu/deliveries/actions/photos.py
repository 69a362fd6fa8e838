"""Pictures of doors: what was left there, as it lay, where nobody opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhegu.deliveries import queries
from zhegu.deliveries.actions.kinds import Happened, each
from zhegu.deliveries.models import DoorPhoto, ErrandRun, RunStop
from zhegu.journal.actions import Answer
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.pictures import to_keep, told
from zhegu.lib.said import Said
from zhegu.lib.scope import Actor, Scope

SCOPE = Scope.everything("only the team of a run takes pictures of its doors")


@dataclass(frozen=True, kw_only=True)
class KeepDoorPhoto(Said):
    """This picture (a JPEG in base64) was taken at this door. The journal never has the picture itself."""

    stop: UUID
    picture: str

    @property
    def body(self) -> dict[str, Any]:
        return {"stop": str(self.stop), **told(self.picture)}


@dataclass(frozen=True, kw_only=True)
class DropDoorPhoto(Said):
    """This picture shows something else, or more than what was left."""

    photo: UUID


def keep_door_photos(*, by: Actor, run: ErrandRun, items: Sequence[KeepDoorPhoto]) -> list[Answer]:
    """Each stands sealed with its door; facts: `photo`.

    Refused: not of the team, no such door, not a picture or too large, as many as are kept of one door already.
    """
    team = queries.team_keys(SCOPE, run)

    def keep(item: KeepDoorPhoto) -> Outcome:
        stop = RunStop.objects.select_for_update(of=("self",)).filter(run=run, pk=item.stop).first()
        if stop is None or (by.kind == "staff" and by.key not in team):
            return Refused("deliveries.unknown_stop" if stop is None else "deliveries.not_in_team")
        content = to_keep(item.picture, stop.photos.count())
        if isinstance(content, Refused):
            return content
        DoorPhoto.objects.create(id=item.ref, stop=stop, at=item.at, by=by.key, content=content)
        return Accepted({"photo": str(item.ref)})

    return each(by, run, items, Happened.DOOR_PHOTO, keep)


def drop_door_photos(*, by: Actor, run: ErrandRun, items: Sequence[DropDoorPhoto]) -> list[Answer]:
    """They are gone. Refused: not of the team, no such picture."""
    team = queries.team_keys(SCOPE, run)

    def drop(item: DropDoorPhoto) -> Outcome:
        if by.kind == "staff" and by.key not in team:
            return Refused("deliveries.not_in_team")
        gone, _ = DoorPhoto.objects.filter(pk=item.photo, stop__run=run).delete()
        return Accepted({"photo": str(item.photo)}) if gone else Refused("pictures.unknown")

    return each(by, run, items, Happened.DOOR_PHOTO_DROPPED, drop)
