import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { view, type Entry, type Tables } from '../sync/merge.ts'
import { HAND_OVER, TAKE_OVER, UNDO } from './commands.ts'
import { dutyEffect } from './effects.ts'
import { belongsTo, standing, word } from './rules.ts'

type Case = { name: string; starts: string; ends: string; at: string; expect: { standing: string; word: string; day: string } }
const { cases } = JSON.parse(readFileSync(new URL('../../../contracts/cases/roster-shift.json', import.meta.url), 'utf8')) as { cases: Case[] }

it.each(cases)('a shift: $name', ({ starts, ends, at, expect: wanted }) => {
  const [from, until, now] = [starts, ends, at].map(Date.parse) as [number, number, number]
  expect({ standing: standing(from, until, now), word: word(from, until), day: belongsTo(from) }).toEqual(wanted)
})

const entry = (seq: number, kind: string, body: Record<string, unknown>): Entry =>
  ({ ref: `r${seq}`, seq, kind, actor: 'a', at: '2026-09-13T08:00:00Z', body, standing: 'waiting' })
const given = entry(1, HAND_OVER, { shift: 's1', notes: 'x', counts: { people_in: 3 } })
const left = (entries: Entry[], base: Tables = {}) => [...(view(base, entries, 0, dutyEffect).handover?.values() ?? [])]

describe('handing over, before the server has answered', () => {
  it('is there at once, and gone when taken back', () => {
    expect(left([given])).toMatchObject([{ id: 'r1', shift: 's1', notes: 'x', counts: { people_in: 3 }, taken_at: '' }])
    expect(left([given, entry(2, UNDO, { handover: 'r1' })])).toEqual([])
  })
  it('happens once to a shift; what the server knows stands', () => {
    expect(left([given, entry(2, HAND_OVER, { shift: 's1', notes: 'y', counts: {} })])).toHaveLength(1)
  })
  it('is taken over once, and only where it is there', () => {
    expect(left([given, entry(2, TAKE_OVER, { handover: 'r1' })])[0]!.taken_at).toBe('2026-09-13T08:00:00Z')
    expect(left([entry(2, TAKE_OVER, { handover: 'r9' })])).toEqual([])
  })
})
