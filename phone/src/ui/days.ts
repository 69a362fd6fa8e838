// Days as data says them (2022-09-13), in the one time of the house. Pure.
export const ZONE = '+08:00'
export const DAY = 86_400_000
/** How far that time is ahead of UTC. */
export const AHEAD = 8 * 3600_000

/** The day of a moment. */
export const dayOf = (at: number): string => new Date(at + AHEAD).toISOString().slice(0, 10)
/** Its first moment. */
export const begins = (iso: string): number => Date.parse(`${iso}T00:00:00${ZONE}`)
/** Whether it is over; '' never is. */
export const isPast = (iso: string, now: number): boolean => !!iso && begins(iso) + DAY <= now
/** The first day is day 1; 0 before it has begun. Counts as zhegu/outbreaks/rules does; both run contracts/cases/measure-day.json. */
export const dayNo = (first: string, now: number): number => Math.max(0, Math.floor((now - begins(first)) / DAY) + 1)
