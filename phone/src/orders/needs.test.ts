import { describe, expect, it } from 'vitest'
import { route } from '../app/router.ts'
import { view, type Entry, type Tables } from '../sync/merge.ts'
import { ASK_HOME, UNDO_ASKED, type Home, type Want } from './commands.ts'
import { askingEffect } from './effects.ts'
import { askedToday, findHomes, form, linesOf, more, needs } from './needs.ts'

const home: Home = { id: 'h', house: 'h', name: '扎西', house_no: '7', address: '北沟', grid: 1, order: 1, people: 3, asked: '', asked_at: '', daily: true }
const base: Tables = { home: new Map([['h', home]]) }
const entry = (seq: number, kind: string, body: Record<string, unknown>, standing: Entry['standing'] = 'waiting'): Entry =>
  ({ ref: `r${seq}`, seq, kind, actor: 'a', at: '2022-09-13T02:00:00Z', body, standing })
const asked = { home: 'h', lines: [], medicine: false, urgent: false, note: '' }
const after = (...entries: Entry[]): Home => view(base, entries, 0, askingEffect).home!.get('h') as Home

describe('a home on this phone before the server has answered', () => {
  it('was asked at once, whatever it needs', () => {
    expect(after(entry(1, ASK_HOME, asked))).toMatchObject({ asked: 'r1', asked_at: '2022-09-13T02:00:00Z' })
  })
  it('is to be asked again when that is taken back or refused', () => {
    expect(after(entry(1, ASK_HOME, asked), entry(2, UNDO_ASKED, { asked: 'r1' }))).toEqual(home)
    expect(after(entry(1, ASK_HOME, asked, 'refused'))).toEqual(home)
  })
})

describe('the round of a day', () => {
  it('begins anew at midnight in China', () => {
    const late = { ...home, asked_at: '2022-09-13T15:59:00Z' }
    expect(askedToday(late, Date.parse('2022-09-13T15:59:30Z'))).toBe(true)
    expect(askedToday(late, Date.parse('2022-09-13T16:00:30Z'))).toBe(false)
    expect(askedToday(home, Date.now())).toBe(false)
  })
  it('finds a home by name, number and place', () => {
    for (const typed of ['扎', '7', '北', '']) expect(findHomes([home], typed)).toHaveLength(1)
    expect(findHomes([home], 'x')).toEqual([])
  })
  it('writes down what was tapped and what is on no list', () => {
    const rice: Want = { id: 'w', item: '大米', unit: '袋', spec: '5kg', price: null, shop: '', rank: 0 }
    expect(linesOf([rice, { ...rice, id: 'v' }], { w: 2, v: 0 }, ' 灯泡 ')).toEqual([
      { item: '大米', quantity: 2, unit: '袋', spec: '5kg' }, { item: '灯泡', quantity: 1, unit: '', spec: '' },
    ])
    expect(linesOf([rice], {}, '')).toEqual([])
  })
  it('carries nothing from one door to the next', () => {
    const rice: Want = { id: 'w', item: '大米', unit: '袋', spec: '5kg', price: null, shop: '', rank: 0 }
    for (const rest of ['one', 'next', '']) {
      route.value = { name: 'need', rest }
      expect([form.many, form.other, form.medicine, form.urgent, form.note, needs.value]).toEqual([{}, '', false, false, '', 0])
      more(rice, 2)
      Object.assign(form, { other: '灯泡', medicine: true, urgent: true, note: 'x' })
    }
  })
})
