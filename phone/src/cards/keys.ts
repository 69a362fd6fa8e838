/** Public keys out of certificates: P-256, or RSA of 2048 bits and more. Nothing else of them counts. */
import { hex, toBase64Url, type Bytes } from './bytes.ts'
import type { Algorithm } from './cose.ts'

export interface PublicKey {
  alg: Algorithm
  key: CryptoKey
  signatureBytes: number
}

interface Piece {
  tag: number
  content: Bytes
}

const EC_KEY = '2a8648ce3d0201'
const P256 = '2a8648ce3d030107'
const RSA_KEYS = ['2a864886f70d010101', '2a864886f70d01010a'] // rsaEncryption, id-RSASSA-PSS
const SMALLEST_RSA = 2048

/** The public key of a DER certificate, or null where it is of another kind or cannot be read. */
export async function publicKeyOf(certificate: Bytes): Promise<PublicKey | null> {
  try {
    const [algorithm, bits] = subjectKey(certificate)
    const kinds = pieces(algorithm).map((piece) => hex(piece.content))
    if (kinds[0] === EC_KEY) return kinds[1] === P256 ? await p256(bits) : null
    return RSA_KEYS.includes(kinds[0] ?? '') ? await rsa(bits) : null
  } catch {
    return null
  }
}

/** A P-256 key from its 65-byte point, as a phone pins the root. */
export async function p256(point: Bytes): Promise<PublicKey> {
  const key = await crypto.subtle.importKey('raw', point, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify'])
  return { alg: 'ES256', key, signatureBytes: 64 }
}

async function rsa(bits: Bytes): Promise<PublicKey | null> {
  const numbers = pieces(only(bits, 0x30)).map((piece) => withoutZeros(piece.content))
  const [n, e] = numbers
  if (!n || !e) return null
  const length = n.length * 8 - Math.clz32(n[0] ?? 0) + 24
  if (length < SMALLEST_RSA) return null
  const jwk = { kty: 'RSA', n: toBase64Url(n), e: toBase64Url(e), alg: 'PS256' }
  const key = await crypto.subtle.importKey('jwk', jwk, { name: 'RSA-PSS', hash: 'SHA-256' }, true, ['verify'])
  return { alg: 'PS256', key, signatureBytes: n.length }
}

/** Algorithm and key bits of subjectPublicKeyInfo (RFC 5280 4.1). */
function subjectKey(certificate: Bytes): [Bytes, Bytes] {
  const [signed] = pieces(only(certificate, 0x30))
  const parts = pieces(signed?.content ?? new Uint8Array(0))
  const info = parts[parts[0]?.tag === 0xa0 ? 6 : 5]
  const [algorithm, bits] = pieces(info?.content ?? new Uint8Array(0))
  if (algorithm?.tag !== 0x30 || bits?.tag !== 0x03 || bits.content[0] !== 0) throw new Error('no key')
  return [algorithm.content, bits.content.slice(1)]
}

function only(raw: Bytes, tag: number): Bytes {
  const found = pieces(raw)
  if (found.length !== 1 || found[0]?.tag !== tag) throw new Error('not one piece')
  return found[0].content
}

/** The DER pieces that stand one after another in `raw`. */
function pieces(raw: Bytes): Piece[] {
  const found: Piece[] = []
  let at = 0
  while (at < raw.length) {
    const tag = raw[at] ?? 0
    let length = raw[at + 1] ?? 0
    at += 2
    if (length & 0x80) {
      const size = length & 0x7f
      if (size < 1 || size > 3) throw new Error('length')
      length = raw.slice(at, at + size).reduce((sum, byte) => sum * 256 + byte, 0)
      at += size
    }
    if (at + length > raw.length) throw new Error('short')
    found.push({ tag, content: raw.slice(at, at + length) })
    at += length
  }
  return found
}

function withoutZeros(number: Bytes): Bytes {
  let first = 0
  while (first < number.length && number[first] === 0) first++
  return number.slice(first)
}
