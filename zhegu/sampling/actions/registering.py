"""People found at the table enter the register, downward."""

from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor
from zhegu.places.models import Place
from zhegu.registers import actions as registers
from zhegu.registers.models import Person, Residence


def register(by: Actor, community: Place, grid: Place, item) -> Person | None:
    """The newcomer stands in the register, under the id the phone gave them; None where their name cannot
    be kept. A phone number that cannot be one is kept in the note: it was written down for a reason."""
    facts = {
        "name": item.new.name, "birth_year": item.new.birth_year, "sex": item.new.sex,
        "phone": item.new.phone, "residence": Residence.INCOMER,
    }  # fmt: skip
    answer = _add(by, community, grid, item, facts)
    if not answer.accepted and answer.facts.get("field") == "phone":
        answer = _add(by, community, grid, item, {**facts, "phone": "", "note": item.new.phone})
    return community.people.select_related("grid").filter(pk=item.new.id).first() if answer.accepted else None


def _add(by: Actor, community: Place, grid: Place, item, facts: dict):
    known = {name: value for name, value in facts.items() if value not in ("", None)}
    newcomer = registers.NewPerson(known, item.at, new_id(), grid=grid, reason=item.reason, id=item.new.id)
    return registers.add_people(by=by, community=community, items=[newcomer])[0]
