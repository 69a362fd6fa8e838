// What this phone's own checks do to the day's list before the server has answered.
import { withoutRow, withRow, type Effect } from '../sync/merge.ts'
import { RECORD, UNDO, type CheckBody } from './commands.ts'
import { dayOf } from '../ui/days.ts'
import { isAbnormal } from './rules.ts'
import type { Asking, Checked, Daily } from './asking.ts'

/** That part of the day is over for them; '' where it is not after all. */
function partOver(tables: Parameters<Effect>[0], { person, slot }: Daily, at: string): ReturnType<Effect> {
  const whom = tables.checked?.get(person) as Checked | undefined
  return whom ? withRow(tables, 'checked', { ...whom, [`${slot}_at`]: at }) : tables
}

export const checkEffect: Effect = (tables, { kind, ref, at, body }) => {
  if (kind === UNDO) {
    const gone = tables.daily?.get(String(body.check)) as Daily | undefined
    return withoutRow(gone ? partOver(tables, gone, '') : tables, 'daily', String(body.check))
  }
  if (kind !== RECORD) return tables
  const { person, slot, reached, temperature, symptoms } = body as CheckBody
  const fever = ([...(tables.asking?.values() ?? [])][0] as Asking | undefined)?.fever ?? null
  const row: Daily = {
    id: ref, person, day: dayOf(Date.parse(at)), slot, reached,
    abnormal: reached === 'yes' && isAbnormal(temperature, fever, symptoms),
  }
  return withRow(row.reached === 'yes' ? partOver(tables, row, at) : tables, 'daily', row)
}
