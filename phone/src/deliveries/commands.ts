// The commands of a run: their names and bodies as contracts/phone.schema.json has them. Only here.
import type { Command } from '../sync/live.ts'

export const HAND = 'deliveries.hand_over'
export const CONFIRM = 'deliveries.confirm_hand_over'
export const TAKE_BACK = 'deliveries.take_back'
export const STEP = 'deliveries.take_step'
export const SKIP = 'deliveries.skip_stop'
export const MISSING = 'deliveries.say_missing'
export const UNDO_MISSING = 'deliveries.undo_missing'
export const DOOR_PHOTO = 'deliveries.keep_door_photo'
export const COUNT = 'deliveries.count_cash'

export const DOOR = 'door'
export const STATION = 'station'
export const DEPOT = 'depot'
export const UNFIT = ['leaking', 'expired', 'damaged', 'no_gas'] as const
export const REASONS = ['not_home', 'refused', 'no_time', 'other'] as const

export type HandBody = {
  run: string
  parcels: string[]
  giver: string
  taker: string
  stop: string | null
  knocked: string | null
  called: boolean
  note: string
  /** Id of a thing → the number read on it. */
  marks: Record<string, string>
}
export type StepBody = { run: string; parcels: string[]; step?: 'filled' | 'disinfected'; unfit?: string }

export type Other = { item: string; quantity: number; unit: string; spec: string; price: number | null }
export type MissingBody = { run: string; parcel: string; position: number; instead: Other | null; who: string; how: 'phone' | 'door' | null }

export const sayMissing = (body: MissingBody): Command => ({ kind: MISSING, body })
export const undoMissing = (run: string, parcel: string, missing: string): Command => ({ kind: UNDO_MISSING, body: { run, parcel, missing } })
export const handOver = (body: HandBody): Command => ({ kind: HAND, body })
export const confirmHand = (run: string, hand: string): Command => ({ kind: CONFIRM, body: { run, hand } })
export const takeBack = (run: string, hand: string): Command => ({ kind: TAKE_BACK, body: { run, hand } })
export const takeStep = (body: StepBody): Command => ({ kind: STEP, body })
export const skipStop = (run: string, stop: string, reason: string): Command => ({ kind: SKIP, body: { run, stop, reason } })
export const countCash = (run: string, stop: string, fen: number): Command => ({ kind: COUNT, body: { run, stop, fen } })
export const keepDoorPhoto = (run: string, stop: string, picture: string): Command => ({ kind: DOOR_PHOTO, body: { run, stop, picture } })
