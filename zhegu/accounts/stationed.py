"""Teams that another unit sent to work in the community for a time: their home unit, members and days."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zhegu.accounts.actions import Happened
from zhegu.accounts.models import Staff, StationedTeam
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor
from zhegu.places.models import Place


@dataclass(frozen=True)
class Stay:
    """What is said of a team: the unit that sent it, first and last day (None: not known yet), who belongs to it."""

    home_unit: str
    begins: date
    ends: date | None
    members: tuple[Staff, ...]


def keep_team(
    *, by: Actor, community: Place, stay: Stay, known: StationedTeam | None = None, at: datetime, ref: UUID
) -> Answer:
    """The team stands as said: a new one, or `known` changed. Refused: no unit, nobody in it, an end before its beginning."""
    team_id = known.pk if known else new_id()

    def do(fresh: list[Command]) -> list[Outcome]:
        if not stay.home_unit:
            return [Refused("accounts.unit_needed")]
        if not stay.members:
            return [Refused("accounts.members_needed")]
        if stay.ends and stay.ends < stay.begins:
            return [Refused("accounts.stay_ends_first")]
        days = {"home_unit": stay.home_unit, "begins": stay.begins, "ends": stay.ends}
        row, _ = StationedTeam.objects.update_or_create(pk=team_id, community=community, defaults=days)
        row.members.set(stay.members)
        return [Accepted({"team": str(row.pk)})]

    body = {
        "team": str(known.pk) if known else "", "home_unit": stay.home_unit, "begins": stay.begins.isoformat(),
        "ends": stay.ends.isoformat() if stay.ends else "", "members": sorted(str(one.pk) for one in stay.members),
    }  # fmt: skip
    return journal.once([Command(ref, Happened.TEAM_KEPT, community.code, by, at, body)], do)[0]


def end_team(*, by: Actor, known: StationedTeam, on: date, at: datetime, ref: UUID) -> Answer:
    """The team's last day is this one; what its members may do here is taken back by a person, role by role. Refused: it
    has not begun by then."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if on < known.begins:
            return [Refused("accounts.stay_ends_first")]
        StationedTeam.objects.filter(pk=known.pk).update(ends=on)
        return [Accepted({"team": str(known.pk)})]

    body = {"team": str(known.pk), "ends": on.isoformat()}
    return journal.once([Command(ref, Happened.TEAM_ENDED, known.community.code, by, at, body)], do)[0]
