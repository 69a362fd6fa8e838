"""The group that leads an outbreak, and who calls whom."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.outbreaks.actions.kinds import GROUP, Happened, command
from zhegu.outbreaks.models import GroupMember, Outbreak
from zhegu.outbreaks.rules import Post, would_loop
from zhegu.vault.fields import index_of


@dataclass(frozen=True)
class NewMember:
    """Someone of the group; `called_by` is another member."""

    post: Post
    name: str
    duty: str = ""
    phone: str = ""
    called_by: UUID | None = None


def add_member(*, by: Actor, outbreak: Outbreak, member: NewMember, at: datetime, ref: UUID) -> Answer:
    """They belong to the group; facts: `member`. Refused: no name, a caller who is not in the group, a closed
    outbreak."""

    def do(fresh: list) -> list[Outcome]:
        if Outbreak.objects.filter(pk=outbreak.pk).exclude(closed=None).exists():
            return [Refused("outbreaks.already_closed")]
        if not member.name.strip():
            return [Refused("outbreaks.name_needed")]
        if member.called_by and not _present(outbreak, member.called_by):
            return [Refused("outbreaks.not_in_group")]
        GroupMember.objects.create(
            id=ref, outbreak=outbreak, post=member.post, name=member.name.strip()[:80], duty=member.duty.strip()[:200],
            phone=member.phone.strip()[:20], called_by_id=member.called_by, since=at,
        )  # fmt: skip
        return [Accepted({"member": str(ref)})]

    body = {
        "post": member.post.value, "name": member.name, "duty": member.duty, "called_by": str(member.called_by or ""),
        "phone": index_of(member.phone, "outbreaks.group").hex() if member.phone else "",
    }  # fmt: skip
    return journal.once([command(ref, Happened.MEMBER_ADDED, outbreak, by, at, body, GROUP)], do)[0]


def _present(outbreak: Outbreak, member: UUID) -> bool:
    return GroupMember.objects.filter(outbreak=outbreak, pk=member, until=None).exists()


def set_caller(*, by: Actor, member: GroupMember, caller: UUID | None, at: datetime, ref: UUID) -> Answer:
    """That member calls them (None: nobody does, they start). Refused: a caller who is not in the group, a ring
    in which somebody would wait for their own call."""

    def do(fresh: list) -> list[Outcome]:
        group = list(GroupMember.objects.select_for_update().filter(outbreak=member.outbreak_id, until=None))
        callers = {str(one.pk): str(one.called_by_id) if one.called_by_id else None for one in group}
        if str(member.pk) not in callers or (caller and str(caller) not in callers):
            return [Refused("outbreaks.not_in_group")]
        if would_loop(callers, str(member.pk), str(caller) if caller else None):
            return [Refused("outbreaks.calls_in_a_ring")]
        GroupMember.objects.filter(pk=member.pk).update(called_by=caller)
        return [Accepted({"member": str(member.pk)})]

    body = {"member": str(member.pk), "caller": str(caller or "")}
    return journal.once([command(ref, Happened.CALLER_SET, member.outbreak, by, at, body, GROUP)], do)[0]


def end_member(*, by: Actor, member: GroupMember, at: datetime, ref: UUID) -> Answer:
    """They belong to the group no longer; those they called are called by whoever called them.
    Refused: they had left already."""

    def do(fresh: list) -> list[Outcome]:
        if not GroupMember.objects.filter(pk=member.pk, until=None).update(until=at):
            return [Refused("outbreaks.not_in_group")]
        row = GroupMember.objects.get(pk=member.pk)
        GroupMember.objects.filter(called_by=row).update(called_by=row.called_by_id)
        return [Accepted({"member": str(row.pk)})]

    body = {"member": str(member.pk)}
    return journal.once([command(ref, Happened.MEMBER_ENDED, member.outbreak, by, at, body, GROUP)], do)[0]
