// What this phone's own commands do to the roster lines before the server has answered.
import { withRow, type Effect, type Entry, type Row, type Tables } from '../sync/merge.ts'
import { ADD, EXCUSE, MISSING, MOVED, NOT_FOUND, TAKE, UNDO, type AddBody, type MissingBody, type TakeBody } from './commands.ts'
import type { Line } from './lines.ts'

const linesOf = (tables: Tables): Line[] => [...(tables.line?.values() ?? [])] as Line[]

function change(tables: Tables, person: unknown, changes: Partial<Line>): Tables {
  const line = linesOf(tables).find((one) => one.person === person)
  return line ? withRow(tables, 'line', { ...line, ...changes } as Row) : tables
}

function take(tables: Tables, { ref, body }: Entry): Tables {
  const { person, card } = body as TakeBody
  return change(tables, person, { status: 'done', sample_ref: ref, serial: card?.serial ?? null })
}

function undo(tables: Tables, { body }: Entry, all: readonly Entry[]): Tables {
  const person = all.find((one) => one.ref === body.sample_ref)?.body.person
  const line = linesOf(tables).find((one) => one.sample_ref === body.sample_ref || one.person === person)
  return line ? withRow(tables, 'line', { ...line, status: 'missing', sample_ref: undefined, serial: null } as Row) : tables
}

function note(tables: Tables, { body }: Entry): Tables {
  const { person, reason, comes_at, called } = body as MissingBody
  const line = linesOf(tables).find((one) => one.person === person)
  if (!line || line.status === 'done') return tables
  return change(tables, person, { status: 'missing', reason, comes_at: comes_at ?? null, called: called ?? line.called })
}

function unlessDone(tables: Tables, person: unknown, changes: Partial<Line>): Tables {
  const line = linesOf(tables).find((one) => one.person === person)
  return line && line.status !== 'done' ? change(tables, person, changes) : tables
}

function add(tables: Tables, { ref, body }: Entry): Tables {
  const { new: person } = body as AddBody
  if (!person || linesOf(tables).some((one) => one.person === person.id)) return tables
  const { id, name, birth_year, sex, grid } = person
  const line: Line = { id: ref, person: id, name, birth_year, sex, grid, status: 'missing', added: true }
  return withRow(tables, 'line', line)
}

/** Each command's effect on the tables; commands of other domains pass by. */
export const samplingEffect: Effect = (tables, entry, all) => {
  switch (entry.kind) {
    case TAKE: return take(tables, entry)
    case UNDO: return undo(tables, entry, all)
    case MISSING: return note(tables, entry)
    case ADD: return add(tables, entry)
    case EXCUSE: return unlessDone(tables, entry.body.person, { status: 'excused', excuse: String(entry.body.reason) })
    case MOVED: return unlessDone(tables, entry.body.person, { status: 'moved' })
    case NOT_FOUND: return unlessDone(tables, entry.body.person, { status: 'not_found' })
    default: return tables
  }
}
