// What this phone's own checks do to the day's list before the server has answered.
import { withoutRow, withRow, type Effect } from '../sync/merge.ts'
import { RECORD, UNDO, type CheckBody } from './commands.ts'
import { dayOf, isAbnormal } from './rules.ts'
import type { Asking, Daily } from './asking.ts'

export const checkEffect: Effect = (tables, { kind, ref, at, body }) => {
  if (kind === UNDO) return withoutRow(tables, 'daily', String(body.check))
  if (kind !== RECORD) return tables
  const { person, slot, reached, temperature, symptoms } = body as CheckBody
  const fever = ([...(tables.asking?.values() ?? [])][0] as Asking | undefined)?.fever ?? null
  const row: Daily = {
    id: ref, person, day: dayOf(Date.parse(at)), slot, reached,
    abnormal: reached === 'yes' && isAbnormal(temperature, fever, symptoms),
  }
  return withRow(tables, 'daily', row)
}
