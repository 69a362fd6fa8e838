// Doors of one's own places, and how far a campaign is; done + excused + missing + moved + not found = roster.
import { computed } from 'vue'
import type { Standing } from '../sampling/rules.ts'
import { rowsOf } from '../sync/live.ts'
import type { Campaign, Door } from './commands.ts'
import { holds, ofMyGrids } from './homes.ts'

export const campaigns = computed(() => [...rowsOf<Campaign>('campaign').values()].sort((a, b) => b.no - a.no))

export const myDoors = computed<Door[]>(() => ofMyGrids(rowsOf<Door>('door').values()))

export type Count = Record<Standing, number> & { doors: number; due: number }

export function countDoors(some: readonly Door[]): Count {
  const count: Count = { doors: some.length, due: 0, done: 0, excused: 0, missing: 0, moved: 0, not_found: 0 }
  for (const door of some) count[door.standing] += 1
  count.due = count.doors - count.excused
  return count
}

/** Those whose name, house or place holds what was typed. */
export const findDoors = (some: readonly Door[], typed: string): Door[] => some.filter((door) => holds(door, typed))
