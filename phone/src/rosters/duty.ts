// My shift, who is on now, and what was handed over.
import { computed } from 'vue'
import { moment } from '../app/session.ts'
import { entries, rowsOf, who } from '../sync/live.ts'
import type { Row } from '../sync/merge.ts'
import { HAND_OVER, type Counts } from './commands.ts'
import { standing } from './rules.ts'

export type Crew = { staff: string; name: string; name_bo: string; leads: boolean }
export type Shift = Row & { post: string; post_name: string; post_name_bo: string; kind: string; starts: string; ends: string; crew: Crew[] }
export type Handover = Row & { shift: string; at: string; by: string; notes: string; counts: Counts; taken_at: string; taken_by: string }

const of = (shift: Shift, at: number) => standing(Date.parse(shift.starts), Date.parse(shift.ends), at)
const inCrew = (shift: Shift): boolean => shift.crew.some((one) => one.staff === who.value?.id)

export const shifts = computed(() => [...rowsOf<Shift>('shift').values()].sort((a, b) => Date.parse(a.starts) - Date.parse(b.starts)))
export const handovers = computed(() => [...rowsOf<Handover>('handover').values()])
export const saidOf = (shift: Shift): Handover | undefined => handovers.value.find((one) => one.shift === shift.id)

/** On now, by post. */
export const onNow = computed(() => shifts.value.filter((shift) => of(shift, moment.value) === 'on'))
/** My shifts that are on or to come, the next one first. */
export const mine = computed(() => shifts.value.filter((shift) => inCrew(shift) && of(shift, moment.value) !== 'over'))
/** What I may hand over: a shift of mine that began and was not handed over, the latest first. */
export const toHandOver = computed(() =>
  shifts.value.filter((shift) => inCrew(shift) && of(shift, moment.value) !== 'before' && !saidOf(shift)).at(-1) ?? null)
/** Left at posts of my shifts of today and not taken over; not what this phone left itself. */
export const toTakeOver = computed(() => {
  const own = new Set(entries.value.filter((one) => one.kind === HAND_OVER).map((one) => one.ref))
  const posts = new Set(shifts.value.filter(inCrew).map((shift) => shift.post))
  return handovers.value.filter((one) => !one.taken_at && !own.has(one.id) && posts.has(postOf(one)))
})
const postOf = (one: Handover): string => rowsOf<Shift>('shift').get(one.shift)?.post ?? ''

/** What I handed over on this phone and may still take back. */
export const undoable = computed(() => {
  const own = new Set(entries.value.filter((one) => one.kind === HAND_OVER && one.actor === who.value?.id).map((one) => one.ref))
  return handovers.value.find((one) => own.has(one.id) && !one.taken_at) ?? null
})
