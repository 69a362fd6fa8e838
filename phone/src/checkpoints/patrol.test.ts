import { describe, expect, it } from 'vitest'
import { view, type Entry, type Tables } from '../sync/merge.ts'
import { FIND, UNDO_FIND } from './commands.ts'
import { gateEffect } from './effects.ts'

const entry = (seq: number, kind: string, body: Record<string, unknown>): Entry =>
  ({ ref: `r${seq}`, seq, kind, actor: 'a', at: '2026-09-13T08:00:00Z', body, standing: 'waiting' })
const body = { route: 'w', point: 1, found: 'outside', people: 3, did: 'sent_home' }
const rows = (entries: Entry[], base: Tables = {}) => [...(view(base, entries, 0, gateEffect).finding?.values() ?? [])]

describe('a patrol, before the server has answered', () => {
  it('has passed a point at once, as a count and nothing else', () => {
    expect(rows([entry(1, FIND, body)])).toEqual([{ id: 'r1', at: '2026-09-13T08:00:00Z', ...body }])
  })
  it('takes back what it or another phone wrote down', () => {
    expect(rows([entry(1, FIND, body), entry(2, UNDO_FIND, { finding: 'r1' })])).toEqual([])
    expect(rows([entry(1, UNDO_FIND, { finding: 'x' })], { finding: new Map([['x', { id: 'x' }]]) })).toEqual([])
  })
})
