// The commands of the sampling table: their names and bodies as contracts/phone.schema.json has them. Only here.
import type { Command } from '../sync/live.ts'

export const TAKE = 'sampling.take_samples'
export const UNDO = 'sampling.undo_sample'
export const MISSING = 'sampling.note_missing'
export const EXCUSE = 'sampling.excuse'
export const ADD = 'sampling.add_to_roster'
export const NOT_FOUND = 'sampling.mark_not_found'
export const MOVED = 'sampling.mark_moved'
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
export type MissingBody = { round: string; person: string; reason: string; comes_at?: string; called?: boolean }
export type NewPerson = { id: string; name: string; birth_year: number | null; sex: string; grid: number; phone?: string }
export type AddBody = { round: string; reason: string; person?: string; new?: NewPerson }

export const takeSample = (body: TakeBody): Command => ({ kind: TAKE, body })
export const undoSample = (sample_ref: string): Command => ({ kind: UNDO, body: { sample_ref } })
export const noteMissing = (body: MissingBody): Command => ({ kind: MISSING, body })
export const excuse = (round: string, person: string, reason: string): Command => ({ kind: EXCUSE, body: { round, person, reason } })
export const addToRoster = (body: AddBody): Command => ({ kind: ADD, body })
export const markNotFound = (round: string, person: string): Command => ({ kind: NOT_FOUND, body: { round, person } })
export const markMoved = (round: string, person: string): Command => ({ kind: MOVED, body: { round, person } })
export const closeTable = (round: string): Command => ({ kind: CLOSE, body: { round } })
