// Which check of the day it is, and what of an answer is not normal. Pure.
import { AHEAD } from '../ui/days.ts'

export type Slot = 'morning' | 'evening'
export type How = 'self' | 'phone' | 'door' | 'link'
export type Reached = 'yes' | 'no_answer' | 'refused'

/** Before noon the morning's, afterwards the evening's; where only one is asked for, that one. */
export function slotAt(at: number, slots: readonly Slot[]): Slot {
  const now: Slot = new Date(at + AHEAD).getUTCHours() < 12 ? 'morning' : 'evening'
  return slots.includes(now) ? now : (slots[0] ?? now)
}

/** `36.6` → 366; '' → null; undefined where it cannot be read or nobody is that warm. */
export function tenths(said: string): number | null | undefined {
  const tidy = said.normalize('NFKC').replace(/[，,。]/g, '.').trim()
  if (!tidy) return null
  const read = /^\d{2}(\.\d)?$/.test(tidy) ? Math.round(Number(tidy) * 10) : 0
  return read >= 340 && read <= 430 ? read : undefined
}

export const isAbnormal = (temperature: number | null, fever: number | null, symptoms: readonly string[]): boolean =>
  symptoms.length > 0 || (temperature !== null && fever !== null && temperature >= fever)
