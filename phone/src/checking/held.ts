// The trust list and activations as this phone holds them: what was pulled, and the cards handed out here.
import { openLists, type CardRow, type HeldLists } from '../cards/lists.ts'
import type { TrustList } from '../cards/trust.ts'
import type { Activation } from '../cards/verdict.ts'
import { get, put } from '../store/db.ts'
import { now } from '../store/device.ts'
import { entries, rowsOf } from '../sync/live.ts'

export type Held = {
  trust: TrustList | null
  /** When the list was signed, in UTC seconds; null without a list. */
  issued: number | null
  activation: (kid: string, serial: number) => Activation
}
type Pin = { root: string; seqs: Record<string, number> }
type Taken = { card?: { kid: string; serial: number } | null; sample?: string }

let last: { signature: string; lists: HeldLists | null } = { signature: '', lists: null }

export async function heldTrust(): Promise<Held> {
  const lists = await opened()
  const activation = (kid: string, serial: number): Activation =>
    handedOutHere(kid, serial) ? 'active' : (lists?.activation(kid, serial) ?? 'unknown')
  return { trust: lists?.trust ?? null, issued: lists?.issued ?? null, activation }
}

/** The lists, opened once for each pull. The first root this phone sees is pinned for good. */
async function opened(): Promise<HeldLists | null> {
  const rows = [...rowsOf('card').values()] as unknown as CardRow[]
  const signature = rows.map((row) => `${row.id} ${row.seq} ${row.signed.length}`).join('|')
  if (signature === last.signature) return last.lists
  const pin = await get<Pin>('device', 'card_pin')
  const lists = await openLists(rows, Math.floor(now() / 1000), pin?.root, pin?.seqs)
  if (lists) await put('device', { root: lists.root, seqs: lists.seqs } satisfies Pin, 'card_pin')
  last = { signature, lists }
  return lists
}

/** Whether a swab taken here, and not taken back, came with this card. */
function handedOutHere(kid: string, serial: number): boolean {
  const standing = entries.value.filter((one) => one.standing === 'waiting' || one.standing === 'accepted')
  const undone = new Set(standing.filter((one) => one.kind === 'sampling.undo_sample').map((one) => (one.body as Taken).sample))
  return standing.some((one) => {
    const card = one.kind === 'sampling.take_samples' ? (one.body as Taken).card : null
    return card?.serial === serial && card.kid === kid && !undone.has(one.ref)
  })
}
