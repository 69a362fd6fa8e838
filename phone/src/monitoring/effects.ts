// What this phone's own checks and decisions do to its lists before the server has answered.
import { withoutRow, withRow, type Effect, type Row } from '../sync/merge.ts'
import { RECORD, RELEASE, REVIEW, STAGE, UNDO, type CheckBody } from './commands.ts'
import { dayOf } from '../ui/days.ts'
import { isAbnormal } from './rules.ts'
import type { Asking, Checked, Daily } from './asking.ts'
import { reviewedUntil, type Measure } from './measures.ts'

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

/** Let go: gone from the list. Its next stage: the days come with the server's answer, so that nothing is due until
 * then; but an open stage may well not be over, and its look stays. */
export const measureEffect: Effect = (tables, { kind, at, body }) => {
  if (kind !== REVIEW && kind !== STAGE && kind !== RELEASE) return tables
  const row = tables.measure?.get(String(body.measure)) as (Measure & Row) | undefined
  if (!row) return tables
  if (kind === RELEASE) return withoutRow(tables, 'measure', row.id)
  if (kind === STAGE) return withRow(tables, 'measure', { ...row, said: 'stage', over_on: '', test_on: '', test_until: '', review_on: row.over_on ? '' : row.review_on })
  const until = reviewedUntil(row.planned, dayOf(Date.parse(at)))
  return withRow(tables, 'measure', { ...row, said: 'review', review_on: until > row.review_on ? until : row.review_on })
}
