/** Numbers on a card; mirrors zhegu/cards/rules/serials.py. */
import { eightBytes, sha256, type Bytes } from './bytes.ts'
import { checkCharacter, tidy } from './codes.ts'

const PRINTED = /^([1-9][0-9]{0,4})-?([0-9]{3})-?([0-9]{6})-?([0-9A-Z])$/

export interface SerialParts {
  round: number
  grid: number
  number: number
}

/** The serial; null outside 1..65535, 1..255, 1..999999. */
export function serialOf({ round, grid, number }: SerialParts): number | null {
  const right = within(round, 65_535) && within(grid, 255) && within(number, 999_999)
  return right ? round * 1e9 + grid * 1e6 + number : null
}

function within(value: number, last: number): boolean {
  return value >= 1 && value <= last
}

/** Round, grid and number; null where the three do not make a card number. */
export function serialParts(serial: number): SerialParts | null {
  const rest = serial % 1e9
  const parts = { round: (serial - rest) / 1e9, grid: Math.floor(rest / 1e6), number: rest % 1e6 }
  return serialOf(parts) === null ? null : parts
}

/** `12-007-000123-K`; the bare number where it is no card number. */
export function printedSerial(serial: number): string {
  const parts = serialParts(serial)
  if (!parts) return String(serial)
  const digits = [parts.round, pad(parts.grid, 3), pad(parts.number, 6)]
  return `${digits.join('-')}-${checkCharacter(String(serial))}`
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}

/** The serial of a printed or typed number; null unless its check character holds. */
export function readSerial(text: string): number | null {
  const found = PRINTED.exec(tidy(text))
  if (!found) return null
  const serial = serialOf({ round: Number(found[1]), grid: Number(found[2]), number: Number(found[3]) })
  return serial !== null && checkCharacter(String(serial)) === found[4] ? serial : null
}

/** Ten bytes that tie a card to the 80 bits of a resident code; another on every card. */
export async function holderTag(serial: number, resident: Uint8Array): Promise<Bytes> {
  const whole = await sha256(new TextEncoder().encode('sampled-holder/1\0'), eightBytes(serial), resident)
  return whole.slice(0, 10)
}

/** 32 bytes; audits list the first 8 of a withdrawn card, phones the first 5. */
export async function revocationHash(kid: Uint8Array, serial: number): Promise<Bytes> {
  return sha256(new TextEncoder().encode('sampled-rev/1\0'), kid, eightBytes(serial))
}
