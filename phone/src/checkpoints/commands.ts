// The commands of a gate: their names and bodies as contracts/phone.schema.json has them. Only here.
import type { Command } from '../sync/live.ts'
import type { Did, Direction, Errand, Found, Outcome, Shown, Vehicle } from './rules.ts'

export const RECORD = 'checkpoints.record_crossing'
export const UNDO = 'checkpoints.undo_crossing'

export type CrossingBody = {
  gate: string
  direction: Direction
  outcome: Outcome
  why: string
  vehicle: Vehicle
  errand: Errand
  people: number
  plate: string
  name: string
  id_number: string
  phone: string
  coming_from: string
  going_to: string
  checks: Record<string, Shown>
  /** Tenths of a degree. */
  temperature: number | null
  card: { serial: number; kid: string } | null
  colour: '' | 'green' | 'yellow' | 'red'
  permit_no: string
  note: string
  /** Nobody could be asked. */
  offline: boolean
}

export const recordCrossing = (body: CrossingBody): Command => ({ kind: RECORD, body })
export const undoCrossing = (crossing: string): Command => ({ kind: UNDO, body: { crossing } })

// --- patrols

export const FIND = 'checkpoints.record_finding'
export const UNDO_FIND = 'checkpoints.undo_finding'
export type FindingBody = { route: string; point: number; found: Found; people: number; did: Did }

export const recordFinding = (body: FindingBody): Command => ({ kind: FIND, body })
export const undoFinding = (finding: string): Command => ({ kind: UNDO_FIND, body: { finding } })
