"""What somebody gave: written down once, with a receipt number, and later what became of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib import clock
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.places.models import Place
from zhegu.stock.actions.moving import Happened, Line, NewSlip, carry_out, command, next_no
from zhegu.stock.models import Donation
from zhegu.stock.rules import DonorKind, MoveKind


@dataclass(frozen=True)
class NewGift:
    """`cash` and `value` (of goods) in fen; `lines` are goods that go into a store at once."""

    donor_kind: DonorKind
    donor: str = ""
    contact: str = ""
    cash: int = 0
    goods: str = ""
    value: int = 0
    purpose: str = ""
    public: bool = False
    into: UUID | None = None
    lines: tuple[Line, ...] = ()


def receive_gift(*, by: Actor, community: Place, gift: NewGift, at: datetime, ref: UUID) -> Answer:
    """The gift has its receipt number, and its goods lie in the store; facts: `donation`, `no`, `slip`.

    An anonymous donor's name and number are not kept even if they were said. Refused: neither money nor
    goods, a donor without a name who is not anonymous, goods that cannot be put into the store.
    """
    anonymous = gift.donor_kind == DonorKind.ANONYMOUS
    donor, contact = ("", "") if anonymous else (gift.donor.strip(), gift.contact.strip())

    def do(fresh: list[Command]) -> list[Outcome]:
        if gift.cash <= 0 and not gift.goods.strip() and not gift.lines:
            return [Refused("stock.gift_of_nothing")]
        if not donor and not anonymous:
            return [Refused("stock.donor_needed")]
        slip = None
        if gift.lines:
            asked = NewSlip(MoveKind.DONATION, gift.lines, at, ref, into=gift.into, counterpart=donor)
            outcome = carry_out(by, community, asked)
            if isinstance(outcome, Refused):
                return [outcome]
            slip = outcome.facts["slip"]
        made = Donation(
            id=ref, community=community, no=next_no(Donation, community), day=clock.local_day(at),
            donor_kind=gift.donor_kind, donor=donor, contact=contact, cash=gift.cash, goods=gift.goods.strip(),
            value=gift.value, purpose=gift.purpose.strip(), public=gift.public and not anonymous, received_by=by.key,
            slip_id=slip,
        )  # fmt: skip
        made.save(force_insert=True)
        return [Accepted({"donation": str(made.id), "no": made.no, **({"slip": slip} if slip else {})})]

    body = {
        "donor_kind": gift.donor_kind, "donor": donor, "cash": gift.cash, "goods": gift.goods, "value": gift.value,
        "purpose": gift.purpose, "public": gift.public, "into": str(gift.into or ""),
        "lines": NewSlip(MoveKind.DONATION, gift.lines, at, ref).body["lines"],
    }  # fmt: skip
    return journal.once([command(ref, Happened.GIVEN, community, by, at, body)], do)[0]


def spend_gift(*, by: Actor, community: Place, gift: UUID, used_for: str, at: datetime, ref: UUID) -> Answer:
    """It is written down what became of the gift. Refused: an unknown gift, nothing said."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if not used_for.strip():
            return [Refused("stock.say_what_for")]
        if not Donation.objects.filter(community=community, pk=gift).update(used_for=used_for.strip()):
            return [Refused("stock.unknown_gift")]
        return [Accepted({"donation": str(gift)})]

    body = {"donation": str(gift), "used_for": used_for}
    return journal.once([command(ref, Happened.SPENT, community, by, at, body)], do)[0]

