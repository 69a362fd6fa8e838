// Doors of one's own places, and how far a campaign is; done + excused + missing + moved + not found = roster.
import { computed } from 'vue'
import type { Standing } from '../sampling/rules.ts'
import { folded } from '../sampling/lines.ts'
import { rowsOf, who } from '../sync/live.ts'
import type { Campaign, Door } from './commands.ts'

export const campaigns = computed(() => [...rowsOf<Campaign>('campaign').values()].sort((a, b) => b.no - a.no))

/** Doors of the grids this person answers for; all on this phone for someone without a grid of their own. */
export const myDoors = computed<Door[]>(() => {
  const grids = who.value?.grids ?? []
  const all = [...rowsOf<Door>('door').values()]
  return (grids.length ? all.filter((door) => !door.grid || grids.includes(door.grid)) : all).sort(byWay)
})

const byWay = (a: Door, b: Door): number =>
  a.grid - b.grid || a.unit - b.unit || a.order - b.order || a.house_no.localeCompare(b.house_no, 'zh', { numeric: true }) || a.name.localeCompare(b.name, 'zh')

export type Count = Record<Standing, number> & { doors: number; due: number }

export function countDoors(some: readonly Door[]): Count {
  const count: Count = { doors: some.length, due: 0, done: 0, excused: 0, missing: 0, moved: 0, not_found: 0 }
  for (const door of some) count[door.standing] += 1
  count.due = count.doors - count.excused
  return count
}

/** Those whose name, house or place holds what was typed. */
export function findDoors(some: readonly Door[], typed: string): Door[] {
  const asked = folded(typed)
  return asked ? some.filter((door) => [door.name, door.house_no, door.address].some((words) => folded(words).includes(asked))) : [...some]
}
