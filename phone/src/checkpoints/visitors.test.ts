import { describe, expect, it } from 'vitest'
import { countCrossings, inside, matching, visitors, type Crossing } from './visitors.ts'

let n = 0
const at = (hour: number): string => new Date(Date.UTC(2026, 8, 13, hour)).toISOString()
const row = (hour: number, more: Partial<Crossing> = {}): Crossing => ({
  id: `c${n++}`, gate: 'g', at: at(hour), direction: 'in', vehicle: 'car', plate: '藏C·12345', plate_key: '藏C12345', name: '次仁', people: 2,
  coming_from: '县城', going_to: '一村', errand: 'supply', outcome: 'pass', why: 'all_ok', ...more,
})

describe('who was here in the last 24 hours', () => {
  it('stands there once, with what was said last and the way they went last', () => {
    const found = visitors([row(1), row(3, { direction: 'out', people: 3 }), row(2)])
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ key: '藏C12345', people: 3, last: 'out', at: at(3) })
  })
  it('turned back, went no way since: the last way is that of the time they went through', () => {
    expect(visitors([row(1), row(2, { outcome: 'turned_back', why: 'no_permit' })])[0]!.last).toBe('in')
    expect(visitors([row(2, { outcome: 'turned_back', why: 'no_permit' })])[0]!.last).toBe('')
  })
  it('on foot is known by name and where from, and not at all without a name', () => {
    const foot = { plate: '', plate_key: '', vehicle: 'none' as const }
    expect(visitors([row(1, foot), row(2, foot), row(3, { ...foot, name: '' })]).map((one) => one.name)).toEqual(['次仁'])
    expect(visitors([row(1, foot), row(2, { ...foot, coming_from: '二村' })])).toHaveLength(2)
  })
  it('is found by a part of the plate as typed or of the name, and leaves the list once typed in full', () => {
    const some = visitors([row(1), row(2, { plate: '藏A·00001', plate_key: '藏A00001', name: '卓玛' })])
    const found = (typed: string): string[] => matching(some, typed, 4).map((one) => one.name)
    expect(found('')).toEqual(['卓玛', '次仁'])
    expect(found('c·123')).toEqual(['次仁'])
    expect(found('卓')).toEqual(['卓玛'])
    expect(found('藏C12345')).toEqual([])
    expect(matching(some, '', 1)).toHaveLength(1)
  })
})

describe('inside now', () => {
  it('is whoever came in from elsewhere and has not gone out, the longest first', () => {
    const other = { plate_key: '藏A00001' }
    const third = { plate_key: '藏A00003' }
    const all = [row(5, third), row(1), row(2, { direction: 'out' }), row(3, other), row(4, { plate_key: '藏A00002', errand: 'home' })]
    expect(inside(all).map((one) => one.plate_key)).toEqual(['藏A00001', '藏A00003'])
  })
  it('does not hold who was turned back, nor lose who was turned back on the way out', () => {
    expect(inside([row(1, { outcome: 'turned_back' })])).toEqual([])
    expect(inside([row(1), row(2, { direction: 'out', outcome: 'turned_back' })])).toHaveLength(1)
  })
})

it('counts people, not vehicles', () => {
  const all = [row(1), row(2, { direction: 'out', people: 1 }), row(3, { outcome: 'turned_back' }), row(4, { outcome: 'referred_clinic', people: 1 })]
  expect(countCrossings(all)).toEqual({ in: 2, out: 1, turned_back: 2, referred: 1 })
})
