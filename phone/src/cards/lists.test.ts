import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openLists, type CardRow } from './lists.ts'
import { verify } from './verify.ts'

interface Lists {
  kid: string
  cases: {
    name: string
    now: number
    rows: CardRow[]
    pinned: string
    least: Record<string, number>
    held: boolean
    issued: number
    activation: Record<string, string>
    texts: { text: string; expect: object }[]
  }[]
}

const file = new URL('../../../contracts/cases/card-lists.json', import.meta.url)
const { kid, cases } = JSON.parse(readFileSync(file, 'utf8')) as Lists

describe('what a phone makes of the lists it pulled', () => {
  it.each(cases)('$name', async (row) => {
    const lists = await openLists(row.rows, row.now, row.pinned, row.least)
    expect(lists !== null).toBe(row.held)
    if (!lists) return
    expect(lists.issued).toBe(row.issued)
    for (const [serial, state] of Object.entries(row.activation)) expect(lists.activation(kid, Number(serial))).toBe(state)
    expect(lists.activation('00', 12_007_000_123)).toBe('unknown')
    for (const card of row.texts) {
      const { kid: _, ...answer } = (await verify(card.text, lists.trust)) as { kid?: string }
      expect(answer).toEqual(card.expect)
    }
  })
  it('remembers the highest numbers', async () => {
    const lists = await openLists(cases[0]!.rows, cases[0]!.now)
    expect(lists?.seqs).toEqual({ keys: 3, withdrawn: 70, 'active-540526101001-12': 9 })
    expect(lists?.root).toBe(cases[0]!.rows.find((one) => one.what === 'root')?.signed)
  })
})
