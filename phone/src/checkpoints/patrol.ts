// A patrol: its route, the points passed on this round, what was found there in numbers.
import { computed, ref } from 'vue'
import { moment } from '../app/session.ts'
import { act, rowsOf } from '../sync/live.ts'
import type { Row } from '../sync/merge.ts'
import { signalSound } from '../ui/sound.ts'
import { recordFinding, undoFinding } from './commands.ts'
import { SEEN_FOR, type Did, type Found } from './rules.ts'

export type Route = Row & { name: string; name_bo: string; points: string[] }
export type Finding = Row & { route: string; point: number; at: string; found: Found; people: number; did: Did }

export const routes = computed(() => [...rowsOf<Route>('route').values()].sort((a, b) => a.name.localeCompare(b.name, 'zh')))
export const chosen = ref('')
export const route = computed(() => routes.value.find((one) => one.id === chosen.value) ?? routes.value[0] ?? null)

/** The last 24 hours on this route, newest first. */
export const findings = computed(() =>
  [...rowsOf<Finding>('finding').values()]
    .filter((row) => row.route === route.value?.id && Date.parse(row.at) > moment.value - SEEN_FOR)
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at)))
/** When a point was last passed, by its number. */
export const passed = computed(() => {
  const last = new Map<number, number>()
  for (const { point, at } of findings.value) last.set(point, Math.max(last.get(point) ?? 0, Date.parse(at)))
  return last
})
export const met = computed(() => findings.value.reduce((sum, { people }) => sum + people, 0))

export async function pass(point: number, found: Found = 'nothing', people = 0, did: Did = 'nothing'): Promise<void> {
  if (!route.value) return
  await act([recordFinding({ route: route.value.id, point, found, people, did })])
  signalSound(found === 'nothing' ? 'yes' : 'look')
}

/** The newest of this route, whoever of the patrol wrote it down. */
export async function undo(): Promise<void> {
  const last = findings.value[0]
  if (last) await act([undoFinding(last.id)])
}
