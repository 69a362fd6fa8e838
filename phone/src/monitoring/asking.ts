// Calling down the list: who is asked today, who was, and what they said. One state for the screen.
import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { moment } from '../app/session.ts'
import { act, entries, rowsOf, who } from '../sync/live.ts'
import type { Row } from '../sync/merge.ts'
import { dayOf } from '../ui/days.ts'
import { signalSound, type Signal } from '../ui/sound.ts'
import { RECORD, recordCheck, UNDO, undoCheck } from './commands.ts'
import { isAbnormal, slotAt, tenths, type How, type Reached, type Slot } from './rules.ts'

export type Asking = Row & { slots: Slot[]; fever: number | null; symptoms: { code: string; zh: string; bo: string; en: string }[] }
export type Checked = Row & { name: string; name_bo: string; birth_year: number | null; grid: number; household: string; house: string; order: number; phone: string; twice: boolean; morning_at: string; evening_at: string }
export type Daily = Row & { person: string; day: string; slot: Slot; reached: Reached; abnormal: boolean }
export type Line = Checked & { state: Signal | '' }

export const asking = computed<Asking | null>(() => [...rowsOf<Asking>('asking').values()][0] ?? null)
export const today = computed(() => dayOf(moment.value))
export const slot = computed<Slot>(() => slotAt(moment.value, asking.value?.slots ?? []))

/** Each person's last check of this slot: ids are made in order of time. */
const latest = computed(() => {
  const found = new Map<string, Daily>()
  const rows = [...rowsOf<Daily>('daily').values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  for (const row of rows) if (row.day === today.value && row.slot === slot.value) found.set(row.person, row)
  return found
})
const stateOf = (row: Daily | undefined): Signal | '' => (!row ? '' : row.reached !== 'yes' ? 'look' : row.abnormal ? 'no' : 'yes')

export const lines = computed<Line[]>(() =>
  [...rowsOf<Checked>('checked').values()]
    .sort((a, b) => a.grid - b.grid || a.order - b.order || a.household.localeCompare(b.household, 'zh') || (a.id < b.id ? -1 : 1))
    .map((row) => ({ ...row, state: stateOf(latest.value.get(row.id)) })))
/** Whoever was not reached is called again. */
export const open = computed(() => lines.value.filter((line) => line.state === '' || line.state === 'look'))
export const unwell = computed(() => lines.value.filter((line) => line.state === 'no'))

const EMPTY = { temperature: '', how: 'phone' as How, note: '' }
export const entry = reactive({ ...EMPTY })
export const symptoms = ref<string[]>([])
export const justDone = shallowRef<{ name: string; state: Signal } | null>(null)

export function clear(): void {
  Object.assign(entry, EMPTY)
  symptoms.value = []
}
watch(who, (someone) => {
  if (someone) return
  clear()
  justDone.value = null
}, { flush: 'sync' })

export function toggle(code: string): void {
  symptoms.value = symptoms.value.includes(code) ? symptoms.value.filter((one) => one !== code) : [...symptoms.value, code]
}

let recording = false

/** On disk before the screen says it. */
export async function record(line: Checked, reached: Reached): Promise<boolean> {
  const temperature = tenths(entry.temperature)
  if (recording || (reached === 'yes' && temperature === undefined)) return false
  recording = true
  try {
    const told = reached === 'yes'
    const said = { temperature: told ? (temperature ?? null) : null, symptoms: told ? [...symptoms.value] : [] }
    await act([recordCheck({ person: line.id, slot: slot.value, how: entry.how, reached, note: entry.note.trim(), ...said })])
    const state: Signal = !told ? 'look' : isAbnormal(said.temperature, asking.value?.fever ?? null, said.symptoms) ? 'no' : 'yes'
    justDone.value = { name: line.name, state }
    clear()
    signalSound(state)
    return true
  } finally {
    recording = false
  }
}

/** The last check of this phone today that has not been taken back. */
export const undoable = computed(() => {
  const back = new Set(entries.value.filter((one) => one.kind === UNDO).map((one) => one.body.check))
  const mine = entries.value.filter((one) => one.kind === RECORD && !back.has(one.ref) && one.standing !== 'refused')
  return mine.filter((one) => dayOf(Date.parse(one.at)) === today.value).at(-1) ?? null
})

export async function undo(): Promise<void> {
  if (!undoable.value) return
  await act([undoCheck(undoable.value.ref)])
  justDone.value = null
  signalSound('look')
}
