// What this phone's own commands do to the roster lines before the server has answered: facts change, and the
// standing follows from them by the same rule as on the server.
import { withRow, type Effect, type Entry, type Tables } from '../sync/merge.ts'
import { ADD, EXCUSE, GONE, MISSING, TAKE, UNDO, type AddBody, type ExcuseBody, type GoneBody, type MissingBody, type TakeBody } from './commands.ts'
import type { Line } from './lines.ts'
import { partition } from './rules.ts'

const linesOf = (tables: Tables): Line[] => [...(tables.line?.values() ?? [])] as Line[]
const standing = (line: Line): Line => ({
  ...line, status: partition({ sampled: !!line.sample_ref, gone: line.gone, excuse: line.excuse }),
})

function change(tables: Tables, round: string, person: string, changes: Partial<Line>): Tables {
  const line = linesOf(tables).find((one) => one.round === round && one.person === person)
  return line ? withRow(tables, 'line', standing({ ...line, ...changes })) : tables
}

/** A second swab of the same person is kept by the server as a duplicate; the first one stays theirs. */
function take(tables: Tables, { ref, body }: Entry): Tables {
  const { round, person, card, at_home } = body as TakeBody
  const line = linesOf(tables).find((one) => one.round === round && one.person === person)
  if (!line || (line.sample_ref && line.sample_ref !== ref)) return tables
  return change(tables, round, person, { sample_ref: ref, serial: card?.serial ?? null, at_home })
}

function undo(tables: Tables, { body }: Entry): Tables {
  const line = linesOf(tables).find((one) => one.sample_ref === body.sample)
  return line ? withRow(tables, 'line', standing({ ...line, sample_ref: '', serial: null, at_home: false })) : tables
}

function note(tables: Tables, { ref, body }: Entry): Tables {
  const { round, person, reason, comes_at, called } = body as MissingBody
  const said = { reason, comes_at: comes_at ?? null, version: ref }
  return change(tables, round, person, called ? { ...said, called } : said)
}

function add(tables: Tables, { ref, body }: Entry): Tables {
  const { round, new: person } = body as AddBody
  if (!person || linesOf(tables).some((one) => one.round === round && one.person === person.id)) return tables
  const { id, name, birth_year, sex, grid, phone = '' } = person
  const line: Line = {
    id: ref, round, person: id, name, name_bo: '', nickname: '', birth_year, sex, grid, household: '', order: 0,
    code_hash: '', keys: [], status: 'missing', excuse: '', gone: '', single_only: false, single_why: '',
    sample_ref: '', serial: null, at_home: false, reason: '', called: false, comes_at: null,
    phone_tail: phone.slice(-4), added: true, version: '',
  }
  return withRow(tables, 'line', line)
}

/** Each command's effect on the tables; commands of other domains pass by. */
export const samplingEffect: Effect = (tables, entry) => {
  switch (entry.kind) {
    case TAKE: return take(tables, entry)
    case UNDO: return undo(tables, entry)
    case MISSING: return note(tables, entry)
    case ADD: return add(tables, entry)
    case EXCUSE: {
      const { round, person, reason } = entry.body as ExcuseBody
      return change(tables, round, person, { excuse: reason, version: entry.ref })
    }
    case GONE: {
      const { round, person, how } = entry.body as GoneBody
      return change(tables, round, person, { gone: how, version: entry.ref })
    }
    default: return tables
  }
}
