import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { trustFromPlain, type TrustList } from './trust.ts'
import { verify } from './verify.ts'

interface Case {
  name: string
  list: string
  text: unknown
  expect: Record<string, unknown>
}

const file = new URL('../../../contracts/cases/card-verify.json', import.meta.url)
const contract = JSON.parse(readFileSync(file, 'utf8')) as { lists: Record<string, object>; cases: Case[] }
const lists = new Map<string, TrustList>()
for (const [name, plain] of Object.entries(contract.lists)) lists.set(name, await trustFromPlain({ ...plain }))

describe('a text is a genuine card or not, as on the server', () => {
  it.each(contract.cases.map((row) => [row.name, row] as const))('%s', async (_, row) => {
    const { kid, ...answer } = (await verify(row.text, lists.get(row.list)!)) as { kid?: string }
    expect(answer).toEqual(row.expect)
    expect(kid === undefined).toBe(row.expect.valid === false)
  })
})
