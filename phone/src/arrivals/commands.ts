// The commands about arrivals: their names and bodies as contracts/phone.schema.json has them. Only here.
import type { Command } from '../sync/live.ts'

export const REGISTER = 'arrivals.register_arrival'
export const UNDO = 'arrivals.undo_arrival'

export type Traveller = { name: string; sex: '' | 'f' | 'm'; birth_year: number | null; phone: string; id_number: string }
export type ArrivalBody = {
  who: Traveller
  companions: Traveller[]
  came_from: string
  via: string
  /** The day they left there, `2026-09-13`; null where nobody knows. */
  left: string | null
  arrived: string
  kind: 'returnee' | 'incomer'
  transport: string
  transport_no: string
  /** The number of the grid they stay in; null where nobody knows. */
  grid: number | null
  address: string
  note: string
}

export const registerArrival = (body: ArrivalBody): Command => ({ kind: REGISTER, body })
export const undoArrival = (arrival: string): Command => ({ kind: UNDO, body: { arrival } })
