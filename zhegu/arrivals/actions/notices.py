"""Notices by which people register themselves: made, withdrawn, and protected from too many entries."""

from datetime import datetime, timedelta
from uuid import UUID

from zhegu.arrivals.actions.kinds import OPERATION, Happened
from zhegu.arrivals.models import Notice, Try
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.places.models import Place
from zhegu.vault.tokens import hashed, row_token

TOKEN = "arrival-notice"  # noqa: S105
LASTS = timedelta(days=30)


def token_of(notice: Notice) -> str:
    """What stands in the address of the notice."""
    return row_token(TOKEN, notice.pk)


def make_notice(*, by: Actor, community: Place, grid: Place | None, where: str, at: datetime, ref: UUID) -> Answer:
    """For 30 days whoever scans the notice may register themselves; facts: `notice`. Refused: nowhere to hang it."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if not where.strip():
            return [Refused("arrivals.where_needed", {"field": "where"})]
        made = Notice(id=ref, community=community, grid=grid, where=where.strip()[:120], made_by=by.key, made_at=at)
        made.expires, made.token_hash = at + LASTS, hashed(token_of(made))
        made.save()
        return [Accepted({"notice": str(ref)})]

    body = {"where": where, "grid": grid.code if grid else ""}
    return journal.once([Command(ref, Happened.NOTICE_MADE, community.code, by, at, body, OPERATION)], do)[0]


def revoke_notice(*, by: Actor, notice: Notice, at: datetime, ref: UUID) -> Answer:
    """Its code opens nothing any more. Refused: that was so already."""

    def do(fresh: list[Command]) -> list[Outcome]:
        changed = Notice.objects.filter(pk=notice.pk, revoked=None).update(revoked=at)
        return [Accepted({"notice": str(notice.pk)}) if changed else Refused("arrivals.revoked_before")]

    body = {"notice": str(notice.pk)}
    return journal.once([Command(ref, Happened.NOTICE_REVOKED, notice.community.code, by, at, body, OPERATION)], do)[0]


def note_try(notice: Notice, address: str, at: datetime) -> None:
    """Somebody sent an entry from this address; it counts for an hour."""
    Try.objects.create(notice=notice, address=address[:45], at=at)
