// The commands of the daily round: their names and bodies as contracts/phone.schema.json has them. Only here.
import type { Command } from '../sync/live.ts'
import type { Row } from '../sync/merge.ts'

export const ASK_HOME = 'orders.ask_home'
export const UNDO_ASKED = 'orders.undo_asked'
export const BOX_PHOTO = 'orders.keep_box_photo'

export type Home = Row & {
  house: string
  name: string
  house_no: string
  address: string
  grid: number
  order: number
  people: number
  /** The ref of the last asking, and its moment; '' while there is none. */
  asked: string
  asked_at: string
  daily: boolean
}
export type Want = Row & { item: string; unit: string; spec: string; price: number | null; shop: string; rank: number }
export type Needed = { item: string; quantity: number; unit: string; spec: string }
export type AskBody = { home: string; lines: Needed[]; medicine: boolean; urgent: boolean; note: string }

export const askHome = (body: AskBody): Command => ({ kind: ASK_HOME, body })
export const undoAsked = (asked: string): Command => ({ kind: UNDO_ASKED, body: { asked } })

export type Medicine = Row & {
  no: number
  drug: string
  strength: string
  maker: string
  boxes: number
  /** No other brand will do. */
  brand: boolean
  prescription: boolean
  urgent: boolean
  grid: number
  door: string
  bought: boolean
  photos: number
}
export const keepBoxPhoto = (order: string, picture: string): Command => ({ kind: BOX_PHOTO, body: { order, picture } })
