/** Base45 as RFC 9285 has it, read strictly; mirrors zhegu/cards/rules/base45.py. */
import type { Bytes } from './bytes.ts'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const VALUES = new Int8Array(128).fill(-1)
for (let value = 0; value < ALPHABET.length; value++) VALUES[ALPHABET.charCodeAt(value)] = value

/** The bytes; null for other characters, length 1 mod 3, a group over 65,535 or 255. */
export function readBase45(text: string): Bytes | null {
  if (text.length % 3 === 1) return null
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (text.length % 3 ? 1 : 0))
  let put = 0
  for (let at = 0; at < text.length; at += 3) {
    const whole = at + 2 < text.length
    const a = value(text, at)
    const b = value(text, at + 1)
    const c = whole ? value(text, at + 2) : 0
    const group = a + 45 * b + 2025 * c
    if (a < 0 || b < 0 || c < 0 || group > (whole ? 0xffff : 0xff)) return null
    if (whole) bytes[put++] = group >> 8
    bytes[put++] = group & 0xff
  }
  return bytes
}

function value(text: string, at: number): number {
  return VALUES[text.charCodeAt(at)] ?? -1
}
