import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { samplingEffect } from '../sampling/effects.ts'
import { ADD, EXCUSE, MISSING, TAKE, UNDO } from '../sampling/commands.ts'
import { applyAnswers, applyPull, isSettled, view, type Answer, type Entry, type Pulled, type Row, type Tables } from './merge.ts'

const PEOPLE = ['p1', 'p2', 'p3', 'p4']
const line = (person: string, more: object = {}): Row => ({ id: `line-${person}`, person, round: 'r', name: person, grid: 7, status: 'missing', sample_ref: '', gone: '', excuse: '', serial: null, ...more })
const BASE: Tables = { line: new Map(PEOPLE.map((person) => [`line-${person}`, line(person)])) }
const TUBE = { id: 'tube', label: '1-1-001', ratio: 10 }

const plain = (tables: Tables): unknown =>
  Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, [...table].sort(([a], [b]) => (a < b ? -1 : 1))]))

function entry(seq: number, kind: string, body: Record<string, unknown>): Entry {
  return { ref: `ref-${seq}`, seq, kind, actor: 'a', at: '2026-09-13T08:00:00.000Z', body, standing: 'waiting' }
}

/** Any outbox a phone can have: samples, undos of earlier samples, notes, excuses, additions. */
const outbox: fc.Arbitrary<Entry[]> = fc
  .array(fc.tuple(fc.constantFrom('take', 'undo', 'missing', 'excuse', 'add'), fc.nat(3), fc.nat(20)), { maxLength: 20 })
  .map((acts) =>
    acts.map(([act, person, earlier], seq) => {
      const body = { round: 'r', person: PEOPLE[person] }
      if (act === 'take') return entry(seq, TAKE, { ...body, tube: TUBE, position: 1, card: null, at_home: false })
      if (act === 'undo') return entry(seq, UNDO, { sample: `ref-${earlier % (seq + 1)}` })
      if (act === 'missing') return entry(seq, MISSING, { ...body, reason: 'refused' })
      if (act === 'excuse') return entry(seq, EXCUSE, { ...body, reason: 'ill' })
      return entry(seq, ADD, { round: 'r', reason: 'other', new: { id: `new-${seq}`, name: 'x', birth_year: null, sex: '', grid: 7 } })
    }),
  )

const answersTo = (entries: Entry[], picks: number[]): Answer[] =>
  entries.map((one, i) => ({ ref: one.ref, status: (['accepted', 'refused', 'conflict'] as const)[picks[i % picks.length]! % 3]! }))

