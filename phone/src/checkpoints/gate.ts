// The gate: who stands here, what they showed, how it ends. One state for the screen; rules.ts proposes.
import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { moment } from '../app/session.ts'
import { judge, type Judged } from '../checking/judge.ts'
import { now } from '../store/device.ts'
import { contact } from '../sync/courier.ts'
import { act, entries, rowsOf, who } from '../sync/live.ts'
import type { Row } from '../sync/merge.ts'
import { AHEAD } from '../ui/days.ts'
import { signalSound } from '../ui/sound.ts'
import { RECORD, recordCrossing, UNDO, undoCrossing, type CrossingBody } from './commands.ts'
import {
  countsAt, goingOut, isOpen, propose, readPlate, restricts, SEEN_FOR, SIGNALS,
  type Ask, type Direction, type Errand, type Facts, type Leave, type Outcome, type Shown, type Vehicle,
} from './rules.ts'
import { visitors, type Crossing, type Visitor } from './visitors.ts'

export type Gate = Row & { name: string; name_bo: string; road: string; opens: string; closes: string; asks: Ask[]; restricts_until: string; plate_prefix: string }
type Allowed = Row & { gate: string; plate: string; plate_key: string; errand: Errand; whose: string; since: string; until: string }

export const gates = computed<Gate[]>(() => [...rowsOf<Gate>('gate').values()].sort((a, b) => a.name.localeCompare(b.name, 'zh')))
export const chosen = ref('')
export const gate = computed<Gate | null>(() => gates.value.find((one) => one.id === chosen.value) ?? gates.value[0] ?? null)

/** Whether this gate may hold anybody now; where not, it asks nothing. */
export const restricting = computed(() => restricts(gate.value?.restricts_until ?? '', moment.value))
export const asks = computed<readonly Ask[]>(() => (restricting.value ? gate.value?.asks ?? [] : []))

/** The last 24 hours of all gates on this phone, and of this one. */
const recent = computed(() => [...rowsOf<Crossing>('crossing').values()].filter((row) => Date.parse(row.at) > moment.value - SEEN_FOR))
export const crossings = computed(() => recent.value.filter((row) => row.gate === gate.value?.id))

const allowedHere = computed(() =>
  [...rowsOf<Allowed>('allowed').values()].filter((row) => !row.gate || row.gate === gate.value?.id))
const isAllowed = (key: string, at: number): boolean =>
  !!key && allowedHere.value.some((row) => row.plate_key === key && countsAt(row.since, row.until, at))

/** Whoever may come (again): those of the last 24 hours, then those on the list. */
export const known = computed<Visitor[]>(() => {
  const seen = visitors(recent.value)
  const keys = new Set(seen.map((one) => one.plate_key))
  const listed = allowedHere.value.filter((row) => !keys.has(row.plate_key) && countsAt(row.since, row.until, moment.value))
  return [...seen, ...listed.map(({ plate, plate_key, errand, whose, since }): Visitor => ({
    key: plate_key, plate, plate_key, errand, name: whose, at: since, vehicle: 'truck', people: 1, coming_from: '', going_to: '', last: '',
  }))]
})

const EMPTY = {
  direction: 'in' as Direction, vehicle: '' as Vehicle | '', errand: 'other' as Errand, people: 1, plate: '', name: '',
  id_number: '', phone: '', coming_from: '', going_to: '', temperature: '', permit_no: '', note: '',
}
export const entry = reactive({ ...EMPTY })
export const checks = ref<Record<string, Shown>>({})
export const card = shallowRef<Judged | null>(null)
export const justDone = shallowRef<{ ref: string; outcome: Outcome; why: string; who: string } | null>(null)

export function clear(): void {
  Object.assign(entry, EMPTY)
  checks.value = {}
  card.value = null
}

/** Someone begins to be written down: what was said about the one before leaves the screen. */
export const begin = (): void => void (justDone.value = null)

/** Whoever locks the phone leaves nobody on it. */
watch(who, (someone) => {
  if (someone) return
  clear()
  begin()
}, { flush: 'sync' })

/** A known visitor: filled in with one tap; whoever went in last now goes out, and the other way round. */
export function meet({ plate, vehicle, name, people, errand, coming_from, going_to, last }: Visitor): void {
  begin()
  const turned = last !== ''
  const [from, to] = turned ? [going_to, coming_from] : [coming_from, going_to]
  Object.assign(entry, { plate, vehicle, name, people, errand, coming_from: from, going_to: to, direction: last === 'in' ? 'out' : 'in' })
}

