import { describe, expect, it } from 'vitest'
import { dayNo } from './measures.ts'

describe('days of a measure', () => {
  it.each([
    ['2022-09-12T23:59:00+08:00', 0],
    ['2022-09-13T00:00:00+08:00', 1],
    ['2022-09-13T23:59:59+08:00', 1],
    ['2022-09-14T00:00:00+08:00', 2],
  ])('at %s it is day %i', (now, n) => expect(dayNo('2022-09-13', Date.parse(now))).toBe(n))
})
