import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FITTING, goingOut, isOpen, propose, readPlate, restricts, type Ask, type Facts, type Leave, type Proposal } from './rules.ts'

const contract = <T>(name: string): T[] =>
  (JSON.parse(readFileSync(new URL(`../../../contracts/cases/gate-${name}.json`, import.meta.url), 'utf8')) as { cases: T[] }).cases

describe('contract cases of a gate', () => {
  it.each(contract<{ typed: string; expect: { key: string; usual: boolean } }>('plate'))('plate $typed', ({ typed, expect: wanted }) => {
    expect(readPlate(typed)).toEqual(wanted)
  })
  it.each(contract<{ opens: string | null; closes: string | null; at: string; expect: boolean }>('hours'))('$opens–$closes at $at', ({ opens, closes, at, expect: wanted }) => {
    expect(isOpen(opens, closes, at)).toBe(wanted)
  })
  it.each(contract<{ name: string; until: string; at: string; expect: boolean }>('restricts'))('restricts: $name', ({ until, at, expect: wanted }) => {
    expect(restricts(until, Date.parse(at))).toBe(wanted)
  })
  it.each(contract<{ name: string; leaves: Leave[]; card: { grid: number; hours: number } | null; weekday: number; at: string; expect: string }>('going-out'))('going out: $name', ({ leaves, card, weekday, at, expect: wanted }) => {
    expect(goingOut(card, leaves, weekday, at)).toBe(wanted)
  })
  it.each(contract<{ name: string; asks: Ask[]; facts: Facts; expect: Proposal }>('proposal'))('$name', ({ asks, facts, expect: wanted }) => {
    expect(propose(facts, asks)).toEqual(wanted)
    expect(FITTING[wanted.outcome]).toContain(wanted.why)
  })
})
