import { describe, expect, it, vi } from 'vitest'
import { yuan } from '../ui/money.ts'
import { byWay, holds, whereIs } from './homes.ts'

vi.mock('../ui/text.ts', () => ({ t: (key: string, values: Record<string, unknown>) => `${key}=${Object.values(values)[0]}` }))
const home = { name: '扎西', house_no: '7', address: '北沟', grid: 1, unit: 0, order: 0 }

describe('homes on the phone', () => {
  it('say where they are, leaving out what is not known', () => {
    expect(whereIs({ ...home, people: 3 })).toBe('phone.grid=1 · phone.house_no=7 · 北沟 · visits.people_n=3')
    expect(whereIs({ grid: 0, house_no: '', address: '北沟' })).toBe('北沟')
  })
  it('stand by grid, unit, order, number and name', () => {
    const later = [{ ...home, name: '卓玛' }, { ...home, house_no: '10' }, { ...home, order: 1, house_no: '1' }, { ...home, unit: 1 }, { ...home, grid: 2 }]
    expect([...later].reverse().concat(home).sort(byWay)).toEqual([home, ...later])
  })
  it('are found by name, number, address or whoever belongs there; by nothing typed all of them', () => {
    for (const typed of ['扎', '7', '北', '']) expect(holds(home, typed)).toBe(true)
    expect([holds(home, '卓玛'), holds(home, '卓玛', ['卓玛'])]).toEqual([false, true])
  })
  it('pay in yuan', () => expect(yuan(1250)).toBe('12.50'))
})
