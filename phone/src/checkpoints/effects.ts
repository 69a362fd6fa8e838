// What this phone's own commands do to the list of crossings before the server has answered.
import { withoutRow, withRow, type Effect } from '../sync/merge.ts'
import { RECORD, UNDO, type CrossingBody } from './commands.ts'
import { readPlate } from './rules.ts'
import type { Crossing } from './visitors.ts'

export const gateEffect: Effect = (tables, { kind, ref, at, body }) => {
  if (kind === UNDO) return withoutRow(tables, 'crossing', String(body.crossing))
  if (kind !== RECORD) return tables
  const { gate, direction, vehicle, plate, name, people, coming_from, going_to, errand, outcome, why } = body as CrossingBody
  const row: Crossing = {
    id: ref, gate, at, direction, vehicle, plate, plate_key: readPlate(plate).key, name, people, coming_from, going_to,
    errand, outcome, why,
  }
  return withRow(tables, 'crossing', row)
}
