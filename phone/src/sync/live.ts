// What every screen reads: the merged tables, the commands of this phone, and how delivery stands.
import { computed, ref, shallowRef, triggerRef } from 'vue'
import { get } from '../store/db.ts'
import { now, type Enrolment, enrolment as readEnrolment } from '../store/device.ts'
import type { Unlocked } from '../store/people.ts'
import { ABOUT_PEOPLE, loadRows } from '../store/rows.ts'
import type { Stores } from '../store/db.ts'
import { applyPull, isTroubled, view, type Effect, type Entry, type Pulled, type Row, type Tables } from './merge.ts'
import { enqueue, entries as readEntries, prepare } from './outbox.ts'
import { lastMark } from './pull.ts'

export const enrolment = shallowRef<Enrolment | null>(null)
export const who = shallowRef<Unlocked | null>(null)
const base = shallowRef<Tables>({})
const pulls = ref(0)
export const entries = shallowRef<Entry[]>([])
export const pulledAt = ref<number | undefined>()

let effect: Effect = (tables) => tables
/** The app hands in what each domain's commands do to the tables. */
export const useEffects = (effects: Effect[]): void => {
  effect = (tables, entry) => effects.reduce((sofar, one) => one(sofar, entry), tables)
}

export const tables = computed<Tables>(() => view(base.value, entries.value, pulls.value, effect))
export const rowsOf = <T extends Row>(name: string): ReadonlyMap<string, T> =>
  (tables.value[name] ?? new Map()) as ReadonlyMap<string, T>
/** The same as last pulled, without what this phone's own commands did to it. */
export const pulledOf = <T extends Row>(name: string): ReadonlyMap<string, T> => (base.value[name] ?? new Map()) as ReadonlyMap<string, T>

export const unsent = computed(() => entries.value.filter((entry) => entry.standing === 'waiting').length)
export const troubled = computed(() => entries.value.filter(isTroubled))

/** Reads the outbox again: after delivery, or when another tab wrote. */
export async function reloadEntries(): Promise<void> {
  entries.value = await readEntries()
}

/** Reads everything this phone knows; rows about people only while someone is unlocked. */
export async function reload(): Promise<void> {
  enrolment.value = (await readEnrolment()) ?? null
  pulledAt.value = await get<number>('device', 'pulled_at')
  pulls.value = (await lastMark())?.pulls ?? 0
  base.value = await loadRows(who.value?.roster_key ?? null)
  await reloadEntries()
}

/** Takes a finished pull into memory without reading all of it back from disk. */
export async function takeIn(pulled: Pulled, count: number): Promise<void> {
  base.value = applyPull(base.value, pulled)
  pulls.value = count
  pulledAt.value = Date.now()
  await reloadEntries()
}

/** Nobody is unlocked: names leave the memory. */
export function forget(): void {
  who.value = null
  base.value = Object.fromEntries(Object.entries(base.value).filter(([name]) => !ABOUT_PEOPLE.has(name)))
}

const wires = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('zhegu')
export const tellOthers = (what: 'outbox' | 'rows' | 'people'): void => wires?.postMessage(what)
export const onOthers = (act: (what: string) => void): void => {
  wires?.addEventListener('message', (event) => act(String(event.data)))
}

let wake: () => void = () => {}
export const onNewCommand = (act: () => void): void => void (wake = act)

export type Command = { kind: string; body: Record<string, unknown>; supersedes?: string }

/** Does something: signed by whoever is unlocked, on disk with its effect before this resolves. Answers the refs. */
export async function act(
  commands: Command[], alongside?: (stores: Pick<Stores, 'device'>) => void,
): Promise<string[]> {
  const [by, device] = [who.value, enrolment.value?.device]
  if (!by || !device) throw new Error('locked')
  const prepared = []
  for (const { kind, body, supersedes } of commands) {
    prepared.push(await prepare(by, device, kind, body, now(), supersedes))
  }
  await enqueue(prepared, alongside)
  entries.value = [...entries.value, ...prepared.map(({ entry }) => entry)]
  triggerRef(entries)
  tellOthers('outbox')
  wake()
  return prepared.map(({ entry }) => entry.ref)
}
