// Who was here in the last 24 hours: proposed when they come again, and who of them is still inside.
import type { Row } from '../sync/merge.ts'
import { readPlate, wentThrough, type Direction, type Errand, type Outcome, type Vehicle } from './rules.ts'

/** A crossing as contracts/phone.schema.json has it (`crossing`). */
export type Crossing = Row & {
  gate: string
  at: string
  direction: Direction
  vehicle: Vehicle
  plate: string
  plate_key: string
  name: string
  people: number
  coming_from: string
  going_to: string
  errand: Errand
  outcome: Outcome
  why: string
}
/** Someone who may come (again): what is filled in with one tap. `last`: which way they went last, '' where they never did. */
export type Visitor = Pick<Crossing, 'plate' | 'plate_key' | 'vehicle' | 'name' | 'people' | 'coming_from' | 'going_to' | 'errand'> & {
  key: string
  last: Direction | ''
  at: string
}

const newestFirst = (a: { at: string }, b: { at: string }): number => Date.parse(b.at) - Date.parse(a.at)
const keyOf = ({ plate_key, name, coming_from }: Crossing): string => plate_key || (name && `${name}|${coming_from}`)

/** One for each plate, and for each name on foot, the newest first; who cannot be told apart is not proposed. */
export function visitors(crossings: Iterable<Crossing>): Visitor[] {
  const found = new Map<string, Visitor>()
  for (const row of [...crossings].sort(newestFirst)) {
    const key = keyOf(row)
    if (!key) continue
    const { plate, plate_key, vehicle, name, people, coming_from, going_to, errand, at } = row
    const known = found.get(key)
    if (known) known.last ||= wentThrough(row.outcome) ? row.direction : ''
    else found.set(key, { key, plate, plate_key, vehicle, name, people, coming_from, going_to, errand, at, last: wentThrough(row.outcome) ? row.direction : '' })
  }
  return [...found.values()]
}

/** Of them, those whose plate or name holds what was typed; at most `limit`. */
export function matching(some: readonly Visitor[], typed: string, limit: number): Visitor[] {
  const [plate, letters] = [readPlate(typed).key, typed.trim().toLowerCase()]
  const fits = (one: Visitor): boolean => !letters || one.plate_key.includes(plate) || one.name.toLowerCase().includes(letters)
  return some.filter((one) => fits(one) && one.plate_key !== plate).slice(0, limit)
}

/** Came in from elsewhere and has not gone out, as far as plates tell; the longest first. */
export function inside(crossings: Iterable<Crossing>): Crossing[] {
  const last = new Map<string, Crossing>()
  for (const row of [...crossings].sort(newestFirst)) {
    if (row.plate_key && wentThrough(row.outcome) && !last.has(row.plate_key)) last.set(row.plate_key, row)
  }
  return [...last.values()].filter((row) => row.direction === 'in' && row.errand !== 'home').reverse()
}

export type Counts = { in: number; out: number; turned_back: number; referred: number }

/** People who crossed, and who did not. */
export function countCrossings(crossings: Iterable<Crossing>): Counts {
  const counts: Counts = { in: 0, out: 0, turned_back: 0, referred: 0 }
  for (const { outcome, direction, people } of crossings) {
    if (wentThrough(outcome)) counts[direction] += people
    else counts[outcome === 'turned_back' ? 'turned_back' : 'referred'] += people
  }
  return counts
}
