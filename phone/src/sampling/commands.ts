// The commands of the sampling table: their names and bodies as contracts/phone.schema.json has them. Only here.
import type { Command } from '../sync/live.ts'

export const TAKE = 'sampling.take_samples'
export const UNDO = 'sampling.undo_sample'
export const MISSING = 'sampling.note_missing'
export const EXCUSE = 'sampling.excuse'
export const ADD = 'sampling.add_to_roster'
export const GONE = 'sampling.mark_gone'
export const CLOSE = 'sampling.close_table'

export type Tube = { id: string; label: string; ratio: number }
export type CardUse = { serial: number; kid: string }
export type TakeBody = {
  round: string
  person: string
  tube: Tube
  position: number
  card: CardUse | null
  at_home: boolean
  override?: string
}
/** `seen` is the version of the line this phone showed, so that two people who did not know of each other are noticed. */
export type Whom = { round: string; person: string; seen: string }
export type MissingBody = Whom & { reason: string; comes_at?: string; called?: boolean; note?: string }
export type ExcuseBody = Whom & { reason: string; note?: string }
export type GoneBody = Whom & { how: 'moved' | 'not_found' }
export type NewPerson = { id: string; name: string; birth_year: number | null; sex: string; grid: number; phone?: string }
export type AddBody = { round: string; reason: string; person?: string; new?: NewPerson }

export const takeSample = (body: TakeBody): Command => ({ kind: TAKE, body })
export const undoSample = (sample: string): Command => ({ kind: UNDO, body: { sample } })
export const noteMissing = (body: MissingBody): Command => ({ kind: MISSING, body })
export const excuse = (body: ExcuseBody): Command => ({ kind: EXCUSE, body })
export const addToRoster = (body: AddBody): Command => ({ kind: ADD, body })
export const markGone = (body: GoneBody): Command => ({ kind: GONE, body })
export const closeTable = (round: string): Command => ({ kind: CLOSE, body: { round } })