describe('merging', () => {
  it('shows the same whatever order the outbox is read in', () => {
    fc.assert(fc.property(outbox, fc.infiniteStream(fc.nat()), (entries, chance) => {
      const shuffled = entries.map((one) => ({ one, at: chance.next().value as number })).sort((a, b) => a.at - b.at).map(({ one }) => one)
      expect(plain(view(BASE, shuffled, 0, samplingEffect))).toEqual(plain(view(BASE, entries, 0, samplingEffect)))
    }))
  })

  it('takes repeated, shuffled and piecemeal answers as it takes them once', () => {
    fc.assert(fc.property(outbox, fc.array(fc.nat(2), { minLength: 1 }), fc.infiniteStream(fc.nat()), (entries, picks, chance) => {
      const answers = answersTo(entries, picks)
      const once = applyAnswers(entries, answers, 3)
      const shuffled = [...answers, ...answers].map((one) => ({ one, at: chance.next().value as number })).sort((a, b) => a.at - b.at).map(({ one }) => one)
      const piecemeal = shuffled.reduce((sofar, answer) => applyAnswers(sofar, [answer], 3), entries)
      expect(piecemeal).toEqual(once)
      expect(applyAnswers(once, answers, 9)).toEqual(once)
    }))
  })

  it('keeps the first answer to a ref for ever', () => {
    const [first] = applyAnswers([entry(1, EXCUSE, {})], [{ ref: 'ref-1', status: 'accepted' }], 0)
    const [second] = applyAnswers([first!], [{ ref: 'ref-1', status: 'refused', reason: 'x' }], 0)
    expect(second).toEqual(first)
  })

  it('lets a command wait on when the server says it must', () => {
    const [still] = applyAnswers([entry(1, EXCUSE, {})], [{ ref: 'ref-1', status: 'waiting', reason: 'sync.unknown_kind' }], 0)
    expect(still!.standing).toBe('waiting')
  })

  it('applies a pull twice as once', () => {
    const pulled: Pulled = { cursor: 'c', full: false, tables: { line: { put: [line('p9')], drop: ['line-p1'] } } }
    expect(plain(applyPull(applyPull(BASE, pulled), pulled))).toEqual(plain(applyPull(BASE, pulled)))
  })

  it('forgets everything else at a full pull', () => {
    const pulled: Pulled = { cursor: 'c', full: true, tables: { line: { put: [line('p9')], drop: [] } } }
    expect([...applyPull(BASE, pulled).line!.keys()]).toEqual(['line-p9'])
  })

  it('shows an accepted sample until a pull that began later has brought it, and then only what was pulled', () => {
    const taken = entry(1, TAKE, { round: 'r', person: 'p1', tube: TUBE, position: 1, card: null, at_home: false })
    const [accepted] = applyAnswers([taken], [{ ref: 'ref-1', status: 'accepted' }], 4)
    const status = (tables: Tables) => (tables.line!.get('line-p1') as Row).status
    expect(status(view(BASE, [accepted!], 4, samplingEffect))).toBe('done')
    expect(isSettled(accepted!, 4)).toBe(false)
    expect(status(view(BASE, [accepted!], 5, samplingEffect))).toBe('missing')
  })

  it('takes a refused effect back', () => {
    const [refused] = applyAnswers([entry(1, EXCUSE, { round: 'r', person: 'p1', reason: 'ill' })], [{ ref: 'ref-1', status: 'refused' }], 0)
    expect(plain(view(BASE, [refused!], 0, samplingEffect))).toEqual(plain(BASE))
  })

  it('shows what a fresh phone would be shown once everything has settled', () => {
    fc.assert(fc.property(outbox, (entries) => {
      const server = view(BASE, entries, 0, samplingEffect)
      const rows = [...server.line!.values()]
      const accepted = applyAnswers(entries, entries.map(({ ref }) => ({ ref, status: 'accepted' as const })), 1)
      const after = applyPull(BASE, { cursor: 'c', full: false, tables: { line: { put: rows, drop: [] } } })
      expect(plain(view(after, accepted, 2, samplingEffect))).toEqual(plain(server))
    }))
  })
})

describe('effects at the table', () => {
  const taken = entry(1, TAKE, { round: 'r', person: 'p1', tube: TUBE, position: 1, card: { serial: 5, kid: 'k' }, at_home: false })
  const row = (entries: Entry[], base = BASE) => view(base, entries, 0, samplingEffect).line!.get('line-p1') as Row

  it('frees the person and the card when a sample is taken back', () => {
    expect(row([taken, entry(2, UNDO, { sample: 'ref-1' })])).toMatchObject({ status: 'missing', serial: null })
  })
  it('takes back a sample that the server has already confirmed', () => {
    const base = { line: new Map([['line-p1', line('p1', { status: 'done', serial: 5, sample_ref: 'ref-1' })]]) }
    const settled = { ...taken, standing: 'accepted' as const, answered: -1 }
    expect(row([settled, entry(2, UNDO, { sample: 'ref-1' })], base)).toMatchObject({ status: 'missing' })
  })
  it('leaves a person to their first swab when a second one is taken', () => {
    const second = entry(2, TAKE, { ...taken.body, card: { serial: 6, kid: 'k' } })
    expect(row([taken, second])).toMatchObject({ sample_ref: 'ref-1', serial: 5 })
  })
  it('never lets a word about someone outweigh their swab', () => {
    expect(row([taken, entry(2, EXCUSE, { round: 'r', person: 'p1', reason: 'ill' })]).status).toBe('done')
    expect(row([taken, entry(2, MISSING, { round: 'r', person: 'p1', reason: 'refused' })]).status).toBe('done')
  })
})
