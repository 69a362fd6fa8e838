/** COSE_Sign1 (RFC 9052), ES256 and PS256, read strictly; mirrors zhegu/cards/rules/cose.py. */
import { joined, type Bytes } from './bytes.ts'
import { BadCbor, CborMap, readCbor, Tagged, type Cbor } from './cbor.ts'
import { NotGenuine } from './reasons.ts'
import type { PublicKey } from './keys.ts'

const ALG = 1
const CRIT = 2
const KID = 4
const SIGN1 = 18n
const CWT = 61n
const LONGEST_KID = 32

export type Algorithm = 'ES256' | 'PS256'

/** A message as read; nothing of it is trusted yet. */
export interface Sign1 {
  alg: Algorithm
  kid: Bytes
  protected: Bytes
  payload: Bytes
  signature: Bytes
}

/** The message; throws NotGenuine with `cbor`, `cose`, `alg` or `kid`, in this order. */
export function readSign1(content: Bytes): Sign1 {
  const [guarded, open, payload, signature] = fourItems(cborOf(content))
  const header = guarded.length ? cborOf(guarded) : new CborMap()
  if (!(header instanceof CborMap) || header.has(CRIT) || open.has(CRIT)) throw new NotGenuine('cose')
  const alg = header.get(ALG)
  if (alg !== -7n && alg !== -37n) throw new NotGenuine('alg')
  const kid = header.has(KID) ? header.get(KID) : open.get(KID)
  if (!(kid instanceof Uint8Array) || kid.length < 1 || kid.length > LONGEST_KID) throw new NotGenuine('kid')
  return { alg: alg === -7n ? 'ES256' : 'PS256', kid, protected: guarded, payload, signature }
}

/** One CBOR item; throws NotGenuine `cbor`. */
export function cborOf(raw: Bytes): Cbor {
  try {
    return readCbor(raw)
  } catch (problem) {
    if (problem instanceof BadCbor) throw new NotGenuine('cbor')
    throw problem
  }
}

/** The array under tag 18, under 61(18), or bare; of the right types. */
function fourItems(item: Cbor): [Bytes, CborMap, Bytes, Bytes] {
  let inside = item
  if (inside instanceof Tagged && inside.number === CWT && inside.item instanceof Tagged) inside = inside.item
  if (inside instanceof Tagged && inside.number === SIGN1) inside = inside.item
  if (!Array.isArray(inside) || inside.length !== 4) throw new NotGenuine('cose')
  const [guarded, open, payload, signature] = inside
  const right = guarded instanceof Uint8Array && payload instanceof Uint8Array && signature instanceof Uint8Array
  if (!right || !(open instanceof CborMap)) throw new NotGenuine('cose')
  return [guarded, open, payload, signature]
}

/** The Sig_structure, heads as short as can be. */
export function signedBytes(guarded: Uint8Array, payload: Uint8Array): Bytes {
  const start = joined(Uint8Array.of(0x84, 0x6a), new TextEncoder().encode('Signature1'))
  return joined(start, bytesHead(guarded.length), guarded, Uint8Array.of(0x40), bytesHead(payload.length), payload)
}

function bytesHead(length: number): Uint8Array {
  if (length < 24) return Uint8Array.of(0x40 | length)
  if (length < 0x100) return Uint8Array.of(0x58, length)
  if (length < 0x10000) return Uint8Array.of(0x59, length >> 8, length & 0xff)
  return Uint8Array.of(0x5a, length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff)
}

/** Whether `key` made this signature with this algorithm; false for a key of the other kind. */
export async function sealHolds(message: Sign1, key: PublicKey): Promise<boolean> {
  if (message.alg !== key.alg || message.signature.length !== key.signatureBytes) return false
  const how = key.alg === 'ES256' ? { name: 'ECDSA', hash: 'SHA-256' } : { name: 'RSA-PSS', saltLength: 32 }
  try {
    const signed = signedBytes(message.protected, message.payload)
    return await crypto.subtle.verify(how, key.key, message.signature, signed)
  } catch {
    return false // a key so odd that the browser gives up holds no seal either
  }
}
