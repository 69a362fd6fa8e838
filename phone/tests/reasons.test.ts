import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { cardWords } from '../src/checking/judge.ts'
import { why } from '../src/sampling/words.ts'
import { speak } from '../src/ui/text.ts'

const source = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const codes = (text: string): string[] => [...text.matchAll(/'([a-z0-9_]+)'/g)].map(([, code]) => code!)
const section = (text: string, name: string): string => new RegExp(`export type ${name} =([\\s\\S]*?)\\n\\n`).exec(text)![1]!

beforeAll(() => speak('zh'))

describe('every reason has words', () => {
  it.each(codes(section(source('../src/cards/reasons.ts'), 'Reason')))('a card that is %s', (code) => {
    expect(cardWords(code)).not.toMatch(/^phone\./)
  })
  it.each(codes(section(source('../src/cards/verdict.ts'), 'Look')))('a gate that says %s', (code) => {
    expect(cardWords(code)).not.toMatch(/^phone\./)
  })
  it.each([...new Set([...source('../../zhegu/sampling/rules/words.py').split('class Why')[1]!.matchAll(/= "([a-z_]+)"/g)].map(([, code]) => code!))])('a table that says %s', (code) => {
    expect(why(code)).not.toContain(code)
  })
})
