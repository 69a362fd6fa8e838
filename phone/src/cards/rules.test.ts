import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hex } from './bytes.ts'
import { canonicalResidentCode, readResidentCode } from './codes.ts'
import { holderTag, printedSerial, readSerial, revocationHash, serialOf, serialParts, type SerialParts } from './serials.ts'
import { gateVerdict, holderOf, type CardFacts } from './verdict.ts'

function contract<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../contracts/cases/${name}.json`, import.meta.url), 'utf8')) as T
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16))
}

interface Colours {
  cases: {
    name: string
    card: Record<string, unknown>
    gate: { kinds: number[]; freshest_hours: number | null; holder_needed: boolean }
    expect: { colour: string; reason: string; list_ages: boolean }
  }[]
}

describe('what colour a gate shows', () => {
  it.each(contract<Colours>('card-verdict').cases)('$name', ({ card, gate, expect: wanted }) => {
    const facts = {
      ...card,
      sampledAgo: card.sampled_ago,
      listAge: card.list_age,
      clockBehind: card.clock_behind,
    } as unknown as CardFacts
    const policy = { kinds: gate.kinds, freshestHours: gate.freshest_hours, holderNeeded: gate.holder_needed }
    const { colour, reason, listAges } = gateVerdict(facts, policy)
    expect({ colour, reason, list_ages: listAges }).toEqual(wanted)
  })
})

interface Serials {
  printed: { serial: number; parts: SerialParts; printed: string }[]
  typed: { text: string; serial: number | null }[]
  residents: { text: string; code: string | null; bits: string | null }[]
  holders: { serial: number; resident: string; tag: string }[]
  hashes: { kid: string; serial: number; hash: string }[]
}

describe('numbers and codes on cards', () => {
  const cases = contract<Serials>('card-serials')
  it.each(cases.printed)('$printed', ({ serial, parts, printed }) => {
    expect(printedSerial(serial)).toBe(printed)
    expect(serialParts(serial)).toEqual(parts)
    expect(serialOf(parts)).toBe(serial)
  })
  it.each(cases.typed)('typed "$text"', ({ text, serial }) => expect(readSerial(text)).toBe(serial))
  it.each(cases.residents)('resident "$text"', ({ text, code, bits }) => {
    const raw = readResidentCode(text)
    expect(raw && hex(raw)).toBe(bits)
    expect(canonicalResidentCode(text)).toBe(code)
  })
  it.each(cases.holders)('holder $resident of $serial', async ({ serial, resident, tag }) => {
    expect(hex(await holderTag(serial, bytes(resident)))).toBe(tag)
    expect(await holderOf(serial, tag, bytes(resident))).toBe('matches')
    expect(await holderOf(serial + 1, tag, bytes(resident))).toBe('differs')
    expect(await holderOf(serial, tag, null)).toBe('not_asked')
    expect(await holderOf(serial, undefined, bytes(resident))).toBe('none')
  })
  it.each(cases.hashes)('withdrawal of $serial', async ({ kid, serial, hash }) => {
    expect(hex(await revocationHash(bytes(kid), serial))).toBe(hash)
  })
})
