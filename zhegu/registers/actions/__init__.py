"""Writing the register. Every verb is journalled; lists take several acts in one transaction."""

from zhegu.registers.actions.following import (
    Follows,
    Moved,
    came_late,
    follow_merge,
    follow_parting,
    reactions_of,
)
from zhegu.registers.actions.households import (
    AssignUnit,
    HouseholdFacts,
    add_household,
    assign_unit,
    change_household,
    split_household,
)
from zhegu.registers.actions.importing import Decisions, Source, import_people
from zhegu.registers.actions.keys import name_keys, set_name_keys
from zhegu.registers.actions.kinds import Happened
from zhegu.registers.actions.merges import call_different, merge_people, undo_merge
from zhegu.registers.actions.moving import (
    AssignGrid,
    Move,
    SetPresence,
    assign_grid,
    move_people,
    set_presence,
)
from zhegu.registers.actions.people import NewPerson, add_people, add_person, change_person, renew_code
from zhegu.registers.actions.traces import leave_traces

__all__ = [
    "AssignGrid",
    "AssignUnit",
    "Decisions",
    "Follows",
    "Happened",
    "HouseholdFacts",
    "Move",
    "Moved",
    "NewPerson",
    "SetPresence",
    "Source",
    "add_household",
    "add_people",
    "add_person",
    "assign_grid",
    "assign_unit",
    "call_different",
    "came_late",
    "change_household",
    "change_person",
    "follow_merge",
    "follow_parting",
    "import_people",
    "leave_traces",
    "merge_people",
    "move_people",
    "name_keys",
    "reactions_of",
    "renew_code",
    "set_name_keys",
    "set_presence",
    "split_household",
    "undo_merge",
]
