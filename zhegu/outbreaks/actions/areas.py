"""Risk areas elsewhere: what a bulletin says of them, and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.outbreaks.actions.kinds import Happened, command
from zhegu.outbreaks.models import Outbreak, RiskArea


@dataclass(frozen=True)
class NewRisk:
    """From `since` on the area has that level; "" lifts it. A later word about the same area goes before."""

    name: str
    level: str
    since: date
    source: str
    at: datetime
    ref: UUID
    until: date | None = None
    name_bo: str = ""
    code: str = ""

    @property
    def body(self) -> dict:
        """As it is journalled."""
        return {
            "name": self.name, "name_bo": self.name_bo, "code": self.code, "level": self.level, "source": self.source,
            "since": self.since.isoformat(), "until": self.until.isoformat() if self.until else "",
        }  # fmt: skip


def set_risks(*, by: Actor, outbreak: Outbreak, risks: Sequence[NewRisk]) -> list[Answer]:
    """Each area has its level from its day on; facts: `risk`.

    Refused: no name, no source, a level the outbreak's profile does not know, an end before the beginning,
    a closed outbreak.
    """
    levels = {one.code for one in outbreak.rules.risk_levels}
    by_ref = {risk.ref: risk for risk in risks}

    def do(fresh: list) -> list[Outcome]:
        closed = Outbreak.objects.filter(pk=outbreak.pk).exclude(closed=None).exists()
        return [_set(outbreak, by, by_ref[one.ref], levels, closed) for one in fresh]

    return journal.once([command(r.ref, Happened.RISK_SET, outbreak, by, r.at, r.body) for r in risks], do)


def _set(outbreak: Outbreak, by: Actor, risk: NewRisk, levels: set[str], closed: bool) -> Outcome:
    if closed:
        return Refused("outbreaks.already_closed")
    if not risk.name.strip():
        return Refused("outbreaks.area_needed")
    if not risk.source.strip():
        return Refused("outbreaks.source_needed")
    if risk.level and risk.level not in levels:
        return Refused("outbreaks.unknown_level")
    if risk.until and risk.until < risk.since:
        return Refused("outbreaks.ends_too_early")
    RiskArea.objects.create(
        id=risk.ref, outbreak=outbreak, name=risk.name.strip()[:120], name_bo=risk.name_bo.strip()[:160],
        code=risk.code.strip()[:15], level=risk.level, since=risk.since, until=risk.until,
        source=risk.source.strip()[:200], at=risk.at, by=by.key,
    )  # fmt: skip
    return Accepted({"risk": str(risk.ref)})


def take_back_risk(*, by: Actor, risk: RiskArea, at: datetime, ref: UUID) -> Answer:
    """It was a mistake: what was said of the area before holds again. Refused: taken back already."""

    def do(fresh: list) -> list[Outcome]:
        done = RiskArea.objects.filter(pk=risk.pk, undone=None).update(undone=at)
        return [Accepted({"risk": str(risk.pk)}) if done else Refused("outbreaks.taken_back_already")]

    body = {"risk": str(risk.pk)}
    return journal.once([command(ref, Happened.RISK_TAKEN_BACK, risk.outbreak, by, at, body)], do)[0]
