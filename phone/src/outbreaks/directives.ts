// Directives asked of whoever is unlocked.
import { computed } from 'vue'
import { rowsOf, who } from '../sync/live.ts'
import type { Row } from '../sync/merge.ts'

export type Directive = Row & {
  directive: string
  staff: string
  name: string
  issuer: string
  number: string
  words: string
  received: string
  due: string
  read_at: string
  done_at: string
  done: boolean
  said: string
}

/** What is not done first, the nearest day first. */
export const mine = computed<Directive[]>(() =>
  [...rowsOf<Directive>('directive').values()]
    .filter((one) => one.staff === who.value?.id)
    .sort((a, b) => Number(a.done) - Number(b.done) || (a.due || '9').localeCompare(b.due || '9') || (a.received < b.received ? 1 : -1)))
