import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bundledTexts, LANGUAGES, namedInSources, readCatalogue } from '../tools/texts.ts'

const catalogue = readCatalogue()
const holes = (sentence: string): string[] => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort()
const contract = JSON.parse(readFileSync(new URL('../../contracts/phone.schema.json', import.meta.url), 'utf8')) as { commands: object }

describe('the sentences of the phone', () => {
  it('names no sentence that is not in the catalogue', () => {
    const unknown = [...namedInSources().keys].filter((key) => !catalogue.has(key) && !(key in contract.commands))
    expect(unknown).toEqual([])
  })
  it('builds no key of which nothing is in the catalogue', () => {
    const empty = [...namedInSources().beginnings].filter((head) => ![...catalogue.keys()].some((key) => key.startsWith(head)))
    expect(empty).toEqual([])
  })
  it('has every sentence in three different languages with the same placeholders', () => {
    for (const [key, row] of catalogue) {
      expect(holes(row.bo), key).toEqual(holes(row.zh))
      expect(holes(row.en), key).toEqual(holes(row.zh))
      if (key.startsWith('phone.')) expect(row.bo, key).toMatch(/[\u0f40-\u0fbc]/)
    }
  })
  it('bundles nothing that no screen names', () => {
    const bundled = Object.keys(bundledTexts('zh'))
    for (const language of LANGUAGES) expect(Object.keys(bundledTexts(language))).toEqual(bundled)
    const unused = [...catalogue.keys()].filter((key) => key.startsWith('phone.') && !bundled.includes(key))
    expect(unused).toEqual([])
  })
})
