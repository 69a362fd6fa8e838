// The one text catalogue (texts/*.tsv) as the phone bundles it: only keys the sources name, one module per language.
import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Plugin } from 'vite'
import { filesUnder } from './files.ts'

export const LANGUAGES = ['zh', 'bo', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
export type Row = Record<Language, string>

const TEXTS = resolve(import.meta.dirname, '../../texts')
const SOURCES = resolve(import.meta.dirname, '../src')
const AREAS = readdirSync(TEXTS).filter((name) => name.endsWith('.tsv')).map((name) => name.slice(0, -4))
/** Names of what is due come with the rules, so no source names them. */
const DUTY = /^[a-z]+\.duty_/
const KEY = `(?:${AREAS.join('|')})\\.`
const WHOLE = new RegExp(`['\`](${KEY}[a-z0-9_.]+)['\`]`, 'g')
const BEGINNING = new RegExp(`\`(${KEY}[a-z0-9_.]*)\\$\\{`, 'g')

/** Every row of these areas. */
export function readCatalogue(areas: string[] = AREAS): Map<string, Row> {
  const found = new Map<string, Row>()
  const files = readdirSync(TEXTS)
  for (const area of areas.filter((name) => files.includes(`${name}.tsv`))) {
    const lines = readFileSync(join(TEXTS, `${area}.tsv`), 'utf8').split(/\r?\n/).slice(1)
    for (const line of lines.filter(Boolean)) {
      const [key, zh, bo, en] = line.split('\t')
      if (key && zh && bo && en) found.set(key, { zh, bo, en })
    }
  }
  return found
}

const sourceFiles = (folder: string): string[] =>
  filesUnder(folder).filter((path) => /\.(ts|vue)$/.test(path) && !/\.test\.ts$/.test(path))

/** Whole keys (`'phone.undo'`) and beginnings (`` `phone.day.${…}` ``) that the sources name. */
export function namedInSources(): { keys: Set<string>; beginnings: Set<string> } {
  const keys = new Set<string>()
  const beginnings = new Set<string>()
  for (const path of sourceFiles(SOURCES)) {
    const source = readFileSync(path, 'utf8')
    for (const [, key] of source.matchAll(WHOLE)) keys.add(key!)
    for (const [, head] of source.matchAll(BEGINNING)) beginnings.add(head!)
  }
  return { keys, beginnings }
}

/** The sentences of one language that this app can ever show. */
export function bundledTexts(language: Language): Record<string, string> {
  const { keys, beginnings } = namedInSources()
  const wanted = (key: string) => keys.has(key) || DUTY.test(key) || [...beginnings].some((head) => key.startsWith(head))
  const rows = [...readCatalogue()].filter(([key]) => wanted(key))
  return Object.fromEntries(rows.map(([key, row]) => [key, row[language]]))
}

export function texts(): Plugin {
  const head = 'virtual:texts/'
  return {
    name: 'zhegu-texts',
    resolveId: (id) => (id.startsWith(head) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${head}`)) return
      const language = id.slice(head.length + 1) as Language
      return `export default ${JSON.stringify(bundledTexts(language))}`
    },
  }
}
