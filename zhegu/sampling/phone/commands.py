"""What phones send: bodies become acts of the same actions that the office pages call."""

from collections.abc import Callable
from typing import Any

from zhegu.journal.actions import Answer
from zhegu.lib.phone import ParsedCommand, PhoneCommand, carried
from zhegu.lib.scope import Scope
from zhegu.sampling import actions
from zhegu.sampling.phone.bodies import (
    AddToRoster,
    CloseTable,
    ExcusePerson,
    MarkGone,
    NoteMissing,
    TakeSample,
    UndoSample,
)


def _carried(command: ParsedCommand) -> dict[str, Any]:
    """What every act carries."""
    return {**carried(command), "community": command.community}


def _sample(command: ParsedCommand) -> actions.NewSample:
    body: TakeSample = command.body
    return actions.NewSample(
        **_carried(command), round=body.round, person=body.person, position=body.position, at_home=body.at_home,
        tube=actions.TubeRef(body.tube.id, body.tube.label, body.tube.ratio),
        card=actions.CardRef(body.card.serial, body.card.kid) if body.card else None,
        body_site=body.body_site, override=body.override,
    )  # fmt: skip


def _undo(command: ParsedCommand) -> actions.UndoSample:
    return actions.UndoSample(**_carried(command), sample=command.body.sample)


def _note(command: ParsedCommand) -> actions.Noted:
    body: NoteMissing = command.body
    return actions.Noted(
        **_carried(command), round=body.round, person=body.person, seen=body.seen, reason=body.reason,
        called=body.called, comes_at=body.comes_at, note=body.note,
    )  # fmt: skip


def _excuse(command: ParsedCommand) -> actions.Excused:
    body: ExcusePerson = command.body
    return actions.Excused(
        **_carried(command), round=body.round, person=body.person, seen=body.seen, reason=body.reason, note=body.note
    )


def _gone(command: ParsedCommand) -> actions.MarkedGone:
    body: MarkGone = command.body
    return actions.MarkedGone(
        **_carried(command), round=body.round, person=body.person, seen=body.seen, how=body.how
    )


def _add(command: ParsedCommand) -> actions.Addition:
    body: AddToRoster = command.body
    new = body.new and actions.Newcomer(
        body.new.id, body.new.name, body.new.grid, body.new.birth_year, body.new.sex, body.new.phone
    )
    return actions.Addition(**_carried(command), round=body.round, reason=body.reason, person=body.person, new=new)


def _report(command: ParsedCommand) -> actions.TableReport:
    return actions.TableReport(**_carried(command), round=command.body.round)


def _runs(action: Callable[..., list[Answer]], item: str, act: Callable[[ParsedCommand], Any]):
    """A runner: commands of one person become acts of one action."""

    def run(scope: Scope, commands: list[ParsedCommand]) -> list[Answer]:
        if not commands:
            return []
        return action(by=commands[0].by, scope=scope, **{item: [act(command) for command in commands]})

    return run


def _person(body: Any) -> list[str]:
    return [str(body.person)]


COMMANDS = {
    "sampling.take_samples": PhoneCommand(
        TakeSample, _runs(actions.take_samples, "samples", _sample),
        lambda body: [str(body.person), str(body.tube.id)],
    ),
    "sampling.undo_sample": PhoneCommand(UndoSample, _runs(actions.undo_samples, "undos", _undo)),
    "sampling.note_missing": PhoneCommand(NoteMissing, _runs(actions.note_missing, "items", _note), _person),
    "sampling.excuse": PhoneCommand(ExcusePerson, _runs(actions.excuse, "items", _excuse), _person),
    "sampling.add_to_roster": PhoneCommand(
        AddToRoster, _runs(actions.add_to_roster, "items", _add), lambda body: [str(body.whom)]
    ),
    "sampling.mark_gone": PhoneCommand(MarkGone, _runs(actions.mark_gone, "items", _gone), _person),
    "sampling.close_table": PhoneCommand(CloseTable, _runs(actions.report_tables, "items", _report)),
}  # fmt: skip
