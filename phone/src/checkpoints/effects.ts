// What this phone's own commands do to crossings and findings before the server has answered.
import { withoutRow, withRow, type Effect } from '../sync/merge.ts'
import { FIND, RECORD, UNDO, UNDO_FIND, type CrossingBody, type FindingBody } from './commands.ts'
import { readPlate } from './rules.ts'
import type { Crossing } from './visitors.ts'

export const gateEffect: Effect = (tables, { kind, ref, at, body }) => {
  switch (kind) {
    case UNDO: return withoutRow(tables, 'crossing', String(body.crossing))
    case UNDO_FIND: return withoutRow(tables, 'finding', String(body.finding))
    case FIND: return withRow(tables, 'finding', { id: ref, at, ...(body as FindingBody) })
    case RECORD: return withRow(tables, 'crossing', crossingOf(ref, at, body as CrossingBody))
    default: return tables
  }
}

function crossingOf(id: string, at: string, body: CrossingBody): Crossing {
  const { gate, direction, vehicle, plate, name, people, coming_from, going_to, errand, outcome, why } = body
  return {
    id, gate, at, direction, vehicle, plate, plate_key: readPlate(plate).key, name, people, coming_from, going_to,
    errand, outcome, why,
  }
}
