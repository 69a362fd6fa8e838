// What this phone's own commands do to the list of arrivals before the server has answered.
import { withoutRow, withRow, type Effect } from '../sync/merge.ts'
import { REGISTER, UNDO, type ArrivalBody } from './commands.ts'
import { rowsOfBody } from './rules.ts'

export const arrivalsEffect: Effect = (tables, { kind, ref, body }) => {
  if (kind === UNDO) {
    const gone = [...(tables.arrival?.values() ?? [])].filter((row) => row.party === body.arrival && !row.decided)
    return gone.reduce((sofar, row) => withoutRow(sofar, 'arrival', row.id), tables)
  }
  if (kind !== REGISTER) return tables
  return rowsOfBody(ref, body as ArrivalBody).reduce((sofar, row) => withRow(sofar, 'arrival', row), tables)
}
