// The commands of care: their names and bodies as contracts/phone.schema.json has them. Only here.
import type { Command } from '../sync/live.ts'
import type { Row } from '../sync/merge.ts'

export const NOTE = 'care.note_contact'
export const UNDO = 'care.undo_contact'

/** Somebody who needs care, as contracts/phone.schema.json has it (`care`). */
export type Care = Row & {
  person: string
  name: string
  name_bo: string
  grid: number
  house: string
  house_no: string
  address: string
  categories: string[]
  helper: string
  every_days: number
  next_on: string
  last_contact: string
  medicine: string
  medicine_until: string
  need: string
  phone_tail: string
}
export type ContactBody = {
  care: string
  how: 'phone' | 'door' | 'message'
  reached: boolean
  need: string
  result: string
  medicine_until: string | null
}

export const noteContact = (body: ContactBody): Command => ({ kind: NOTE, body })
export const undoContact = (contact: string): Command => ({ kind: UNDO, body: { contact } })
