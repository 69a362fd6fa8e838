// A measure with its days, as the server tells it; what may be decided on such a day, and until when a look keeps it. Pure.
import { begins, DAY, dayOf, isPast } from '../ui/days.ts'
import type { Language } from '../ui/text.ts'

export type Measure = {
  name: string
  name_bo: string
  grid: number
  house: string
  phone: string
  measure: Record<Language, string>
  stage: string
  stage_no: number
  early: boolean
  since: string
  test_on: string
  test_until: string
  tests_done: number
  tests: number
  over_on: string
  last: boolean
  review_on: string
  planned: string
  area: boolean
  needs: ({ code: string } & Record<Language, string>)[]
  /** Said on this phone and not known to the server yet. */
  said?: 'stage' | 'review'
}

const FORTNIGHT = 14 * DAY

/** Until when it goes on, after a look on that day. As zhegu/monitoring/rules (look_again) says it; both run contracts/cases. */
export function reviewedUntil(planned: string, looked: string): string {
  const most = dayOf(begins(looked) + FORTNIGHT)
  const least = planned > looked ? planned : looked
  return least < most ? least : most
}

/** The days of the running stage are over, a negative test stands for them, or nobody can say when they are. */
export const isOver = (row: Measure, now: number): boolean => row.early || !row.over_on || begins(row.over_on) <= now

/** A test that was due within the running stage has no swab: neither the next stage nor an end is possible. */
export function lacksTest(row: Measure, now: number): boolean {
  if (!row.test_on) return false
  if (row.last) return row.needs.some(({ code }) => code === 'all_tests_done')
  return row.over_on ? row.test_on < row.over_on : isPast(row.test_until, now)
}

/** What those who decide may do now: end it, begin its next stage; a look is always possible. */
export function mayEnd(row: Measure, now: number): 'release' | 'stage' | null {
  if (row.area) return 'release'
  if (!isOver(row, now) || lacksTest(row, now)) return null
  return row.last ? 'release' : 'stage'
}
