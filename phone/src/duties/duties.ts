// What whoever is unlocked has to do now, from the rules and rows of this phone; and what else is due at the same door.
import { computed } from 'vue'
import { go } from '../app/router.ts'
import { moment } from '../app/session.ts'
import { rowsOf, who } from '../sync/live.ts'
import type { Row } from '../sync/merge.ts'
import { gathered, isTheirs, type Duty, type DutyRule } from './rules.ts'

export const duties = computed<Duty[]>(() => {
  const person = who.value
  if (!person) return []
  const rules = rowsOf<DutyRule>('duty').values()
  return gathered(rules, (table) => rowsOf(table).values(), moment.value).filter((duty) => isTheirs(duty, person))
})

export type Group = { rule: DutyRule; duties: Duty[]; late: number }

/** By what is to be done: what is late first, then the biggest. */
export const groups = computed<Group[]>(() => {
  const found = new Map<string, Group>()
  for (const duty of duties.value) {
    const group = found.get(duty.rule.id) ?? { rule: duty.rule, duties: [], late: 0 }
    group.duties.push(duty)
    group.late += Number(duty.due.late)
    found.set(duty.rule.id, group)
  }
  return [...found.values()].sort((a, b) => b.late - a.late || b.duties.length - a.duties.length)
})

export const dutiesOf = (house: string): Duty[] => (house ? duties.value.filter(({ row }) => row.house === house) : [])
export const addressOf = ({ rule, row }: Duty): string => `#/${rule.screen}/${row.id}`

/** After something was done: what else is due at this door, else on to where one came from. */
export function finished(row: Row, otherwise: string): void {
  const house = String(row.house ?? '')
  go(dutiesOf(house).length ? `house/${house}` : otherwise)
}
