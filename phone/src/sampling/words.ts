// Sampling facts as people say them.
import { hasText, language, t } from '../ui/text.ts'
import type { Row } from '../sync/merge.ts'
import { rowsOf } from '../sync/live.ts'
import { dayName } from '../ui/dates.ts'
import { ageOf, type Line } from './lines.ts'

/** Grid, house, age: what tells two people of one name apart. */
export function about(line: Line, at: number): string {
  const age = ageOf(line, at)
  return [
    age === null ? t('phone.age_unknown') : t('phone.age', { n: age }),
    line.sex === 'm' || line.sex === 'f' ? t(`phone.sex_${line.sex}`) : '',
    t('phone.grid', { no: line.grid }),
    line.household ?? '',
  ].filter(Boolean).join(' · ')
}

/** Reasons of the server's door that may stand on the list of what was not taken. */
const AT_THE_DOOR = [
  'sync.device_revoked', 'sync.device_expired', 'sync.staff_locked_out', 'sync.bad_proof', 'sync.unreadable',
  'sync.unknown_kind', 'sync.failed', 'sync.clock_far_off', 'sync.bad_body', 'sync.outside', 'sync.not_found',
]

/** A reason code in words: the phone's own, else the catalogue's, else the code itself. */
export function why(reason: string, values: Record<string, string | number> = {}): string {
  if (!reason) return ''
  const bare = reason.replace(/^(sampling|cards|phone)\./, '')
  const known = AT_THE_DOOR.includes(reason) ? reason : `phone.why_${bare}`
  for (const key of [known, reason]) if (hasText(key)) return t(key, values)
  return t('phone.why_other', { code: reason })
}

type Reason = Row & { kind: string; code: string; zh?: string; bo?: string; en?: string }

/** A closed list of reasons as the office keeps it; the words come with it or from the catalogue. */
export const reasonsOf = (kind: string): { code: string; words: string }[] =>
  [...rowsOf<Reason>('reason').values()]
    .filter((one) => one.kind === kind)
    .map((one) => ({ code: one.code, words: wordsOfReason(one) }))

const wordsOfReason = (one: Reason): string =>
  one[language.value] || (hasText(`phone.reason_${one.code}`) ? t(`phone.reason_${one.code}`) : one.code)

export const reasonWords = (kind: string, code: string): string =>
  reasonsOf(kind).find((one) => one.code === code)?.words ?? (hasText(`phone.reason_${code}`) ? t(`phone.reason_${code}`) : code)

export const shortDay = (at?: string): string => (at ? dayName(Date.parse(at)) : '')
