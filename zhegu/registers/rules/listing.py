"""One row per household: the head in columns of their own, the members together in one cell. Pure."""

import re
from typing import Any

from zhegu.registers.rules import births
from zhegu.registers.rules.characters import even, says_nothing
from zhegu.registers.rules.headers import Role
from zhegu.registers.rules.ids import read_id
from zhegu.registers.rules.layout import Column
from zhegu.registers.rules.members import Member, read_members
from zhegu.registers.rules.names import name_alone, names_agree, normal
from zhegu.registers.rules.notes import needs_in
from zhegu.registers.rules.people import SEXES, RowReader
from zhegu.registers.rules.phones import read_phone
from zhegu.registers.rules.reading import PersonRead
from zhegu.registers.rules.relations import is_head, is_relation, tidy_relation

HEAD = "户主"


def household_people(reader: RowReader, row: int) -> list[PersonRead]:
    """Everyone of one household row: its head first (once), then the members of the cell."""
    columns = reader.block.all(Role.MEMBERS)
    members = [(m, column) for column in columns for m in read_members(reader.value(row, column))]
    if _lines_up(reader, row, len(members)):
        return _line_by_line(reader, row, [member for member, _ in members])
    head = reader.text(row, Role.HEAD)
    own = _own_entry(head, [m for m, _ in members], reader.text(row, Role.COUNT))
    people = []
    if head or (not columns and members):
        people.append(_head(reader, row, head, own))
    elif members and _head_columns(reader):
        own = next((m for m, _ in members if is_head(m.relation)), members[0][0])
        people.append(_head(reader, row, own.name, own))
    for member, column in members:
        if member is own:
            _warn_of_own(reader, row, member, column)
        else:
            people.append(_member(reader, row, member, column))
    return people


def _head_columns(reader: RowReader) -> bool:
    return any(reader.block.all(role) for role in (Role.ID, Role.PHONE, Role.BIRTH))


def _own_entry(head: str, members: list[Member], count: str) -> Member | None:
    """The head's own entry among the members, so that nobody stands twice."""
    if not head:
        return None
    by_word = [m for m in members if is_head(m.relation)]
    same = [m for m in members if normal(m.name) == normal(name_alone(head))]
    alike = [m for m in members if names_agree(m.name, name_alone(head))] if count == str(len(members)) else []
    return next(iter([*by_word, *same, *alike]), None)


def _head(reader: RowReader, row: int, name: str, own: Member | None) -> PersonRead:
    person = reader.person(row, row, name)
    person.relation = person.relation if is_head(person.relation) or not person.relation else HEAD
    person.relation = person.relation or HEAD
    if own:
        _fill(person, own)
    return person


def _warn_of_own(reader: RowReader, row: int, own: Member, column: Column) -> None:
    """What the cell tells of the head where no column of the head's does, and cannot be relied on."""
    at, value = reader.at(row, column), reader.value(row, column)
    id = read_id(own.id) if own.id is not None else None
    told = {
        Role.ID: id.problem if id else None,
        Role.PHONE: read_phone(own.phone).problem if own.phone is not None else None,
        Role.BIRTH: births.birth_problem(births.read_birth(own.birth or ""), id.birth if id else None),
    }
    for role, problem in told.items():
        if problem and not reader.block.all(role):
            reader.findings.warn(at, column, problem, value)


def _fill(person: PersonRead, member: Member) -> None:
    """What the cell tells beyond the columns."""
    if not person.id.text and member.id and read_id(member.id).valid:
        person.id = read_id(member.id)
    person.phone = person.phone or read_phone(member.phone).text
    told = births.read_birth(member.birth or "", person.id.birth).day or person.id.birth
    person.birth = person.birth or told
    person.birth_year = person.birth_year or (told.year if told else None)
    person.sex = person.sex or SEXES.get(member.sex, "") or person.id.sex
    person.note = person.note or " ".join(member.note)


def _member(reader: RowReader, row: int, member: Member, column: Column) -> PersonRead:
    """One of the others: only what the cell itself says of them."""
    at, value = reader.at(row, column), reader.value(row, column)
    tells = {Role.NAME, Role.RELATION} | ({Role.PHONE} if member.phone is not None else set())
    title = re.sub(r"姓名$", "", even(column.word))
    person = PersonRead(
        spot=reader.findings.spot(row, column.word),
        name=member.name,
        relation=tidy_relation(member.relation or (title if is_relation(title) else "")),
        tells=frozenset(tells),
    )
    if member.id is not None:
        person.id = read_id(member.id)
        if person.id.problem:
            reader.findings.warn(at, column, person.id.problem, value)
    if member.phone is not None and (problem := read_phone(member.phone).problem):
        reader.findings.warn(at, column, problem, value)
    birth = births.read_birth(member.birth or "", person.id.birth)
    if member.birth and (problem := births.birth_problem(birth, person.id.birth)):
        reader.findings.warn(at, column, problem, value)
    person.birth = birth.day
    _fill(person, member)
    person.needs = needs_in(person.note)
    return person


def _lines(value: Any) -> list[str]:
    text = even(value)
    return [line.strip() for line in text.split("\n")] if "\n" in text else []


def _lines_up(reader: RowReader, row: int, members: int) -> bool:
    """Other cells of the row hold one line per member as well."""
    roles = (Role.ID, Role.PHONE, Role.BIRTH, Role.RELATION, Role.SEX)
    cells = [_lines(reader.value(row, c)) for role in roles for c in reader.block.all(role)]
    return members > 1 and any(len(lines) == members for lines in cells)


def _line_by_line(reader: RowReader, row: int, members: list[Member]) -> list[PersonRead]:
    """Names, numbers and phones written line by line in their own cells."""
    block = reader.block
    told: dict[Role, tuple[Column, list[str]]] = {}
    for role in (Role.ID, Role.PHONE, Role.BIRTH, Role.RELATION, Role.SEX):
        if column := block.first(role):
            told[role] = column, _lines(reader.value(row, column)) or [even(reader.value(row, column))]
    people = []
    for number, member in enumerate(members):
        person = PersonRead(reader.findings.spot(row), member.name, tells=frozenset({Role.NAME, *told}))
        for role, (column, lines) in told.items():
            _take_line(reader, row, person, role, column, lines[number] if number < len(lines) else "")
        person.relation = person.relation or tidy_relation(member.relation)
        _fill(person, member)
        people.append(person)
    return people


def _take_line(reader: RowReader, row: int, person: PersonRead, role: Role, column: Column, line: str) -> None:
    findings, at, value = reader.findings, reader.at(row, column), reader.value(row, column)
    if role is Role.ID:
        person.id = read_id(line)
        if person.id.problem:
            findings.warn(at, column, person.id.problem, value)
    elif role is Role.PHONE:
        phone = read_phone(line)
        person.phone = phone.text
        if phone.problem:
            findings.warn(at, column, phone.problem, value)
    elif role is Role.BIRTH:
        birth = births.read_birth(line, person.id.birth)
        person.birth = birth.day
        if problem := births.birth_problem(birth, person.id.birth, reader.months_will_do):
            findings.warn(at, column, problem, value)
    elif role is Role.RELATION:
        person.relation = "" if says_nothing(line) else tidy_relation(line)
    else:
        person.sex = SEXES.get(line.lower(), "")
