// The commands of going from door to door: their names and bodies as contracts/phone.schema.json has them. Only here.
import type { Command } from '../sync/live.ts'
import type { Row } from '../sync/merge.ts'
import type { Standing } from '../sampling/rules.ts'

export const VISIT = 'visits.visit'
export const EXCUSE = 'visits.excuse'
export const GONE = 'visits.mark_gone'
export const MISSING = 'visits.note_missing'
export const BACK = 'visits.put_back'
export const UNDO = 'visits.undo'
export const ADD = 'visits.add_door'

export type Question = { code: string; kind: 'yes_no' | 'number' | 'choice' | 'text'; words: string; words_bo: string; choices: string[] }
export type Campaign = Row & {
  no: number
  name: string
  name_bo: string
  questions: Question[]
  masks: boolean
  advice: string
  starts_on: string
  ends_on: string
}
export type Door = Row & {
  campaign: string
  house: string
  name: string
  house_no: string
  address: string
  grid: number
  unit: number
  order: number
  people: number
  standing: Standing
  excuse: string
  reason: string
  /** The refs of the visit and of the word that count; '' while there is none. */
  visit: string
  word: string
  clash: boolean
  starts_on: string
  ends_on: string
}
export type Answer = boolean | number | string
export type VisitBody = {
  door: string
  follows: string | null
  answers: Record<string, Answer>
  masks: number
  advised: boolean
  note: string
  care: string[]
  care_words: string
  on_behalf: string
}
export type WordBody = { door: string; follows: string | null; note?: string; code?: string }
export type DoorBody = { campaign: string; name: string; grid: number; where: string; people: number }

export const visitDoor = (body: VisitBody): Command => ({ kind: VISIT, body })
export const excuseDoor = (body: WordBody): Command => ({ kind: EXCUSE, body })
export const doorGone = (body: WordBody): Command => ({ kind: GONE, body })
export const noteMissing = (body: WordBody): Command => ({ kind: MISSING, body })
export const putBack = (body: WordBody): Command => ({ kind: BACK, body })
export const undoSaid = (said: string): Command => ({ kind: UNDO, body: { said } })
export const addDoor = (body: DoorBody): Command => ({ kind: ADD, body })
