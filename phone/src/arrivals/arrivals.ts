// Arrivals of this phone's grids; writing one down and taking back what this phone wrote.
import { computed } from 'vue'
import { now } from '../store/device.ts'
import { act, entries, rowsOf, who } from '../sync/live.ts'
import type { Row } from '../sync/merge.ts'
import { REGISTER, registerArrival, UNDO, undoArrival } from './commands.ts'
import { bodyOf, inOrder, type Arrival, type Draft } from './rules.ts'

export const arrivals = computed<Arrival[]>(() => inOrder(rowsOf<Arrival>('arrival').values()))
export const waiting = computed(() => arrivals.value.filter((one) => !one.decided).length)

/** Gate keepers send people on to any grid; grid workers write down their own. */
export const anywhere = computed(() => (who.value?.roles ?? []).some((role) => role === 'gate_keeper' || role === 'office'))
export const grids = computed<number[]>(() => {
  const all = [...rowsOf<Row & { grid: number }>('prefix').values()].map((row) => row.grid)
  const mine = who.value?.grids ?? []
  return [...new Set(anywhere.value || !mine.length ? [...all, ...mine] : mine)].sort((a, b) => a - b)
})

export const register = async (draft: Draft): Promise<void> =>
  void (await act([registerArrival(bodyOf(draft, new Date(now()).toISOString()))]))

/** What this phone wrote down and has not taken back, as far as it remembers. */
export const own = computed<ReadonlySet<string>>(() => {
  const gone = new Set(entries.value.filter(({ kind }) => kind === UNDO).map(({ body }) => body.arrival))
  return new Set(entries.value.filter(({ kind, ref }) => kind === REGISTER && !gone.has(ref)).map(({ ref }) => ref))
})
export const undo = async (arrival: string): Promise<void> => void (await act([undoArrival(arrival)]))
