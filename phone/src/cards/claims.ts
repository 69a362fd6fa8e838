/** What a card says, checked step by step; mirrors zhegu/cards/rules/claims.py. */
import { hex, type Bytes } from './bytes.ts'
import { CborMap, type Cbor } from './cbor.ts'
import { cborOf } from './cose.ts'
import { NotGenuine } from './reasons.ts'
import type { TrustedKey } from './trust.ts'

const ISS = 1
const EXP = 4
const NBF = 5
const IAT = 6
const HCERT = -260
const CARD = -15
const HOLDER = 6
const CLOCK_TOLERANCE = 300

/** Times in UTC seconds; kind 1 sampled, 2 pass, 3 supply; holder in lower-case hex. */
export interface CardClaims {
  iss?: string
  iat: number
  exp: number
  kind: number
  serial: number
  time: number
  round: number
  grid: number
  holder?: string
}

/** The claims map; throws NotGenuine with `cbor` or `claims`. */
export function readClaims(payload: Bytes): CborMap {
  const claims = cborOf(payload)
  if (!(claims instanceof CborMap)) throw new NotGenuine('claims')
  return claims
}

/** The key may have issued this: `iat` within its period, `iss` its own where it names one. */
export function checkKey(claims: CborMap, key: TrustedKey): void {
  const iat = claims.get(IAT)
  if (typeof iat === 'bigint' && ((key.nbf !== undefined && iat < key.nbf) || (key.naf !== undefined && iat > key.naf)))
    throw new NotGenuine('key_period')
  if (key.iss !== undefined && claims.get(ISS) !== key.iss) throw new NotGenuine('issuer')
}

/** Issued, not expired, not for too long; the last second counts. */
export function checkTimes(claims: CborMap, key: TrustedKey, now: number): void {
  const iat = claims.get(IAT)
  const exp = claims.get(EXP)
  const nbf = claims.has(NBF) ? claims.get(NBF) : undefined
  if (typeof iat !== 'bigint' || typeof exp !== 'bigint') throw new NotGenuine('claims')
  if (claims.has(NBF) && typeof nbf !== 'bigint') throw new NotGenuine('claims')
  if ((typeof nbf === 'bigint' && nbf > now) || iat > now + CLOCK_TOLERANCE) throw new NotGenuine('not_yet')
  if (now > exp) throw new NotGenuine('expired')
  if (exp <= iat) throw new NotGenuine('claims')
  if (exp - iat > key.maxTtl) throw new NotGenuine('ttl')
}

const RANGES: [number, bigint, bigint][] = [
  [0, 1n, 1n],
  [1, 1n, 3n],
  [2, 1n, (1n << 53n) - 1n],
  [3, 1_600_000_000n, 1n << 32n],
  [4, 1n, 65_535n],
  [5, 1n, 255n],
]

/** The card under -260 / -15, all ranges including both ends; throws NotGenuine with `schema`. */
export function readCard(claims: CborMap): CardClaims {
  const container = claims.get(HCERT)
  const card = container instanceof CborMap && container.size === 1 ? container.get(CARD) : undefined
  if (!(card instanceof CborMap) || !inRange(card)) throw new NotGenuine('schema')
  const iss = claims.get(ISS)
  const holder = card.get(HOLDER)
  return {
    ...(typeof iss === 'string' ? { iss } : {}),
    iat: Number(claims.get(IAT)),
    exp: Number(claims.get(EXP)),
    kind: Number(card.get(1)),
    serial: Number(card.get(2)),
    time: Number(card.get(3)),
    round: Number(card.get(4)),
    grid: Number(card.get(5)),
    ...(holder instanceof Uint8Array ? { holder: hex(holder) } : {}),
  }
}

function inRange(card: CborMap): boolean {
  const stands = ([key, low, high]: [number, bigint, bigint]) => within(card.get(key), low, high)
  if (!RANGES.every(stands)) return false
  if (!card.has(HOLDER)) return card.size === RANGES.length
  const holder = card.get(HOLDER)
  return card.size === RANGES.length + 1 && holder instanceof Uint8Array && holder.length === 10
}

function within(value: Cbor | undefined, low: bigint, high: bigint): boolean {
  return typeof value === 'bigint' && value >= low && value <= high
}
