import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Row } from '../sync/merge.ts'
import { due, gathered, isTheirs, type DutyRule } from './rules.ts'

type Case = { name: string; rule: string; row: Row; now: string; expect: { until: string | null; late: boolean } | null }
const file = JSON.parse(readFileSync(new URL('../../../contracts/cases/duties.json', import.meta.url), 'utf8')) as {
  cases: Case[]
  rules: Record<string, DutyRule>
}

describe('contract cases of what is due', () => {
  it.each(file.cases)('$name', ({ rule, row, now, expect: wanted }) => {
    const found = due(file.rules[rule]!, row, Date.parse(now))
    const until = wanted?.until ? Date.parse(wanted.until) : null
    expect(found && { until: found.until, late: found.late }).toEqual(wanted && { until, late: wanted.late })
  })
})

describe('whose it is and what stands first', () => {
  const call = file.rules.call!
  const now = Date.parse('2022-09-14T10:00:00+08:00')
  const duty = (row: Row) => ({ rule: call, row, due: due(call, row, now)! })
  it('is the named helper’s, else everybody’s of the grid with the role', () => {
    const carer = { id: 'me', roles: ['carer'], grids: [1] }
    const row = { id: 'r', next_on: '2022-09-14', grid: 2, helper: '' }
    expect(isTheirs(duty(row), carer)).toBe(false)
    expect(isTheirs(duty({ ...row, grid: 1 }), carer)).toBe(true)
    expect(isTheirs(duty({ ...row, helper: 'me' }), carer)).toBe(true)
    expect(isTheirs(duty({ ...row, grid: 1, helper: 'other' }), carer)).toBe(false)
    expect(isTheirs(duty({ ...row, grid: 1 }), { ...carer, roles: ['sampler'] })).toBe(false)
    expect(isTheirs(duty(row), { ...carer, grids: [] })).toBe(true)
  })
  it('is late before due', () => {
    const rows: Record<string, Row[]> = {
      care: [{ id: '1', next_on: '2022-09-14' }, { id: '2', next_on: '2022-09-13' }, { id: '3', next_on: '2022-09-15' }],
      arrival: [{ id: '4', confirmed: false }],
    }
    expect(gathered(Object.values(file.rules), (table) => rows[table] ?? [], now).map(({ row }) => row.id)).toEqual(['2', '1', '4'])
  })
})
