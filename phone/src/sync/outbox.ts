// The outbox: every command made on this phone, kept until the server has said what became of it.
// Sealed with the phone's own key, so that the service worker can deliver it while nobody is unlocked.
import { change, all, write, type Stores } from '../store/db.ts'
import { fromBase64, toBase64, utf8 } from '../store/bytes.ts'
import { newId } from '../store/ids.ts'
import { deviceKey, seal, sealTo, unseal, type Sealed } from '../store/sealing.ts'
import { nextSeq } from '../store/device.ts'
import { applyAnswers, isSettled, isTroubled, type Answer, type Entry } from './merge.ts'

/** The command as signed and sent: a JSON text, byte for byte, and its HMAC with the actor's key. */
export type Parcel = { envelope: string; proof: string }
type Kept = Omit<Entry, 'body'> & { parcel?: Sealed; for_server?: string; settled_at?: number }
export type Item = { ref: string; envelope?: string; proof?: string; sealed?: string }
export type Signer = { id: string; staff_key: CryptoKey }

/** How long an answered command stays in the phone's own list, for undo and the counts of the day. */
const KEPT_FOR = 72 * 3600_000

/** A command ready to be kept: nothing has been written yet. */
export type Prepared = { entry: Entry; kept: Kept }

/** Signs a command as the person who acts. `at` is when it happened. */
export async function prepare(
  by: Signer, device: string, kind: string, body: Record<string, unknown>, at: number, supersedes?: string,
): Promise<Prepared> {
  const [ref, seq] = [newId(at), await nextSeq()]
  const head = { ref, kind, actor: by.id, device, at: new Date(at).toISOString(), seq }
  const envelope = JSON.stringify(supersedes ? { ...head, supersedes, body } : { ...head, body })
  const proof = toBase64(await crypto.subtle.sign('HMAC', by.staff_key, utf8(envelope)))
  const parcel = await seal(await deviceKey(), { envelope, proof } satisfies Parcel)
  const common = { ref, seq, kind, actor: by.id, at: head.at, standing: 'waiting' as const }
  return { entry: { ...common, body }, kept: { ...common, parcel } }
}

/** Writes commands and whatever else belongs to the act (`alongside`, in the device store) in one transaction. */
export const enqueue = (
  prepared: readonly Prepared[], alongside: (stores: Pick<Stores, 'device'>) => void = () => {},
): Promise<void> =>
  write(['outbox', 'device'], (stores) => {
    for (const { kept } of prepared) stores.outbox.put(kept)
    alongside(stores)
  })

async function opened(kept: Kept, key: CryptoKey): Promise<Entry> {
  const { parcel, for_server, settled_at, ...entry } = kept
  if (!parcel) return { ...entry, body: {} }
  const { envelope } = await unseal<Parcel>(key, parcel)
  return { ...entry, body: JSON.parse(envelope).body }
}

/** All commands this phone still remembers, oldest first. */
export async function entries(): Promise<Entry[]> {
  const key = await deviceKey()
  const found = await Promise.all((await all<Kept>('outbox')).map((kept) => opened(kept, key)))
  return found.sort((a, b) => a.seq - b.seq)
}

/** What waits to be sent, oldest first, as the server's door takes it. */
export async function waitingItems(): Promise<Item[]> {
  const key = await deviceKey()
  const waiting = (await all<Kept>('outbox')).filter((kept) => kept.standing === 'waiting')
  waiting.sort((a, b) => a.seq - b.seq)
  return Promise.all(
    waiting.map(async ({ ref, parcel, for_server }) =>
      parcel ? { ref, ...(await unseal<Parcel>(key, parcel)) } : { ref, sealed: for_server },
    ),
  )
}

/** How many pulls this phone has made; orders answers against pulls. */
export const pullCount = (): Promise<number> => change<number>('pulls', (before) => before ?? 0)
export const countPull = (): Promise<number> => change<number>('pulls', (before) => (before ?? 0) + 1)

/** Files the server's answers; those for which a first answer stands stay as they are. */
export async function fileAnswers(answers: readonly Answer[]): Promise<void> {
  const pulls = await pullCount()
  const refs = answers.map((answer) => answer.ref)
  await write(['outbox'], ({ outbox }) => {
    for (const ref of refs) {
      const asked = outbox.get(ref)
      asked.onsuccess = () => {
        const kept = asked.result as Kept | undefined
        if (kept) outbox.put(applyAnswers([{ ...kept, body: {} }], answers, pulls).map(({ body, ...rest }) => rest)[0])
      }
    }
  })
}

/** Drops commands older than three days that a pull has confirmed and, where the server had something to say, somebody has looked at. */
export async function tidy(now: number, pulls: number): Promise<void> {
  const old = (kept: Kept) => Date.parse(kept.at) < now - KEPT_FOR
  const done = (await all<Kept>('outbox')).filter(
    (kept) => isSettled({ ...kept, body: {} }, pulls) && old(kept) && !isTroubled({ ...kept, body: {} }),
  )
  if (done.length) await write(['outbox'], ({ outbox }) => done.forEach((kept) => outbox.delete(kept.ref)))
}

/** A person has seen what the server said: it leaves the list. What waits cannot leave it this way. */
export const dismiss = (ref: string): Promise<void> =>
  write(['outbox'], ({ outbox }) => {
    const asked = outbox.get(ref)
    asked.onsuccess = () => {
      const kept = asked.result as Kept | undefined
      if (kept && kept.standing !== 'waiting') outbox.put({ ...kept, looked: true })
    }
  })

/** On expiry and wiping: what waits can from now on be opened by the server alone; answered commands go. */
export async function sealForServer(serverKey: string): Promise<void> {
  const key = await deviceKey()
  const to = fromBase64(serverKey)
  const before = await all<Kept>('outbox')
  const after = await Promise.all(
    before.filter((kept) => kept.standing === 'waiting' && kept.parcel).map(async ({ parcel, ...kept }) => {
      const plain = utf8(JSON.stringify(await unseal<Parcel>(key, parcel!)))
      return { ...kept, for_server: toBase64(await sealTo(to, plain)) }
    }),
  )
  await write(['outbox'], ({ outbox }) => {
    for (const kept of before) if (kept.standing !== 'waiting') outbox.delete(kept.ref)
    for (const kept of after) outbox.put(kept)
  })
}

/** Notes that everything waiting now has been carried out of this phone by hand. */
export const noteCarried = async (): Promise<void> => {
  const waiting = (await all<Kept>('outbox')).filter((kept) => kept.standing === 'waiting')
  const last = Math.max(0, ...waiting.map((kept) => kept.seq))
  await change<number>('carried', () => last)
}

/** How many commands wait that neither the server nor a file has; while there are any, a phone may not change community. */
export async function heldBack(): Promise<number> {
  const carried = await change<number>('carried', (before) => before ?? 0)
  return (await all<Kept>('outbox')).filter((kept) => kept.standing === 'waiting' && kept.seq > carried).length
}

/** The waiting commands as a text file, for a phone whose server has moved or that has no way to it. */
export async function exported(device: string, at: number): Promise<string> {
  const head = { zhegu_outbox: 1, device, exported: new Date(at).toISOString() }
  return [head, ...(await waitingItems())].map((line) => JSON.stringify(line)).join('\n') + '\n'
}

