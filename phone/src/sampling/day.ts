// The counts of the day over one's own grids; done + excused + missing + moved + not found = roster.
import { computed } from 'vue'
import { entries, who } from '../sync/live.ts'
import { UNDO, TAKE, type TakeBody } from './commands.ts'
import type { Line } from './lines.ts'
import type { Standing } from './rules.ts'
import { lines, round } from './table.ts'

export type Count = Record<Standing, number> & { roster: number; due: number }

export function countLines(some: readonly Line[]): Count {
  const count: Count = { roster: some.length, due: 0, done: 0, excused: 0, missing: 0, moved: 0, not_found: 0 }
  for (const line of some) count[line.status] += 1
  count.due = count.roster - count.excused
  return count
}

/** Lines of the grids this person answers for; all on this phone for someone without a grid of their own. */
export const myLines = computed<Line[]>(() => {
  const grids = who.value?.grids ?? []
  return grids.length ? lines.value.filter((line) => grids.includes(line.grid)) : lines.value
})

export const myDay = computed(() => {
  const grids = [...grouped(myLines.value)].map(([no, some]) => ({ no, ...countLines(some) }))
  grids.sort((a, b) => b.missing - a.missing || a.no - b.no)
  return { ...countLines(myLines.value), grids }
})

function grouped(some: readonly Line[]): Map<number, Line[]> {
  const found = new Map<number, Line[]>()
  for (const line of some) found.set(line.grid, [...(found.get(line.grid) ?? []), line])
  return found
}

/** What this phone did in the open round: samples not taken back, and the tubes they lie in. */
export const dayCounts = computed(() => {
  const back = new Set(entries.value.filter((one) => one.kind === UNDO).map((one) => one.body.sample))
  const mine = entries.value.filter((one) => one.kind === TAKE && !back.has(one.ref) && (one.body as TakeBody).round === round.value?.id)
  return { samples: mine.length, tubes: new Set(mine.map((one) => (one.body as TakeBody).tube.id)).size }
})
