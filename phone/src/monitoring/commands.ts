// The commands of daily checks: their names and bodies as contracts/phone.schema.json has them. Only here.
import type { Command } from '../sync/live.ts'
import type { How, Reached, Slot } from './rules.ts'

export const RECORD = 'monitoring.record_checks'
export const UNDO = 'monitoring.undo_check'

export type CheckBody = {
  person: string
  slot: Slot
  how: How
  reached: Reached
  /** Tenths of a degree. */
  temperature: number | null
  symptoms: string[]
  note: string
}

export const recordCheck = (body: CheckBody): Command => ({ kind: RECORD, body })
export const undoCheck = (check: string): Command => ({ kind: UNDO, body: { check } })
