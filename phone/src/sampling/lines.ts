// The roster lines of one's own grids: what a line holds, and finding one by code or by a few letters.
import { canonicalResidentCode as residentCode } from '../cards/codes.ts'
import { fromBase64, toHex, utf8 } from '../store/bytes.ts'
import type { Row } from '../sync/merge.ts'
import type { Standing } from './rules.ts'

export { residentCode }
/** A roster line as contracts/phone.schema.json has it (`line`). `status` is `partition` of the facts. */
export type Line = Row & {
  round: string
  person: string
  name: string
  name_bo: string
  nickname: string
  birth_year: number | null
  sex: string
  grid: number
  household: string
  order: number
  code_hash: string
  keys: string[]
  status: Standing
  excuse: string
  gone: string
  single_only: boolean
  single_why: string
  /** The command that took the sample; '' while nobody has. */
  sample_ref: string
  serial: number | null
  at_home: boolean
  reason: string
  called: boolean
  comes_at: string | null
  phone_tail: string
  added: boolean
  /** The ref of the last word about them. */
  version: string
}
/** All codes of one grid: the first six bytes of each code's hash, put together, in base64. */
export type Prefix = Row & { grid: number; prefixes: string }

const WIDE = /[\uff01-\uff5e]/g
const TIBETAN_DIGITS = /[\u0f20-\u0f29]/g

/** How typed letters and stored keys are compared: NFC, half width, Western digits, no marks between syllables. */
export const folded = (text: string): string =>
  text.normalize('NFC')
    .replace(WIDE, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(TIBETAN_DIGITS, (c) => String.fromCharCode(c.charCodeAt(0) - 0x0f20 + 48))
    .toLowerCase()
    .replace(/[\s·\u0f0b\u0f0c\u0f0d'’.\-]/g, '')

const wordsOf = (line: Line): string[] =>
  [line.name, line.name_bo, line.nickname, line.phone_tail, ...line.keys].filter(Boolean).map(folded)

const rank = (words: string[], asked: string): number => {
  if (words.some((word) => word === asked)) return 0
  if (words.some((word) => word.startsWith(asked))) return 1
  return words.some((word) => word.includes(asked)) ? 2 : 9
}

/** Lines that match, best first; those still due before those done. At most `limit`. */
export function findLines(lines: Iterable<Line>, typed: string, limit = 30): Line[] {
  const asked = folded(typed)
  if (!asked) return []
  return [...lines]
    .map((line) => ({ line, rank: rank(wordsOf(line), asked) }))
    .filter((hit) => hit.rank < 9)
    .sort((a, b) => a.rank - b.rank || Number(a.line.status === 'done') - Number(b.line.status === 'done') || byHouse(a.line, b.line))
    .slice(0, limit)
    .map((hit) => hit.line)
}

export const byHouse = (a: Line, b: Line): number =>
  a.grid - b.grid || a.order - b.order || a.household.localeCompare(b.household, 'zh', { numeric: true }) || a.name.localeCompare(b.name, 'zh')

/** SHA-256 over the printed code, lower-case hex: how phones know a code without holding it. */
export const codeHash = async (code: string): Promise<string> => toHex(await crypto.subtle.digest('SHA-256', utf8(code)))

/** The grid a code of this community belongs to, from the hashed beginnings alone; null if none matches. */
export function gridOfHash(prefixes: Iterable<Prefix>, hash: string): number | null {
  for (const row of prefixes) if (packedHas(row.prefixes, hash)) return row.grid
  return null
}

const PACKED = 6 // bytes of each hash in a packed row
function packedHas(packed: string, hash: string): boolean {
  const hex = toHex(fromBase64(packed))
  for (let at = 0; at < hex.length; at += PACKED * 2) if (hash.startsWith(hex.slice(at, at + PACKED * 2))) return true
  return false
}

/** Age in the year of `at`; null where the birth year is unknown. */
export const ageOf = (line: Pick<Line, 'birth_year'>, at: number): number | null =>
  line.birth_year ? new Date(at).getFullYear() - line.birth_year : null
