// "Does this home need anything?": whom to ask still today, and what is being written down at this door.
import { computed, reactive, watch } from 'vue'
import { route } from '../app/router.ts'
import { moment } from '../app/session.ts'
import { act, rowsOf } from '../sync/live.ts'
import { dayOf } from '../ui/days.ts'
import { holds, ofMyGrids } from '../visits/homes.ts'
import { askHome, undoAsked, type AskBody, type Home, type Needed, type Want } from './commands.ts'

export const MOST = 99

/** Homes of the grids this person answers for, in the order in which one walks. */
export const homes = computed<Home[]>(() => ofMyGrids(rowsOf<Home>('home').values()))
export const askedToday = (one: Home, now: number): boolean => !!one.asked_at && dayOf(Date.parse(one.asked_at)) === dayOf(now)
export const left = computed(() => homes.value.filter((one) => !askedToday(one, moment.value)))
export const wants = computed(() => [...rowsOf<Want>('want').values()].sort((a, b) => a.rank - b.rank))

export const findHomes = (some: readonly Home[], typed: string): Home[] => some.filter((one) => holds(one, typed))

/** What is being written down: by want its number, and whatever is on no list. */
export const form = reactive({ many: {} as Record<string, number>, other: '', medicine: false, urgent: false, note: '' })
export function empty(): void {
  Object.assign(form, { many: {}, other: '', medicine: false, urgent: false, note: '' })
}
/** What was tapped at one door is not carried to the next. */
watch(() => route.value.rest, empty, { flush: 'sync' })
export function more(want: Want, by: number): void {
  form.many[want.id] = Math.min(MOST, Math.max(0, (form.many[want.id] ?? 0) + by))
}

export function linesOf(some: readonly Want[], many: Record<string, number>, other: string): Needed[] {
  const tapped = some.filter((one) => many[one.id]).map(({ id, item, unit, spec }) => ({ item, quantity: many[id]!, unit, spec }))
  return other.trim() ? [...tapped, { item: other.trim(), quantity: 1, unit: '', spec: '' }] : tapped
}
export const lines = computed(() => linesOf(wants.value, form.many, form.other))
export const needs = computed(() => lines.value.length + Number(form.medicine))

export async function save(home: Home): Promise<void> {
  const { medicine, urgent, note } = form
  const body: AskBody = { home: home.id, lines: lines.value, medicine, urgent: urgent && needs.value > 0, note: needs.value ? note.trim() : '' }
  empty()
  await act([askHome(body)])
}
export const undo = (home: Home): Promise<unknown> => act([undoAsked(home.asked)])
