// Tubes as this phone fills them. How full one is follows from the commands; only its name is kept.
import { change, get } from '../store/db.ts'
import { newId } from '../store/ids.ts'
import type { Entry } from '../sync/merge.ts'
import { TAKE, UNDO, type TakeBody, type Tube } from './commands.ts'

type Open = { round: string; tube: Tube }

export const openTube = async (round: string): Promise<Tube | null> => {
  const kept = await get<Open>('device', 'tube')
  return kept?.round === round ? kept.tube : null
}

/** Refs of samples this phone has taken back. */
const undone = (entries: readonly Entry[]): Set<unknown> =>
  new Set(entries.filter((one) => one.kind === UNDO && one.standing !== 'refused').map((one) => one.body.sample))

/** Swabs in a tube. A refused second swab still lies in it and still counts; one taken back does not. */
export function filledIn(tube: string, entries: readonly Entry[]): number {
  const back = undone(entries)
  return entries.filter((one) => one.kind === TAKE && !back.has(one.ref) && (one.body as TakeBody).tube.id === tube).length
}

/** What this phone itself did with a card: handed it out, took it back, or neither (null). */
export function handedHere(entries: readonly Entry[], kid: string, serial: number): 'active' | 'not_active' | null {
  const back = undone(entries)
  const uses = entries.filter((one) => {
    const { card } = one.body as TakeBody
    return one.kind === TAKE && one.standing !== 'refused' && card?.serial === serial && card.kid === kid
  })
  const last = uses.at(-1)
  return last ? (back.has(last.ref) ? 'not_active' : 'active') : null
}

/** The last sample this person's phone took and has not taken back. */
export function lastTaken(entries: readonly Entry[], round: string): Entry | null {
  const back = undone(entries)
  const taken = entries.filter((one) => one.kind === TAKE && (one.body as TakeBody).round === round && !back.has(one.ref))
  return taken.at(-1) ?? null
}

/** A fresh tube, its label round-table-number, such as 12-2-007. */
export async function newTube(round: { id: string; no: number }, table: number | null, ratio: number, at: number): Promise<Tube> {
  const no = await change<number>(`tubes:${round.id}`, (before) => (before ?? 0) + 1)
  return { id: newId(at), label: `${round.no}-${table ?? 0}-${String(no).padStart(3, '0')}`, ratio }
}

/** To be called inside the transaction that records the sample. */
export const keepOpenTube = (store: IDBObjectStore, round: string, tube: Tube): void => void store.put({ round, tube }, 'tube')
