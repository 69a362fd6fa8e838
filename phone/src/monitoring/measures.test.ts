import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Row, Tables } from '../sync/merge.ts'
import { beginStage, releaseMeasure, reviewMeasure } from './commands.ts'
import { measureEffect } from './effects.ts'
import { lacksTest, mayEnd, reviewedUntil, type Measure } from './measures.ts'

const { cases } = JSON.parse(readFileSync(new URL('../../../contracts/cases/measure-review.json', import.meta.url), 'utf8')) as {
  cases: { planned: string; looked: string; expect: string }[]
}
const words = { zh: '', bo: '', en: '' }
const row: Measure & Row = {
  id: 'm', name: '扎西', name_bo: '', grid: 1, house: 'h', phone: '', measure: words, stage: 'home_isolation', stage_no: 1, early: false, since: '2022-09-13', test_on: '', test_until: '',
  tests_done: 3, tests: 3, over_on: '2022-09-20', last: true, review_on: '2022-09-19', planned: '2022-09-19', area: false, needs: [{ code: 'all_tests_done', ...words }],
}
const now = (day: string): number => Date.parse(`${day}T09:00:00+08:00`)

describe('until when a look keeps it', () =>
  void it.each(cases)('planned $planned, looked $looked: $expect', ({ planned, looked, expect: until }) => expect(reviewedUntil(planned, looked)).toBe(until)))

describe('what may be decided on a phone', () => {
  it.each([
    ['before its days are over', {}, '2022-09-19', null],
    ['once they are', {}, '2022-09-20', 'release'],
    ['with a test missing', { test_on: '2022-09-19', test_until: '2022-09-19' }, '2022-09-20', null],
    ['with a test of the stage missing', { last: false, test_on: '2022-09-19', test_until: '2022-09-19' }, '2022-09-20', null],
    ['with a test of the next stage to come', { last: false, test_on: '2022-09-22', test_until: '2022-09-22' }, '2022-09-20', 'stage'],
    ['with another stage to come', { last: false }, '2022-09-20', 'stage'],
    ['before its days are over, after a negative test that stands for them', { early: true, needs: [] }, '2022-09-15', 'release'],
    ['without a last day', { over_on: '' }, '2022-09-14', 'release'],
    ['of a whole place', { area: true, needs: [], over_on: '' }, '2022-09-14', 'release'],
  ])('%s', (_, more, day, what) => expect(mayEnd({ ...row, ...more }, now(day))).toBe(what))
  it('lacks no test where the profile asks for none', () =>
    expect(lacksTest({ ...row, test_on: '2022-09-19', test_until: '2022-09-19', needs: [] }, now('2022-09-20'))).toBe(false))
})

describe('what was decided, before the server has answered', () => {
  const tables: Tables = { measure: new Map([['m', row]]) }
  const said = (command: object): Row | undefined =>
    measureEffect(tables, { ...command, ref: 'r', at: '2022-09-20T09:00:00+08:00' } as never).measure!.get('m')
  it('let go is off the list', () => expect(said(releaseMeasure({ measure: 'm', words: '' }))).toBeUndefined())
  it('still needed is due again on its next day', () => expect(said(reviewMeasure({ measure: 'm', words: '家里有病人' }))).toMatchObject({ review_on: '2022-09-20', said: 'review' }))
  it('in its next stage has no day until the server says it', () => expect(said(beginStage('m', 1))).toMatchObject({ over_on: '', review_on: '', said: 'stage' }))
  it('keeps the look at an open stage', () => {
    const open: Tables = { measure: new Map([['m', { ...row, over_on: '', last: false }]]) }
    const after = measureEffect(open, { ...beginStage('m', 1), ref: 'r', at: '2022-09-20T09:00:00+08:00' } as never).measure!.get('m')
    expect(after).toMatchObject({ review_on: '2022-09-19', said: 'stage' })
  })
  it('about another stays as it was', () => expect(measureEffect(tables, { ...beginStage('x', 1), ref: 'r', at: '2022-09-20T09:00:00+08:00' } as never)).toBe(tables))
})
