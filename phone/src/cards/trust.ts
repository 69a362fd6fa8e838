/** Whom a verifier trusts; mirrors zhegu/cards/rules/trust.py. */
import { fromBase64, hex } from './bytes.ts'
import { publicKeyOf, type PublicKey } from './keys.ts'

/** One entry: a public key and its limits; undefined sets no limit, an empty `use` allows nothing. */
export interface TrustedKey {
  kid: string
  key: PublicKey
  iss?: string
  use?: number[]
  nbf?: number
  naf?: number
  maxTtl: number
  revoked: boolean
}

/** `now` in UTC seconds; keys and withdrawn hashes (hex, cut to `prefixBytes`) under the kid in hex. */
export interface TrustList {
  now: number
  keys: Map<string, TrustedKey[]>
  revoked: Map<string, Set<string>>
  prefixBytes: number
}

export const LONGEST_LIFE = 2_678_400
export const AUDIT_PREFIX = 8
export const PHONE_PREFIX = 5
const LONGEST_KID = 32

type Plain = Record<string, unknown>

/** Keys gathered under their kids, in their order. */
export function trustOf(now: number, keys: TrustedKey[], prefixBytes = PHONE_PREFIX): TrustList {
  const byKid = new Map<string, TrustedKey[]>()
  for (const key of keys) byKid.set(key.kid, [...(byKid.get(key.kid) ?? []), key])
  return { now, keys: byKid, revoked: new Map(), prefixBytes }
}

/** Reads the plain form for audits; an entry that cannot be read never matches. */
export async function trustFromPlain(plain: Plain): Promise<TrustList> {
  if (!isNumber(plain.now)) throw new Error('a trust list is an object with `now` in seconds')
  const entries = Array.isArray(plain.keys) ? plain.keys : []
  const keys = await Promise.all(entries.map(readEntry))
  const trust = trustOf(plain.now, keys.filter((key) => key !== null), AUDIT_PREFIX)
  for (const [kidText, hashes] of Object.entries(isPlain(plain.revoked_ids) ? plain.revoked_ids : {})) {
    const kid = fromBase64(kidText)
    if (!kid || !Array.isArray(hashes)) continue
    const known = trust.revoked.get(hex(kid)) ?? new Set<string>()
    for (const hash of hashes) if (typeof hash === 'string') known.add(hash)
    trust.revoked.set(hex(kid), known)
  }
  return trust
}

/** One entry of the plain form, or null where any part of it is not what it should be. */
async function readEntry(entry: unknown): Promise<TrustedKey | null> {
  if (!isPlain(entry)) return null
  const kid = fromBase64(entry.kid)
  const certificate = fromBase64(entry.cert)
  if (!kid || kid.length < 1 || kid.length > LONGEST_KID || !certificate || !limitsStand(entry)) return null
  const key = await publicKeyOf(certificate)
  if (!key) return null
  return {
    kid: hex(kid),
    key,
    iss: (entry.iss as string | null) ?? undefined,
    use: (entry.use as number[] | null) ?? undefined,
    nbf: (entry.nbf as number | null) ?? undefined,
    naf: (entry.naf as number | null) ?? undefined,
    maxTtl: (entry.max_ttl as number | null) ?? LONGEST_LIFE,
    revoked: entry.revoked === true,
  }
}

function limitsStand(entry: Plain): boolean {
  const absentOr = (name: string, stands: (value: unknown) => boolean) => entry[name] == null || stands(entry[name])
  return (
    absentOr('iss', (value) => typeof value === 'string') &&
    absentOr('use', (value) => Array.isArray(value) && value.every((use) => Number.isInteger(use))) &&
    absentOr('nbf', isNumber) && absentOr('naf', isNumber) && absentOr('max_ttl', isNumber) &&
    absentOr('revoked', (value) => typeof value === 'boolean')
  )
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && !Number.isNaN(value)
}
