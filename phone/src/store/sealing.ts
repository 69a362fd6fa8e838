// AES-256-GCM for what rests on the phone, and ECIES (P-256, HKDF-SHA-256, AES-GCM) for what only another may open.
import { joined, random, utf8, fromUtf8, type Bytes } from './bytes.ts'
import { get, put } from './db.ts'

export type Sealed = { iv: Bytes; bytes: ArrayBuffer }
const GCM = 'AES-GCM'
const ECDH = { name: 'ECDH', namedCurve: 'P-256' } as const
const POINT = 65 // an uncompressed P-256 point

export const aesKey = (raw: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, GCM, false, ['encrypt', 'decrypt'])

export async function sealBytes(key: CryptoKey, bytes: Bytes): Promise<Sealed> {
  const iv = random(12)
  return { iv, bytes: await crypto.subtle.encrypt({ name: GCM, iv }, key, bytes) }
}

/** Throws when the key is another one or a bit was changed. */
export const openBytes = async (key: CryptoKey, sealed: Sealed): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.decrypt({ name: GCM, iv: sealed.iv }, key, sealed.bytes))

export const seal = (key: CryptoKey, value: unknown): Promise<Sealed> => sealBytes(key, utf8(JSON.stringify(value)))

export const unseal = async <T>(key: CryptoKey, sealed: Sealed): Promise<T> =>
  JSON.parse(fromUtf8(await openBytes(key, sealed))) as T

let ofThisDevice: Promise<CryptoKey> | null = null

/** This phone's own key: cannot be exported, seals the outbox and drafts; the service worker has it too. */
export function deviceKey(): Promise<CryptoKey> {
  ofThisDevice ??= (async () => {
    const kept = await get<CryptoKey>('device', 'key')
    if (kept) return kept
    const made = await crypto.subtle.generateKey({ name: GCM, length: 256 }, false, ['encrypt', 'decrypt'])
    await put('device', made, 'key')
    return made
  })()
  return ofThisDevice
}

/** After the database was emptied (tests, leaving a community). */
export const forgetDeviceKey = (): void => void (ofThisDevice = null)

export type KeyPair = { public: Bytes; private: Bytes }

export async function newKeyPair(): Promise<KeyPair> {
  const pair = await crypto.subtle.generateKey(ECDH, true, ['deriveBits'])
  return {
    public: new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)),
    private: new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey)),
  }
}

async function agreed(mine: CryptoKey, theirs: Bytes, salt: Bytes): Promise<CryptoKey> {
  const point = await crypto.subtle.importKey('raw', theirs, ECDH, false, [])
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: point }, mine, 256)
  const material = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey'])
  const how = { name: 'HKDF', hash: 'SHA-256', salt, info: utf8('zhegu-seal/1') }
  return crypto.subtle.deriveKey(how, material, { name: GCM, length: 256 }, false, ['encrypt', 'decrypt'])
}

/** Bytes only the holder of `to`'s private key can open: ephemeral point (65) || iv (12) || ciphertext and tag. */
export async function sealTo(to: Bytes, bytes: Bytes): Promise<Bytes> {
  const pair = await crypto.subtle.generateKey(ECDH, true, ['deriveBits'])
  const point: Bytes = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  const { iv, bytes: body } = await sealBytes(await agreed(pair.privateKey, to, point), bytes)
  return joined(point, iv, new Uint8Array(body))
}

export async function openWith(mine: Bytes, sealed: Bytes): Promise<Bytes> {
  const point = sealed.slice(0, POINT)
  const key = await crypto.subtle.importKey('pkcs8', mine, ECDH, false, ['deriveBits'])
  const iv = sealed.slice(POINT, POINT + 12)
  return openBytes(await agreed(key, point, point), { iv, bytes: sealed.slice(POINT + 12).buffer })
}
