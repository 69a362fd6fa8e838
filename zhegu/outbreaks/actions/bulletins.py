"""Bulletins: what an office above says of the situation, with its risk areas; taken back as one."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.outbreaks.actions.kinds import Happened, command
from zhegu.outbreaks.models import Bulletin, BulletinCount, Outbreak, RiskArea
from zhegu.outbreaks.rules import PlaceCount


@dataclass(frozen=True)
class NewBulletin:
    """`areas`: (name, level) each, from `areas_since` on."""

    issuer: str
    day: date
    counts: tuple[PlaceCount, ...] = ()
    areas: tuple[tuple[str, str], ...] = ()
    areas_since: date | None = None
    number: str = ""
    words: str = ""

    @property
    def body(self) -> dict:
        """As it is journalled."""
        return {
            "issuer": self.issuer, "number": self.number, "day": self.day.isoformat(), "words": self.words,
            "counts": [asdict(one) for one in self.counts], "areas": [list(one) for one in self.areas],
            "areas_since": (self.areas_since or self.day).isoformat(),
        }  # fmt: skip

    @property
    def called(self) -> str:
        """How its risk areas name their source."""
        return f"{self.issuer.strip()} {self.number.strip()}".strip()[:200]


def write_bulletin(*, by: Actor, outbreak: Outbreak, bulletin: NewBulletin, at: datetime, ref: UUID) -> Answer:
    """Its numbers stand, and its risk areas hold from their day on; facts: `bulletin`, `areas` (how many).

    Refused: no issuer, nothing in it, one with that number of that issuer already, an unknown level, a closed
    outbreak.
    """

    def do(fresh: list) -> list[Outcome]:
        if refused := _wrong(outbreak, bulletin):
            return [refused]
        made = Bulletin.objects.create(
            id=ref, outbreak=outbreak, issuer=bulletin.issuer.strip()[:120], number=bulletin.number.strip()[:60],
            day=bulletin.day, words=bulletin.words.strip(), at=at, by=by.key,
        )  # fmt: skip
        BulletinCount.objects.bulk_create(
            BulletinCount(bulletin=made, order=order, **asdict(one)) for order, one in enumerate(bulletin.counts)
        )
        RiskArea.objects.bulk_create(
            RiskArea(
                outbreak=outbreak, bulletin=made, name=name, level=level, since=bulletin.areas_since or bulletin.day,
                source=bulletin.called, at=at, by=by.key,
            )
            for name, level in bulletin.areas
        )  # fmt: skip
        return [Accepted({"bulletin": str(ref), "areas": len(bulletin.areas)})]

    return journal.once([command(ref, Happened.BULLETIN_WRITTEN, outbreak, by, at, bulletin.body)], do)[0]


def _wrong(outbreak: Outbreak, bulletin: NewBulletin) -> Refused | None:
    if Outbreak.objects.filter(pk=outbreak.pk).exclude(closed=None).exists():
        return Refused("outbreaks.already_closed")
    if not bulletin.issuer.strip():
        return Refused("outbreaks.issuer_needed")
    if not (bulletin.counts or bulletin.areas or bulletin.words.strip()):
        return Refused("outbreaks.nothing_in_it")
    same = Bulletin.objects.filter(outbreak=outbreak, issuer=bulletin.issuer.strip(), undone=None)
    if bulletin.number.strip() and same.filter(number=bulletin.number.strip()).exists():
        return Refused("outbreaks.bulletin_known")
    levels = {"", *(one.code for one in outbreak.rules.risk_levels)}
    return None if {level for _, level in bulletin.areas} <= levels else Refused("outbreaks.unknown_level")


def take_back_bulletin(*, by: Actor, bulletin: Bulletin, at: datetime, ref: UUID) -> Answer:
    """It does not count, and neither do its risk areas: what was said before holds. Refused: that is so already."""

    def do(fresh: list) -> list[Outcome]:
        if not Bulletin.objects.filter(pk=bulletin.pk, undone=None).update(undone=at):
            return [Refused("outbreaks.taken_back_already")]
        RiskArea.objects.filter(bulletin=bulletin, undone=None).update(undone=at)
        return [Accepted({"bulletin": str(bulletin.pk)})]

    body = {"bulletin": str(bulletin.pk)}
    return journal.once([command(ref, Happened.BULLETIN_TAKEN_BACK, bulletin.outbreak, by, at, body)], do)[0]