const CARD_CHECK: Partial<Record<Judged['colour'], Shown>> = { yes: 'ok', no: 'not_ok' }
const COLOURS = { yes: 'green', look: 'yellow', no: 'red' } as const

/** A card or pass was scanned; where this gate asks for cards that check is answered by it. */
export async function scanned(text: string): Promise<void> {
  begin()
  card.value = await judge(text)
  signalSound(card.value.colour)
  const shown = CARD_CHECK[card.value.colour]
  if (shown && asks.value.some((ask) => ask.code === 'card')) checks.value = { ...checks.value, card: shown }
}

export function answer(code: string, shown: Shown): void {
  begin()
  const { [code]: before, ...others } = checks.value
  checks.value = before === shown ? others : { ...others, [code]: shown }
}

/** What has no answer yet is in order. */
export function allInOrder(): void {
  begin()
  const asked = asks.value.map((ask) => [ask.code, 'ok'] as const)
  checks.value = { ...Object.fromEntries(asked), ...checks.value }
}

/** `36.6` → 366; '' → null; undefined where it cannot be read or nobody is that warm. */
export function tenths(said: string): number | null | undefined {
  const tidy = said.normalize('NFKC').replace(/[，,。]/g, '.').trim()
  if (!tidy) return null
  const read = /^\d{2}(\.\d)?$/.test(tidy) ? Math.round(Number(tidy) * 10) : 0
  return read >= 300 && read <= 450 ? read : undefined
}

const hourOf = (at: number): string => new Date(at + AHEAD).toISOString().slice(11, 16)
export const openNow = computed(() => !gate.value || isOpen(gate.value.opens, gate.value.closes, hourOf(moment.value)))
export const plate = computed(() => readPlate(entry.plate))

type LeaveRow = Row & Leave & { since: string; until: string }
const weekdayOf = (at: number): number => new Date(at + AHEAD).getUTCDay() || 7

/** Whether whoever leaves may go out, by the card that was scanned. */
export const going = computed(() => {
  const leaves = [...rowsOf<LeaveRow>('leave').values()].filter((row) => countsAt(row.since, row.until, moment.value))
  const claims = card.value?.genuine ? card.value.claims : undefined
  const seen = claims ? { grid: claims.grid, hours: (moment.value / 1000 - claims.time) / 3600 } : null
  return entry.direction === 'out' && restricting.value ? goingOut(seen, leaves, weekdayOf(moment.value), hourOf(moment.value)) : 'free'
})

/** Whether anything has been said about whoever stands there. */
export const begun = computed(() =>
  !!(entry.plate || entry.name || entry.temperature || card.value || Object.keys(checks.value).length))

export const proposal = computed(() => {
  const facts: Facts = {
    direction: entry.direction, checks: checks.value, temperature: tenths(entry.temperature) ?? null,
    allowed: isAllowed(plate.value.key, moment.value), open: openNow.value, card: card.value ? COLOURS[card.value.colour] : '',
    going: going.value, restricts: restricting.value,
  }
  return propose(facts, asks.value)
})

let recording = false

/** It ended so: on disk before the screen says it, and the next may come. */
export async function record(outcome: Outcome, why: string): Promise<void> {
  const at = gate.value
  if (!at || recording || tenths(entry.temperature) === undefined) return
  recording = true
  try {
    const { temperature, vehicle, ...said } = entry
    const body: CrossingBody = {
      ...said, gate: at.id, outcome, why, vehicle: vehicle || (entry.plate.trim() ? 'car' : 'none'), checks: checks.value,
      temperature: tenths(temperature) ?? null, colour: card.value ? COLOURS[card.value.colour] : '',
      card: card.value?.claims ? { serial: card.value.claims.serial, kid: card.value.kid } : null, offline: contact.value !== 'ok',
    }
    const [done] = await act([recordCrossing(body)])
    justDone.value = { ref: done!, outcome, why, who: entry.plate.trim() || entry.name.trim() }
    clear()
    signalSound(SIGNALS[outcome])
  } finally {
    recording = false
  }
}

/** The last crossing of this phone that has not been taken back. */
export const undoable = computed(() => {
  const back = new Set(entries.value.filter((one) => one.kind === UNDO).map((one) => one.body.crossing))
  return entries.value.filter((one) => one.kind === RECORD && !back.has(one.ref) && Date.parse(one.at) > now() - SEEN_FOR).at(-1) ?? null
})

export async function undo(): Promise<void> {
  if (!undoable.value) return
  await act([undoCrossing(undoable.value.ref)])
  justDone.value = null
  signalSound('look')
}
