/**
 * The signed lists this phone holds: keys (by the root), withdrawals and active cards (by the list key).
 * What stands in them is described in zhegu/cards/rules/lists.py.
 */
import { fromBase64, hex, type Bytes } from './bytes.ts'
import { CborMap, readCbor, type Cbor } from './cbor.ts'
import { readSign1, sealHolds } from './cose.ts'
import { p256, publicKeyOf, type PublicKey } from './keys.ts'
import { serialParts } from './serials.ts'
import { PHONE_PREFIX, trustOf, type TrustedKey, type TrustList } from './trust.ts'
import type { Activation } from './verdict.ts'

/** A row of the table `card`, as pulled. */
export interface CardRow {
  id: string
  what: 'root' | 'keys' | 'withdrawn' | 'active'
  place: string
  round: number
  seq: number
  signed: string
}

/** What the lists say. `root` is the public key to pin, `seqs` the numbers below which nothing may fall. */
export interface HeldLists {
  trust: TrustList
  issued: number
  activation: (kid: string, serial: number) => Activation
  root: string
  seqs: Record<string, number>
}

interface ActiveList {
  place: string
  round: number
  grids: CborMap
}

const VERSION = 1n

/**
 * The lists opened and checked; null where there is none, where one does not fit the pinned root (the
 * first root seen is pinned), or where one is older than what this phone has held before (`least`).
 * `now` in UTC seconds.
 */
export async function openLists(
  rows: Iterable<CardRow>,
  now: number,
  pinned = '',
  least: Record<string, number> = {},
): Promise<HeldLists | null> {
  const all = [...rows]
  const root = pinned || all.find((row) => row.what === 'root')?.signed || ''
  const point = fromBase64(root)
  const rootKey = point && (await p256(point).catch(() => null))
  if (!rootKey) return null
  const seqs: Record<string, number> = { ...least }
  const open = (row: CardRow | undefined, key: PublicKey) => opened(row, key, seqs)
  const keys = await open(all.find((row) => row.what === 'keys'), rootKey)
  const listKey = keys && (await listKeyOf(keys, now))
  const withdrawn = listKey && (await open(all.find((row) => row.what === 'withdrawn'), listKey))
  if (!keys || !listKey || !withdrawn) return null
  const { trust, places } = await trustFrom(keys, withdrawn, now)
  const active = await Promise.all(all.filter((row) => row.what === 'active').map((row) => open(row, listKey)))
  const lists = active.filter((list) => list !== null).map(activeList)
  const activation = (kid: string, serial: number) => activationOf(lists, places.get(kid), serial)
  return { trust, issued: whole(withdrawn.get('iat')), activation, root, seqs }
}

/** The content of one list, or null; notes its number in `seqs` and refuses a smaller one. */
async function opened(row: CardRow | undefined, key: PublicKey, seqs: Record<string, number>): Promise<CborMap | null> {
  const signed = row && fromBase64(row.signed)
  if (!signed) return null
  try {
    const message = readSign1(signed)
    const content = message.alg === 'ES256' && (await sealHolds(message, key)) ? readCbor(message.payload) : null
    if (!(content instanceof CborMap) || content.get('what') !== row.what || content.get('v') !== VERSION) return null
    const seq = whole(content.get('seq'))
    if (seq < (seqs[row.id] ?? 0)) return null
    seqs[row.id] = seq
    return content
  } catch {
    return null
  }
}

async function listKeyOf(keys: CborMap, now: number): Promise<PublicKey | null> {
  const entry = keys.get('list')
  const certificate = entry instanceof CborMap ? entry.get('cert') : null
  if (now > whole(keys.get('exp'))) return null
  return certificate instanceof Uint8Array ? publicKeyOf(certificate) : null
}

async function trustFrom(
  keys: CborMap,
  withdrawn: CborMap,
  now: number,
): Promise<{ trust: TrustList; places: Map<string, string> }> {
  const bad = new Set(list(withdrawn.get('bad')).map((kid) => (kid instanceof Uint8Array ? hex(kid) : '')))
  const places = new Map<string, string>()
  const trusted: TrustedKey[] = []
  for (const entry of list(keys.get('keys'))) {
    const key = entry instanceof CborMap ? await listedKey(entry, bad) : null
    if (!key) continue
    trusted.push(key)
    places.set(key.kid, String((entry as CborMap).get('place')))
  }
  const trust = trustOf(now, trusted, PHONE_PREFIX)
  const gone = withdrawn.get('rev')
  for (const kid of places.keys()) {
    const hashes = gone instanceof CborMap ? gone.get(bytesOf(kid)) : null
    if (hashes instanceof Uint8Array) trust.revoked.set(kid, new Set(cut(hashes)))
  }
  return { trust, places }
}

async function listedKey(entry: CborMap, bad: Set<string>): Promise<TrustedKey | null> {
  const kid = entry.get('kid')
  const certificate = entry.get('cert')
  if (!(kid instanceof Uint8Array) || !(certificate instanceof Uint8Array)) return null
  const key = await publicKeyOf(certificate)
  if (!key) return null
  return {
    kid: hex(kid),
    key,
    iss: String(entry.get('iss')),
    use: list(entry.get('use')).map(whole),
    nbf: whole(entry.get('nbf')),
    naf: whole(entry.get('naf')),
    maxTtl: whole(entry.get('max_ttl')),
    revoked: entry.get('state') === 'revoked' || bad.has(hex(kid)),
  }
}

function activeList(content: CborMap): ActiveList {
  const grids = content.get('grids')
  const place = String(content.get('place'))
  return { place, round: whole(content.get('round')), grids: grids instanceof CborMap ? grids : new CborMap() }
}

/** Whether a pre-printed card was handed out; unknown where no list speaks of its place, round and grid. */
function activationOf(lists: ActiveList[], place: string | undefined, serial: number): Activation {
  const parts = serialParts(serial)
  const list = parts && lists.find((one) => one.place === place && one.round === parts.round)
  const bits = parts && list ? list.grids.get(parts.grid) : undefined
  if (!parts || !(bits instanceof Uint8Array)) return 'unknown'
  const byte = bits[(parts.number - 1) >> 3] ?? 0
  return (byte >> ((parts.number - 1) & 7)) & 1 ? 'active' : 'not_active'
}

function* cut(hashes: Uint8Array): Generator<string> {
  for (let at = 0; at < hashes.length; at += PHONE_PREFIX) yield hex(hashes.slice(at, at + PHONE_PREFIX))
}

function bytesOf(text: string): Bytes {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16))
}

function list(value: Cbor | undefined): Cbor[] {
  return Array.isArray(value) ? value : []
}

function whole(value: Cbor | undefined): number {
  return typeof value === 'bigint' ? Number(value) : Number.NaN
}
