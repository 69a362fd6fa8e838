import { describe, expect, it } from 'vitest'
import { view, type Entry } from '../sync/merge.ts'
import { REGISTER, UNDO } from './commands.ts'
import { arrivalsEffect } from './effects.ts'
import { bodyOf, empty, inOrder, lacking, nobody, type Arrival, type Draft } from './rules.ts'

const TODAY = '2026-09-13'
const full = (more: Partial<Draft> = {}): Draft => ({ ...empty(), who: { ...nobody(), name: ' 卓玛 ' }, came_from: '拉萨', grid: '3', ...more })
const entry = (kind: string, body: object, seq = 1): Entry =>
  ({ ref: `r${seq}`, seq, kind, actor: 'a', at: `${TODAY}T02:00:00Z`, body: body as Entry['body'], standing: 'waiting' })

describe('an entry about somebody who came', () => {
  it.each<[string, Partial<Draft>]>([
    ['', {}],
    ['name', { who: nobody() }],
    ['name', { companions: [nobody()] }],
    ['birth_year', { who: { ...nobody(), name: 'a', birth_year: '99' } }],
    ['birth_year', { who: { ...nobody(), name: 'a', birth_year: '2027' } }],
    ['came_from', { came_from: '  ' }],
    ['left', { left: '2026-09-14' }],
    ['', { left: TODAY }],
    ['grid', { grid: '' }],
  ])('lacks %s', (field, more) => expect(lacking(full(more), false, TODAY)).toBe(field))
  it('may name no grid at a gate', () => expect(lacking(full({ grid: '' }), true, TODAY)).toBe(''))
  it('is sent tidied, unknown things as nothing', () => {
    const body = bodyOf(full({ grid: '', who: { name: ' 卓玛 ', sex: 'x', birth_year: '', phone: '139,1234' } }), `${TODAY}T02:00:00Z`)
    expect(body).toMatchObject({ grid: null, left: null, who: { name: '卓玛', sex: '', birth_year: null, phone: '1391234' } })
  })
})

describe('before the server has answered', () => {
  const body = bodyOf(full({ companions: [{ ...nobody(), name: '次仁' }] }), `${TODAY}T02:00:00Z`)
  it('everybody stands on the list, and all leave it when the entry is taken back', () => {
    const said = [entry(REGISTER, body)]
    const shown = [...view({}, said, 0, arrivalsEffect).arrival!.values()] as Arrival[]
    expect(shown.map((one) => [one.name, one.together, one.decided])).toEqual([['卓玛', 2, false], ['次仁', 2, false]])
    const after = view({}, [...said, entry(UNDO, { arrival: 'r1' }, 2)], 0, arrivalsEffect)
    expect([...after.arrival!.keys()]).toEqual([])
  })
})

it('lists those to be decided about first, the latest first', () => {
  const row = (id: string, decided: boolean, hour: number) => ({ id, decided, arrived: `${TODAY}T0${hour}:00:00Z` }) as Arrival
  expect(inOrder([row('a', true, 9), row('b', false, 1), row('c', false, 2)]).map((one) => one.id)).toEqual(['c', 'b', 'a'])
})
