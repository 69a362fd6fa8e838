"""Teams that another unit sent to work in the community for a time: their home unit, members and days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from zhegu.accounts.models import Staff, StationedTeam
from zhegu.accounts.queries import staff_at
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, NotFound, Scope
from zhegu.places.models import Place

KEPT = "accounts.team_kept"
ENDED = "accounts.team_ended"


@dataclass(frozen=True)
class Stay:
    """What is said of a team: the unit that sent it, first and last day (None: not known yet), who belongs to it."""

    home_unit: str
    begins: date
    ends: date | None
    members: tuple[Staff, ...]


def teams(scope: Scope, community: Place) -> QuerySet[StationedTeam]:
    """Teams of the community, those still here first by day; raises NotFound outside the scope."""
    if not scope.covers(community.code):
        raise NotFound(community.code)
    return StationedTeam.objects.filter(community=community).prefetch_related("members").order_by("-begins", "home_unit")


def team(scope: Scope, community: Place, team_id: object) -> StationedTeam:
    """One of them; raises NotFound."""
    found = teams(scope, community).filter(pk=team_id).first()
    if found is None:
        raise NotFound(str(team_id))
    return found


def members_among(scope: Scope, community: Place, ids: Iterable[str]) -> tuple[Staff, ...]:
    """Those of the community's staff with these ids; raises NotFound for any other id."""
    wanted, known = set(ids), {str(one.pk): one for one in staff_at(scope, community.code)}
    if wanted - set(known):
        raise NotFound("staff")
    return tuple(known[one] for one in sorted(wanted))


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
    return journal.once([Command(ref, KEPT, community.code, by, at, body)], do)[0]


def end_team(*, by: Actor, known: StationedTeam, on: date, at: datetime, ref: UUID) -> Answer:
    """The team's last day is this one; what its members may do here is taken back by a person, role by role. Refused: it
    has not begun by then."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if on < known.begins:
            return [Refused("accounts.stay_ends_first")]
        StationedTeam.objects.filter(pk=known.pk).update(ends=on)
        return [Accepted({"team": str(known.pk)})]

    body = {"team": str(known.pk), "ends": on.isoformat()}
    return journal.once([Command(ref, ENDED, known.community.code, by, at, body)], do)[0]
