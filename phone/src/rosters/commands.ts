// The commands of a shift: their names and bodies as contracts/phone.schema.json has them. Only here.
import type { Command } from '../sync/live.ts'

export const HAND_OVER = 'rosters.hand_over'
export const TAKE_OVER = 'rosters.take_over'
export const UNDO = 'rosters.undo_hand_over'

export const COUNTED = ['people_in', 'people_out', 'turned_back', 'referred'] as const
export type Counts = Partial<Record<(typeof COUNTED)[number], number>>
export type HandOverBody = { shift: string; notes: string; counts: Counts }

export const handOver = (body: HandOverBody): Command => ({ kind: HAND_OVER, body })
export const takeOver = (handover: string): Command => ({ kind: TAKE_OVER, body: { handover } })
export const undoHandOver = (handover: string): Command => ({ kind: UNDO, body: { handover } })
