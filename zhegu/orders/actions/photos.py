"""Pictures of medicine boxes, taken before leaving the pharmacy: the box beside the request."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.pictures import to_keep, told
from zhegu.lib.said import Said
from zhegu.lib.scope import Actor, Scope
from zhegu.orders.actions.kinds import MEDICINE, Happened
from zhegu.orders.actions.placing import locked
from zhegu.orders.models import BoxPhoto, Medicine
from zhegu.orders.rules.states import MEDICINE_TEAM
from zhegu.outbreaks import queries as outbreaks
from zhegu.places.models import Place

SCOPE = Scope.everything("a picture belongs to the outbreak its request belongs to")


@dataclass(frozen=True, kw_only=True)
class KeepBoxPhoto(Said):
    """This picture (a JPEG in base64) was taken of the box for this request. The journal never has the picture itself."""

    order: UUID
    picture: str

    @property
    def body(self) -> dict[str, Any]:
        return {"order": str(self.order), **told(self.picture)}


@dataclass(frozen=True, kw_only=True)
class DropBoxPhoto(Said):
    """This picture shows something else, or more than the box."""

    photo: UUID


def keep_box_photos(*, by: Actor, scope: Scope, community: Place, items: Sequence[KeepBoxPhoto]) -> list[Answer]:
    """Each stands sealed beside its request; facts: `photo`.

    Refused: not of the medicine team, no such request, not a picture or too large, as many as are kept of one box already.
    """

    def keep(item: KeepBoxPhoto) -> Outcome:
        row = locked(community, item.order)
        if isinstance(row, Refused) or not Medicine.objects.filter(order=row).exists():
            return Refused("orders.unknown_order")
        content = to_keep(item.picture, row.box_photos.count())
        if isinstance(content, Refused):
            return content
        BoxPhoto.objects.create(id=item.ref, order=row, at=item.at, by=by.key, content=content)
        return Accepted({"photo": str(item.ref)})

    return _each(by, scope, community, items, Happened.BOX_PHOTO, keep)


def drop_box_photos(*, by: Actor, scope: Scope, community: Place, items: Sequence[DropBoxPhoto]) -> list[Answer]:
    """They are gone. Refused: not of the medicine team, no such picture."""

    def drop(item: DropBoxPhoto) -> Outcome:
        gone, _ = BoxPhoto.objects.filter(pk=item.photo, order__community=community).delete()
        return Accepted({"photo": str(item.photo)}) if gone else Refused("pictures.unknown")

    return _each(by, scope, community, items, Happened.BOX_PHOTO_DROPPED, drop)


def _each(by: Actor, scope: Scope, community: Place, items: Sequence[Any], kind: Happened, act: Callable[[Any], Outcome]) -> list[Answer]:
    by_ref = {item.ref: item for item in items}
    outbreak = outbreaks.open_outbreak(SCOPE, community)

    def do(fresh: list[Command]) -> list[Outcome]:
        if not scope.covers(community.code, *MEDICINE_TEAM):
            return [Refused("orders.unknown_order") for _ in fresh]
        return [act(by_ref[one.ref]) for one in fresh]

    commands = [Command(i.ref, kind, community.code, by, i.at, i.body, MEDICINE, outbreak and outbreak.pk, i.said) for i in items]
    return journal.once(commands, do)
