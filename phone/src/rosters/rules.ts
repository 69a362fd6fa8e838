// Shifts as zhegu/rosters/rules.py has them; contracts/cases/roster-shift.json is run against both.
import { AHEAD, dayOf } from '../ui/days.ts'

export type Standing = 'before' | 'on' | 'over'
export type Word = 'full' | 'morning' | 'day' | 'evening' | 'night'
const HOUR = 3600_000

/** The first moment is within, the last one belongs to the next shift. */
export const standing = (starts: number, ends: number, at: number): Standing => (at < starts ? 'before' : at < ends ? 'on' : 'over')

/** What people call it: full (24 hours), else by the hour it begins. */
export function word(starts: number, ends: number): Word {
  if (ends - starts >= 24 * HOUR) return 'full'
  const hour = new Date(starts + AHEAD).getUTCHours()
  if (hour >= 4 && hour < 11) return 'morning'
  if (hour >= 11 && hour < 16) return 'day'
  return hour >= 16 && hour < 20 ? 'evening' : 'night'
}

/** The day of a shift, YYYY-MM-DD: that on which it begins, also where it passes midnight. */
export const belongsTo = dayOf
