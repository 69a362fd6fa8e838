"""Links to people's own pages are made and withdrawn; what people ask for is kept and answered."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.places.models import Place
from zhegu.registers.models import Person
from zhegu.residents.models import Link, Wish
from zhegu.residents.rules import LINK_LASTS, MOST_WISHES, Asked
from zhegu.vault.tokens import hashed, row_token

TOKEN = "resident-link"  # noqa: S105
PURPOSE = "rights"


class Happened(StrEnum):
    """Journal kinds of this app."""

    LINK_MADE = "residents.link_made"
    LINK_REVOKED = "residents.link_revoked"
    LINK_OPENED = "residents.link_opened"
    ASKED = "residents.asked"
    ANSWERED = "residents.answered"


def token_of(link: Link) -> str:
    """What stands in the address of the page."""
    return row_token(TOKEN, link.pk)


def make_link(*, by: Actor, community: Place, person: Person, at: datetime, ref: UUID) -> Answer:
    """For 14 days the link opens this person's own page; links made before end. Facts: `link`.

    Refused: somebody of another community.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        if person.community_id != community.pk:
            return [Refused("registers.other_community")]
        Link.objects.filter(person=person, revoked=None, expires__gt=at).update(revoked=at)
        made = Link(id=ref, community=community, person=person, made_by=by.key, made_at=at, expires=at + LINK_LASTS)
        made.token_hash = hashed(token_of(made))
        made.save()
        return [Accepted({"link": str(ref)})]

    body = {"person": str(person.pk)}
    return journal.once([Command(ref, Happened.LINK_MADE, community.code, by, at, body, PURPOSE)], do)[0]


def revoke_link(*, by: Actor, link: Link, at: datetime, ref: UUID) -> Answer:
    """It opens nothing any more. Refused: that was so already."""

    def do(fresh: list[Command]) -> list[Outcome]:
        changed = Link.objects.filter(pk=link.pk, revoked=None).update(revoked=at)
        return [Accepted({"link": str(link.pk)}) if changed else Refused("residents.revoked_before")]

    body = {"link": str(link.pk)}
    return journal.once([Command(ref, Happened.LINK_REVOKED, link.community.code, by, at, body, PURPOSE)], do)[0]


def open_link(*, by: Actor, link: Link, at: datetime, ref: UUID) -> Answer:
    """It is on record that the page was opened, for the person to notice."""

    def do(fresh: list[Command]) -> list[Outcome]:
        Link.objects.filter(pk=link.pk).update(opened=at)
        return [Accepted({"link": str(link.pk)})]

    body = {"link": str(link.pk)}
    return journal.once([Command(ref, Happened.LINK_OPENED, link.community.code, by, at, body, PURPOSE)], do)[0]


def ask(*, by: Actor, person: Person, what: Asked, words: str, at: datetime, ref: UUID) -> Answer:
    """The wish stands on the office's list until somebody answers. Facts: `wish`.

    Refused: nothing said; five wishes of this person wait already.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        if not words.strip():
            return [Refused("residents.say_what", {"field": "words"})]
        if Wish.objects.filter(person=person, answered=None).count() >= MOST_WISHES:
            return [Refused("residents.wishes_wait")]
        Wish.objects.create(
            id=ref, community=person.community, person=person, what=what, words=words.strip()[:1000], at=at
        )
        return [Accepted({"wish": str(ref)})]

    # The words stand in the sealed row alone.
    body = {"person": str(person.pk), "what": what}
    return journal.once([Command(ref, Happened.ASKED, person.community.code, by, at, body, PURPOSE)], do)[0]


def answer_wish(*, by: Actor, wish: Wish, words: str, at: datetime, ref: UUID) -> Answer:
    """The person reads the answer on their page. Refused: no words; answered before."""

    def do(fresh: list[Command]) -> list[Outcome]:
        row = Wish.objects.select_for_update().get(pk=wish.pk)
        if not words.strip():
            return [Refused("residents.say_what", {"field": "words"})]
        if row.answered:
            return [Refused("residents.answered_before")]
        row.answered, row.answered_by, row.answer = at, by.key, words.strip()[:1000]
        row.save(update_fields=["answered", "answered_by", "answer"])
        return [Accepted({"wish": str(row.pk)})]

    body = {"wish": str(wish.pk)}
    return journal.once([Command(ref, Happened.ANSWERED, wish.community.code, by, at, body, PURPOSE)], do)[0]
