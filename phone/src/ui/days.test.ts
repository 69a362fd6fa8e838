import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dayNo, isPast } from './days.ts'

const { cases } = JSON.parse(readFileSync(new URL('../../../contracts/cases/measure-day.json', import.meta.url), 'utf8')) as {
  cases: { first_day: string; now: string; expect: number }[]
}

describe('days', () => {
  it.each(cases)('from $first_day on, $now is day $expect', ({ first_day, now, expect: no }) => expect(dayNo(first_day, Date.parse(now))).toBe(no))
  it.each([
    ['2022-09-13', '2022-09-13T23:59:59+08:00', false],
    ['2022-09-13', '2022-09-14T00:00:00+08:00', true],
    ['', '2022-09-14T00:00:00+08:00', false],
  ])('%s is past at %s: %s', (iso, now, past) => expect(isPast(iso, Date.parse(now))).toBe(past))
})
