import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { chooseTube, judgeCard, judgePerson, judgeTube, maySample, partition, type CardFacts, type PersonFacts, type StandingFacts, type TubeFacts, type Verdict } from './rules.ts'

type Cases<T> = { cases: (T & { name?: string })[] }
const contract = <T>(name: string): (T & { name?: string })[] =>
  (JSON.parse(readFileSync(new URL(`../../../contracts/cases/sampling-${name}.json`, import.meta.url), 'utf8')) as Cases<T>).cases

describe('contract cases of the sampling table', () => {
  it.each(contract<{ facts: PersonFacts; expect: Verdict }>('person'))('person: $name', ({ facts, expect: wanted }) => {
    expect(judgePerson(facts)).toEqual(wanted)
  })
  it.each(contract<{ facts: TubeFacts; choose: string; expect: Verdict }>('tube'))('tube: $name', ({ facts, choose, expect: wanted }) => {
    expect(chooseTube(facts)).toBe(choose)
    expect(judgeTube(facts)).toEqual(wanted)
  })
  it.each(contract<{ card: CardFacts | null; round: number; grid: number | null; expect: Verdict }>('card'))('card: $name', ({ card, round, grid, expect: wanted }) => {
    expect(judgeCard(card, round, grid)).toEqual(wanted)
  })
  it.each(contract<{ verdicts: Verdict[]; expect: Verdict }>('verdicts'))('together: $name', ({ verdicts, expect: wanted }) => {
    expect(maySample(...verdicts)).toEqual(wanted)
  })
  it.each(contract<{ facts: StandingFacts; expect: string }>('partition'))('standing of $facts', ({ facts, expect: wanted }) => {
    expect(partition(facts)).toBe(wanted)
  })
})
