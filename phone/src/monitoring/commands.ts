// The commands of daily checks and of decisions about measures: their names and bodies as contracts/phone.schema.json has them. Only here.
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

export const REVIEW = 'monitoring.review_measure'
export const STAGE = 'monitoring.begin_stage'
export const RELEASE = 'monitoring.release_measure'
/** Of a review: why it is still needed; of a place's end: who declared it. */
export type Words = { measure: string; words: string }

export const reviewMeasure = (body: Words): Command => ({ kind: REVIEW, body })
export const beginStage = (measure: string, stage: number): Command => ({ kind: STAGE, body: { measure, stage } })
export const releaseMeasure = (body: Words): Command => ({ kind: RELEASE, body })

export const recordCheck = (body: CheckBody): Command => ({ kind: RECORD, body })
export const undoCheck = (check: string): Command => ({ kind: UNDO, body: { check } })
