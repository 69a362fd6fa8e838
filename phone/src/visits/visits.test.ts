import { describe, expect, it } from 'vitest'
import { careEffect } from '../care/effects.ts'
import type { Care } from '../care/commands.ts'
import { view, type Entry, type Tables } from '../sync/merge.ts'
import { ADD, BACK, EXCUSE, GONE, MISSING, UNDO, VISIT, type Campaign, type Door } from './commands.ts'
import { countDoors, findDoors } from './doors.ts'
import { visitsEffect } from './effects.ts'
import { answersOf, emptyForm, wrongIn } from './form.ts'

const campaign = { id: 'c', no: 1, name: '敲门', name_bo: '', questions: [], masks: true, advice: '', starts_on: '2022-09-13', ends_on: '2022-09-15' } as Campaign
const door: Door = {
  id: 'd', campaign: 'c', house: 'h', name: '扎西', house_no: '7', address: '', grid: 1, unit: 0, order: 1, people: 3, standing: 'missing',
  excuse: '', reason: '', visit: '', word: '', clash: false, starts_on: '2022-09-13', ends_on: '2022-09-15',
}
const base: Tables = { campaign: new Map([['c', campaign]]), door: new Map([['d', door]]) }
const entry = (seq: number, kind: string, body: Record<string, unknown>, standing: Entry['standing'] = 'waiting'): Entry =>
  ({ ref: `r${seq}`, seq, kind, actor: 'a', at: '2022-09-13T02:00:00Z', body, standing })
const seen = (...entries: Entry[]): Door => view(base, entries, 0, visitsEffect).door!.get('d') as Door

describe('a door on this phone before the server has answered', () => {
  it.each([
    ['a visit', [entry(1, VISIT, { door: 'd' })], 'done'],
    ['an excuse', [entry(1, EXCUSE, { door: 'd', code: 'ill' })], 'excused'],
    ['moved', [entry(1, GONE, { door: 'd', code: 'moved' })], 'moved'],
    ['not found', [entry(1, GONE, { door: 'd', code: 'not_found' })], 'not_found'],
    ['not done', [entry(1, MISSING, { door: 'd', code: 'refused' })], 'missing'],
    ['a visit outweighs words', [entry(1, GONE, { door: 'd', code: 'moved' }), entry(2, VISIT, { door: 'd' })], 'done'],
    ['a visit taken back', [entry(1, VISIT, { door: 'd' }), entry(2, UNDO, { said: 'r1' })], 'missing'],
    ['a visit taken back after an excuse', [entry(1, EXCUSE, { door: 'd', code: 'ill' }), entry(2, VISIT, { door: 'd' }), entry(3, UNDO, { said: 'r2' })], 'excused'],
    ['a word taken back', [entry(1, GONE, { door: 'd', code: 'moved' }), entry(2, UNDO, { said: 'r1' })], 'missing'],
    ['put back', [entry(1, EXCUSE, { door: 'd', code: 'away' }), entry(2, BACK, { door: 'd' })], 'missing'],
    ['a refused visit', [entry(1, VISIT, { door: 'd' }, 'refused')], 'missing'],
  ])('%s', (_, entries, standing) => {
    expect(seen(...(entries as Entry[])).standing).toBe(standing)
  })
  it('keeps what a later word has to name', () => {
    expect(seen(entry(1, VISIT, { door: 'd' })).visit).toBe('r1')
    expect(seen(entry(1, EXCUSE, { door: 'd', code: 'ill' })).word).toBe('r1')
    expect(seen(entry(1, MISSING, { door: 'd', code: 'refused' })).reason).toBe('refused')
  })
  it('can be a place nobody had on the list', () => {
    const added = view(base, [entry(1, ADD, { campaign: 'c', name: '夏季牧场', grid: 2, where: '北沟', people: 4 }), entry(2, VISIT, { door: 'r1' })], 0, visitsEffect)
    expect(added.door!.get('r1')).toMatchObject({ name: '夏季牧场', address: '北沟', people: 4, standing: 'done', ends_on: '2022-09-15' })
  })
})

describe('doors of a campaign', () => {
  it('fall into five parts that add up', () => {
    const some = (['done', 'excused', 'missing', 'moved', 'not_found', 'missing'] as const).map((standing) => ({ ...door, standing }))
    const { doors, due, done, excused, missing, moved, not_found } = countDoors(some)
    expect([doors, due]).toEqual([6, 5])
    expect(done + excused + missing + moved + not_found).toBe(doors)
  })
  it('are found by name, house and place', () => {
    for (const typed of ['扎', '7', '']) expect(findDoors([door], typed)).toHaveLength(1)
    expect(findDoors([door], '8')).toEqual([])
  })
})

describe('what is typed at a door', () => {
  const questions = [
    { code: 'q1', kind: 'yes_no', words: 'a', words_bo: '', choices: [] }, { code: 'q2', kind: 'number', words: 'b', words_bo: '', choices: [] },
    { code: 'q3', kind: 'text', words: 'c', words_bo: '', choices: [] },
  ] as const
  it('is sent as what it means; what was not asked is left out', () => {
    const form = { ...emptyForm(), answers: { q1: 'no', q2: ' 3 ', q3: '' } }
    expect(answersOf(questions as never, form)).toEqual({ q1: false, q2: 3 })
    expect(wrongIn(questions as never, form)).toBe('')
  })
  it('has to be a number where one is asked', () => {
    expect(wrongIn(questions as never, { ...emptyForm(), answers: { q2: 'viele' } })).toContain('b')
    expect(wrongIn(questions as never, { ...emptyForm(), masks: '-1' })).not.toBe('')
  })
})

describe('asking after somebody', () => {
  const care = { id: 'k', name: '央金', every_days: 7, next_on: '2022-09-13', last_contact: '', medicine_until: '2022-09-14' } as Care
  const asked = (body: object): Care =>
    view({ care: new Map([['k', care]]) }, [entry(1, 'care.note_contact', { care: 'k', reached: true, medicine_until: null, ...body })], 0, careEffect).care!.get('k') as Care
  it('moves the next day on, by the day of here', () => {
    expect(asked({}).next_on).toBe('2022-09-20')
    expect(asked({ medicine_until: '2022-09-30' })).toMatchObject({ next_on: '2022-09-20', medicine_until: '2022-09-30' })
  })
  it('leaves who was not reached on the list', () => {
    expect(asked({ reached: false })).toMatchObject({ next_on: '2022-09-13', last_contact: '' })
  })
})
