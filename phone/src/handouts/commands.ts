// The commands of distributions: their names and bodies as contracts/phone.schema.json has them. Only here.
import type { Command } from '../sync/live.ts'
import type { Row } from '../sync/merge.ts'

export const HAND_OUT = 'handouts.hand_out'
export const UNDO_GIVEN = 'handouts.undo_given'

export type How = 'counter' | 'door'
export type Confirmed = 'signed' | 'called'
export type Handout = Row & {
  no: number
  name: string
  name_bo: string
  item: string
  item_bo: string
  unit: string
  per: 'household' | 'person'
  card_round: number | null
}
export type Share = Row & {
  handout: string
  house: string
  name: string
  house_no: string
  address: string
  grid: number
  order: number
  people: number
  /** Thousandths of a unit. */
  amount: number
  members: string[]
  /** The beginnings of the SHA-256 of their codes, in hex. */
  codes: string[]
  /** The ref of the handing out that counts; '' while there is none. */
  given: string
  card: number | null
}
export type ShownCard = { serial: number; kid: string }
export type HandOutBody = { share: string; how: How; confirmed: Confirmed; card: ShownCard | null }

export const handOut = (body: HandOutBody): Command => ({ kind: HAND_OUT, body })
export const undoGiven = (given: string): Command => ({ kind: UNDO_GIVEN, body: { given } })
