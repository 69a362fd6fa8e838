// Sampling facts as people say them.
import { hasText, t } from '../ui/text.ts'
import type { Row } from '../sync/merge.ts'
import { rowsOf } from '../sync/live.ts'
import { ageOf, type Line } from './lines.ts'

/** Grid, house, age: what tells two people of one name apart. */
export function about(line: Line, at: number): string {
  const age = ageOf(line, at)
  return [
    age === null ? t('phone.age_unknown') : t('phone.age', { n: age }),
    line.sex === 'm' || line.sex === 'f' ? t(`phone.sex_${line.sex}`) : '',
    t('phone.grid', { no: line.grid }),
    line.household,
  ].filter(Boolean).join(' · ')
}

/** Reasons of the server that stand on the list of what was not taken in the server's own words. */
const AT_THE_DOOR = [
  'sync.device_revoked', 'sync.device_expired', 'sync.staff_locked_out', 'sync.bad_proof', 'sync.unreadable',
  'sync.unknown_kind', 'sync.failed', 'sync.clock_far_off', 'sync.bad_body', 'sync.outside', 'sync.not_found',
  'checkpoints.unknown_gate', 'checkpoints.gate_closed', 'checkpoints.why_does_not_fit', 'checkpoints.unknown_crossing', 'checkpoints.undone_before',
  'monitoring.unknown_person', 'monitoring.not_asked_daily', 'monitoring.in_future', 'monitoring.bad_temperature', 'monitoring.unknown_symptom', 'monitoring.unknown_check', 'monitoring.undone_before',
  'monitoring.unknown_measure', 'monitoring.measure_over', 'monitoring.not_yet', 'monitoring.stage_not_over', 'monitoring.tests_missing', 'monitoring.last_stage', 'monitoring.say_why', 'monitoring.say_who_ended_it',
  'care.unknown', 'care.ended_already', 'care.unknown_contact', 'care.undone_before',
  'visits.unknown_door', 'visits.closed', 'visits.answers_do_not_fit', 'visits.unknown_code', 'visits.note_needed', 'visits.unknown_said',
  'visits.undone_before', 'visits.unknown_campaign', 'visits.unknown_grid', 'visits.name_needed',
  'deliveries.not_in_team', 'deliveries.held_by_another', 'deliveries.other_door', 'deliveries.knock_first',
  'deliveries.not_filled', 'deliveries.not_disinfected', 'deliveries.not_collected', 'deliveries.step_taken_before',
  'deliveries.cannot_be_filled', 'deliveries.mark_taken', 'deliveries.other_cylinder', 'deliveries.run_closed',
  'deliveries.not_begun', 'deliveries.gone_on', 'deliveries.confirmed_before', 'deliveries.not_the_other_side',
  'deliveries.skipped_before', 'deliveries.on_the_way', 'deliveries.unknown_parcel', 'deliveries.unknown_stop',
  'deliveries.unknown_hand_over', 'deliveries.to_oneself', 'deliveries.too_late_for_it', 'deliveries.called_off',
  'orders.who_agreed', 'orders.unknown_line', 'orders.no_other_brand', 'orders.bad_number', 'orders.changed_since', 'orders.unknown_substitute',
  'orders.not_gathered', 'orders.cancelled_before', 'orders.unknown_order',
  'pictures.not_a_picture', 'pictures.too_large', 'pictures.enough',
  'checkpoints.unknown_route', 'checkpoints.unknown_point', 'checkpoints.people_do_not_fit', 'checkpoints.unknown_finding',
  'orders.unknown_household', 'orders.unknown_asked', 'orders.asked_undone_before', 'orders.on_its_way', 'orders.delivered_before',
  'handouts.unknown_share', 'handouts.closed', 'handouts.unknown_given', 'handouts.undone_before',
  'rosters.unknown_shift', 'rosters.not_begun', 'rosters.handed_over_before', 'rosters.unknown_handover', 'rosters.taken_over_before',
]

/** A reason code in words: the phone's own, else the catalogue's, else the code itself. */
export function why(reason: string, values: Record<string, string | number> = {}): string {
  if (!reason) return ''
  const bare = reason.replace(/^(sampling|cards|phone)\./, '')
  const known = AT_THE_DOOR.includes(reason) ? reason : `phone.why_${bare}`
  for (const key of [known, reason, `cards.reason_${bare}`, `cards.look_${bare}`]) if (hasText(key)) return t(key, values)
  return t('phone.why_other', { code: reason })
}

type List = 'missing' | 'excuse' | 'add' | 'gone'
type Reason = Row & { list: List; code: string; order: number; note: boolean }
/** Where the words of a code stand; written out so that they are bundled. */
const KEY: Record<List, (code: string) => string> = {
  missing: (code) => `sampling.missing_${code}`,
  excuse: (code) => `sampling.excuse_${code}`,
  add: (code) => `sampling.add_${code}`,
  gone: (code) => `sampling.gone_${code}`,
}

export const reasonWords = (list: List, code: string): string =>
  hasText(KEY[list](code)) ? t(KEY[list](code)) : code

/** A closed list as the office keeps it; `note`: this one wants a word of explanation. */
export const reasonsOf = (list: List): { code: string; words: string; note: boolean }[] =>
  [...rowsOf<Reason>('reason').values()]
    .filter((one) => one.list === list)
    .sort((a, b) => a.order - b.order)
    .map(({ code, note }) => ({ code, words: reasonWords(list, code), note }))
