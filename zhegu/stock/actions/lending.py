"""Equipment goes to a person and comes back: red vests, loudspeakers, thermometers."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Sum

from zhegu.accounts import queries as accounts
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope
from zhegu.places.models import Place
from zhegu.stock.actions.handing import held_lines
from zhegu.stock.actions.moving import Happened, Line, NewSlip, carry_back, carry_out
from zhegu.stock.models import Loan, LoanBack
from zhegu.stock.rules import MoveKind, comes_back

LOANS = "equipment"
"""The purpose under which is kept who had what."""
SCOPE = Scope.everything("who works here may be lent something")


@dataclass(frozen=True)
class Lend:
    """So many thousandths of a thing, out of a store, to somebody who works here (`staff`) or is named."""

    store: UUID
    item: UUID
    amount: int
    staff: UUID | None = None
    holder: str = ""
    mark: str = ""
    due: date | None = None


def _command(ref: UUID, kind: Happened, community: Place, by: Actor, at: datetime, body: dict) -> Command:
    return Command(ref, kind, community.code, by, at, body, LOANS)


def lend(*, by: Actor, community: Place, loan: Lend, at: datetime, ref: UUID) -> Answer:
    """They have it until it is back; facts: `loan`, `no` (of the slip).

    Refused: nobody is named, somebody who does not work here, a store that is closed, more than there is of it here.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        staff = accounts.staff_at(SCOPE, community.code).filter(pk=loan.staff).first() if loan.staff else None
        holder = staff.name if staff else loan.holder.strip()[:80]
        if not holder or bool(loan.staff) != bool(staff):
            return [Refused("stock.who_has_it")]
        lines = held_lines(community, loan.store, loan.item, loan.amount)
        if isinstance(lines, Refused):
            return [lines]
        gone = carry_out(by, community, NewSlip(MoveKind.LEND, lines, at, ref, out_of=loan.store))
        if isinstance(gone, Refused):
            return [gone]
        Loan.objects.create(
            id=ref, community=community, item_id=loan.item, amount=loan.amount, holder=holder, staff=staff,
            mark=loan.mark.strip()[:60], due=loan.due, at=at, by=by.key, slip_id=ref,
        )  # fmt: skip
        return [Accepted({"loan": str(ref), "no": gone.facts["no"]})]

    body = {
        "store": str(loan.store), "item": str(loan.item), "amount": loan.amount, "staff": str(loan.staff or ""), "holder": loan.holder,
        "mark": loan.mark, "due": loan.due.isoformat() if loan.due else "",
    }  # fmt: skip
    return journal.once([_command(ref, Happened.LENT, community, by, at, body)], do)[0]


def take_in(*, by: Actor, community: Place, loan: UUID, amount: int, store: UUID | None, note: str, at: datetime, ref: UUID) -> Answer:
    """So much of it lies in the store again; without a store it is lost. Facts: `left` (thousandths still out).

    Refused: no such loan, more than is out, a store of another community.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        row = _locked(community, loan)
        if row is None or row.undone:
            return [Refused("stock.unknown_loan")]
        left = still_out(row) - amount
        if amount <= 0 or left < 0:
            return [Refused("stock.more_than_out")]
        if store and (refused := _moved_back(by, row, amount, store, at, ref)):
            return [refused]
        LoanBack.objects.create(
            id=ref, loan=row, amount=amount, at=at, by=by.key, note=note.strip()[:200], slip_id=ref if store else None
        )
        _settle(row, at)
        return [Accepted({"left": left})]

    body = {"loan": str(loan), "amount": amount, "store": str(store or ""), "note": note}
    kind = Happened.BACK if store else Happened.LOST
    return journal.once([_command(ref, kind, community, by, at, body)], do)[0]


def _moved_back(by: Actor, row: Loan, amount: int, store: UUID, at: datetime, ref: UUID) -> Refused | None:
    lent = list(row.slip.moves.order_by("pk").values_list("lot", "amount"))
    stands = row.backs.filter(undone=None, slip__isnull=False)
    back = stands.values_list("slip__moves__lot", "slip__moves__amount")
    lots = comes_back(lent, back, amount)
    short = amount - sum(n for _, n in lots)
    lines = tuple(Line(row.item_id, n, lot) for lot, n in lots)
    moved = Refused("stock.more_than_out") if short else carry_out(by, row.community, NewSlip(MoveKind.BACK, lines, at, ref, into=store))
    return moved if isinstance(moved, Refused) else None


def _locked(community: Place, loan: UUID) -> Loan | None:
    rows = Loan.objects.select_for_update(of=("self",)).select_related("community", "slip")
    return rows.filter(community=community, pk=loan).first()


def still_out(row: Loan) -> int:
    """Thousandths that are neither back nor lost."""
    return row.amount - (row.backs.filter(undone=None).aggregate(n=Sum("amount"))["n"] or 0)


def _settle(row: Loan, at: datetime) -> None:
    row.settled = at if still_out(row) == 0 else None
    row.save(update_fields=["settled"])


def undo_loan(*, by: Actor, community: Place, loan: UUID, at: datetime, ref: UUID) -> Answer:
    """It was not lent after all; its goods are in the store. Refused: no such loan, undone before, some of it came back."""

    def do(fresh: list[Command]) -> list[Outcome]:
        row = _locked(community, loan)
        if row is None or row.undone:
            return [Refused("stock.unknown_loan")]
        if row.backs.filter(undone=None).exists():
            return [Refused("stock.came_back_already")]
        moved = carry_back(by, community, row.slip_id, at, ref)
        if isinstance(moved, Refused):
            return [moved]
        row.undone = row.settled = at
        row.save(update_fields=["undone", "settled"])
        return [Accepted({"loan": str(row.pk)})]

    return journal.once([_command(ref, Happened.LOAN_UNDONE, community, by, at, {"loan": str(loan)})], do)[0]


def undo_back(*, by: Actor, community: Place, back: UUID, at: datetime, ref: UUID) -> Answer:
    """It did not come back, or is not lost. Refused: no such return, undone before, or the goods have gone on."""

    def do(fresh: list[Command]) -> list[Outcome]:
        known = LoanBack.objects.filter(loan__community=community, pk=back).first()
        row = _locked(community, known.loan_id) if known else None
        if known is None or row is None or not LoanBack.objects.filter(pk=back, undone=None).exists():
            return [Refused("stock.unknown_back")]
        moved = carry_back(by, community, known.slip_id, at, ref) if known.slip_id else None
        if isinstance(moved, Refused):
            return [moved]
        LoanBack.objects.filter(pk=back).update(undone=at)
        _settle(row, at)
        return [Accepted({"loan": str(row.pk)})]

    return journal.once([_command(ref, Happened.LOAN_UNDONE, community, by, at, {"back": str(back)})], do)[0]
