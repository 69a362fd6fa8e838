// What is due: the server's rules (table `duty`) over the rows of this phone. Mirrors zhegu/lib/duties.py; both run contracts/cases.
import type { Row } from '../sync/merge.ts'
import { begins, DAY, dayOf, ZONE } from '../ui/days.ts'

export type Holds = { field: string; values: (string | number | boolean)[]; but: boolean }
export type DutyRule = Row & {
  text: string
  table: string
  roles: string[]
  screen: string
  opens: string
  opens_days: number
  closes: string
  closes_days: number
  daily: string[] | null
  lapses: boolean
  done_at: string
  applies: Holds[]
  resolved: Holds[]
  mine: string
  rank: number
}
export type Due = { since: number | null; until: number | null; late: boolean }
export type Duty = { rule: DutyRule; row: Row; due: Due }

const holds = ({ field, values, but }: Holds, row: Row): boolean => values.includes(row[field] as string) !== but

/** A day (its beginning, or its end) or a moment; null for nothing said. */
function moment(said: unknown, end = false): number | null {
  if (!said || typeof said !== 'string') return null
  return said.length === 10 ? begins(said) + (end ? DAY : 0) : Date.parse(said)
}

const hour = (now: number, at: string): number =>
  Date.parse(`${dayOf(now)}T${at}:00${ZONE}`)

/** What this rule makes of this row now; null where nothing is to be done. */
export function due(rule: DutyRule, row: Row, now: number): Due | null {
  if (!rule.applies.every((one) => holds(one, row))) return null
  if (rule.resolved.length && rule.resolved.every((one) => holds(one, row))) return null
  let since = rule.opens ? moment(row[rule.opens]) : null
  let until = rule.closes ? moment(row[rule.closes], true) : null
  if (rule.opens && since === null) return null
  if (since !== null) since += rule.opens_days * DAY
  if (until !== null) until += rule.closes_days * DAY
  if (since !== null && now < since) return null
  if (rule.daily) {
    if (until !== null && now >= until) return null
    since = hour(now, rule.daily[0]!)
    until = hour(now, rule.daily[1]!)
    if (now < since || (rule.lapses && now >= until)) return null
  }
  const done = rule.done_at ? moment(row[rule.done_at]) : null
  if (done !== null && (since === null || done >= since)) return null
  return { since, until, late: until !== null && now >= until }
}

export type Whose = { id: string; roles: readonly string[]; grids: readonly number[] }

/** Whether it is this person's: by role, by grid where they answer for some, and by name where one is named. */
export function isTheirs({ rule, row }: Duty, who: Whose): boolean {
  if (!rule.roles.some((role) => who.roles.includes(role))) return false
  const named = rule.mine ? row[rule.mine] : ''
  if (named) return named === who.id
  const grid = row.grid as number | undefined
  return !grid || !who.grids.length || who.grids.includes(grid)
}

/** Everything that is due: what is late first, then by rank. */
export function gathered(rules: Iterable<DutyRule>, rowsOf: (table: string) => Iterable<Row>, now: number): Duty[] {
  const found: Duty[] = []
  for (const rule of rules)
    for (const row of rowsOf(rule.table)) {
      const made = due(rule, row, now)
      if (made) found.push({ rule, row, due: made })
    }
  return found.sort(byUrgency)
}

const byUrgency = (a: Duty, b: Duty): number =>
  Number(b.due.late) - Number(a.due.late) || a.rule.rank - b.rule.rank || compare(a.rule.id, b.rule.id) || compare(a.row.id, b.row.id)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
