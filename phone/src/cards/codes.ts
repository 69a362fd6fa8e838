/** Codes that people carry: alphabet, check character, resident codes; mirrors zhegu/lib/codes.py. */
import type { Bytes } from './bytes.ts'

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const RESIDENT_PREFIX = 'R1:'
const LOOK_ALIKES: Record<string, string> = { I: '1', L: '1', O: '0' }

/** The ISO/IEC 7064 MOD 37,36 check character; '' where `body` holds anything but 0-9, A-Z. */
export function checkCharacter(body: string): string {
  let product = 36
  for (const character of body) {
    const value = ALPHANUMERIC.indexOf(character)
    if (value < 0) return ''
    product = (product + value) % 36 || 36
    product = (product * 2) % 37
  }
  return ALPHANUMERIC[(37 - product) % 36] ?? ''
}

/** Upper case, half width, Western digits, without spaces: how a typed code is compared. */
export function tidy(text: string): string {
  let found = ''
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code >= 0xff01 && code < 0xff5f) found += String.fromCodePoint(code - 0xfee0)
    else if (code >= 0x0f20 && code <= 0x0f29) found += String.fromCodePoint(code - 0x0f20 + 0x30)
    else found += character
  }
  return found.toUpperCase().replace(/\s+/gu, '')
}

/** The 80 bits of a scanned or typed resident code; null unless it is whole and its check holds. */
export function readResidentCode(text: string): Bytes | null {
  const whole = tidy(text).replaceAll('-', '')
  const tidied = whole.startsWith(RESIDENT_PREFIX) ? whole.slice(RESIDENT_PREFIX.length) : whole
  if (tidied.length !== 17) return null
  const body = [...tidied.slice(0, 16)].map((character) => LOOK_ALIKES[character] ?? character).join('')
  const raw = fromCrockford(body)
  return raw && checkCharacter(body) === tidied[16] ? raw : null
}

/** The code as printed, from however it was typed; null as above. */
export function canonicalResidentCode(text: string): string | null {
  const raw = readResidentCode(text)
  return raw && residentCode(raw)
}

/** The 20 characters printed for 80 bits. */
export function residentCode(raw: Uint8Array): string {
  let number = 0n
  for (const byte of raw) number = (number << 8n) | BigInt(byte)
  let body = ''
  for (let shift = 75n; shift >= 0n; shift -= 5n) body += CROCKFORD[Number((number >> shift) & 31n)]
  return RESIDENT_PREFIX + body + checkCharacter(body)
}

function fromCrockford(body: string): Bytes | null {
  let number = 0n
  for (const character of body) {
    const value = CROCKFORD.indexOf(character)
    if (value < 0) return null
    number = (number << 5n) | BigInt(value)
  }
  const raw = new Uint8Array(10)
  for (let place = 9; place >= 0; place--, number >>= 8n) raw[place] = Number(number & 255n)
  return raw
}
