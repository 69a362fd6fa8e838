import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { applyAnswers, isTroubled, remarks } from '../sync/merge.ts'
import { countPull, dismiss, enqueue, entries, exported, fileAnswers, heldBack, noteCarried, prepare, sealForServer, tidy, waitingItems } from '../sync/outbox.ts'
import { fromBase64, fromUtf8, toBase64, utf8 } from './bytes.ts'
import { all, close, DB_NAME, get } from './db.ts'
import { draft, keepDraft } from './device.ts'
import { newId } from './ids.ts'
import { keepPerson, people, pinWeakness, unlock, waitAfter, wipePulled, type Unlocked } from './people.ts'
import { keepPull, loadRows } from './rows.ts'
import { forgetDeviceKey, newKeyPair, openWith } from './sealing.ts'

const NOON = Date.UTC(2026, 8, 13, 4)
const KEY = toBase64(new Uint8Array(32).fill(7))
const ROUNDS = 10 // the true number takes seconds; a test needs the path, not the cost
const PIN = '2580'

beforeEach(async () => {
  close()
  forgetDeviceKey()
  await new Promise((done) => (indexedDB.deleteDatabase(DB_NAME).onsuccess = done))
})

async function someone(id = 's1', pin = PIN): Promise<Unlocked> {
  await keepPerson({ id, name: id, grids: [7], roles: ['sampler'] }, KEY, pin, ROUNDS)
  const answer = await unlock(id, pin, NOON)
  if (!answer.ok) throw new Error('locked')
  return answer.person
}
const excuse = (by: Unlocked, at = NOON) => prepare(by, 'device-1', 'sampling.excuse', { person: 'p1', reason: 'ill' }, at)

/** Everything on disk as one text, as a thief would read it. */
async function disk(): Promise<string> {
  const stores = await Promise.all((['device', 'person', 'row', 'outbox'] as const).map((name) => all(name)))
  return JSON.stringify(stores, (_, value) => (value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? fromUtf8(value as ArrayBuffer) : value))
}

describe('unlocking', () => {
  it('opens with the right PIN and signs as that person', async () => {
    const person = await someone()
    expect(person.grids).toEqual([7])
    expect(toBase64(await crypto.subtle.sign('HMAC', person.staff_key, utf8('x')))).toHaveLength(44)
  })
  it('makes wrong PINs wait longer and longer, and the tenth costs the keys', async () => {
    await someone()
    let at = NOON
    for (let n = 1; n <= 10; n++) {
      const answer = await unlock('s1', '9999', at)
      expect(answer).toMatchObject({ ok: false, tries_left: 10 - n })
      at += waitAfter(n)
    }
    expect(await people()).toEqual([])
  })
  it('does not even try while it waits', async () => {
    await someone()
    for (let n = 0; n < 3; n++) await unlock('s1', '9999', NOON)
    expect(await unlock('s1', PIN, NOON + 1000)).toMatchObject({ ok: false })
    expect(await unlock('s1', PIN, NOON + 5000)).toMatchObject({ ok: true })
  })
  it.each([['123', 'short'], ['1234', 'simple'], ['4321', 'simple'], ['7777', 'simple'], ['2580', null], ['123456789', 'short']] as const)('says of PIN %s: %s', (pin, said) => {
    expect(pinWeakness(pin)).toBe(said)
  })
  it('lets a second person in without the first one: everybody reads the renewed list, nobody the old', async () => {
    const first = await someone('s1')
    await keepPull(LIST, mark(1), first.roster_key)
    const second = await someone('s2', '8520')
    expect((await loadRows(second.roster_key)).line).toBeUndefined()
    await keepPull(LIST, mark(2), second.roster_key)
    const again = await unlock('s1', PIN, NOON)
    expect(again.ok && (await loadRows(again.person.roster_key)).line!.size).toBe(1)
  })
})

const LIST = { cursor: 'c1', full: true, tables: { line: { put: [{ id: 'l1', person: 'p1', name: 'Secretname', grid: 7 }], drop: [] }, round: { put: [{ id: 'r1', no: 12 }], drop: [] } } }
const mark = (pulls: number) => ({ cursor: 'c1', build: 'b', pulls, pulled_at: NOON })

describe('what was pulled', () => {
  it('comes back as it was put', async () => {
    const { roster_key } = await someone()
    await keepPull(LIST, mark(1), roster_key)
    const tables = await loadRows(roster_key)
    expect(tables.line!.get('l1')).toEqual(LIST.tables.line.put[0])
    expect(tables.round!.get('r1')).toEqual({ id: 'r1', no: 12 })
  })
  it('lies on disk without a name in clear, and so do outbox and drafts', async () => {
    const person = await someone()
    await keepPull(LIST, mark(1), person.roster_key)
    await enqueue([await prepare(person, 'd', 'sampling.add_to_roster', { new: { name: 'Secretname' } }, NOON)])
    await keepDraft('add', { name: 'Secretname' })
    expect(await disk()).not.toContain('Secretname')
    expect(await draft('add')).toEqual({ name: 'Secretname' })
  })
  it('is gone after wiping, while people and outbox stay', async () => {
    const person = await someone()
    await keepPull(LIST, mark(1), person.roster_key)
    await enqueue([await excuse(person)])
    await wipePulled()
    expect(await all('row')).toEqual([])
    expect(await get('device', 'cursor')).toBeUndefined()
    expect(await people()).toHaveLength(1)
    expect(await waitingItems()).toHaveLength(1)
    expect((await unlock('s1', PIN, NOON)).ok).toBe(true)
  })
})

describe('the outbox', () => {
  it('hands over the very bytes that were signed, oldest first', async () => {
    const person = await someone()
    await enqueue([await excuse(person)])
    await enqueue([await excuse(person, NOON + 1)])
    const items = await waitingItems()
    expect(items.map((item) => JSON.parse(item.envelope!).seq)).toEqual([1, 2])
    const { envelope, proof } = items[0]!
    const hmac = await crypto.subtle.importKey('raw', fromBase64(KEY), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
    expect(await crypto.subtle.verify('HMAC', hmac, fromBase64(proof!), utf8(envelope!))).toBe(true)
    expect(JSON.parse(envelope!)).toMatchObject({ kind: 'sampling.excuse', actor: 's1', device: 'device-1', at: '2026-09-13T04:00:00.000Z' })
  })
  it('writes the command and what belongs to it together or not at all', async () => {
    const prepared = await excuse(await someone())
    await expect(enqueue([prepared], () => { throw new Error('power cut') })).rejects.toThrow()
    expect(await entries()).toEqual([])
  })
  it('survives closing and opening again', async () => {
    await enqueue([await excuse(await someone())])
    close()
    forgetDeviceKey()
    expect(await waitingItems()).toHaveLength(1)
  })
  it('files first answers, keeps refusals for a person and drops them only when seen', async () => {
    const person = await someone()
    await enqueue([await excuse(person), await excuse(person)])
    const [one, two] = await entries()
    await fileAnswers([{ ref: one!.ref, status: 'accepted' }, { ref: two!.ref, status: 'refused', reason: 'round_closed' }])
    await fileAnswers([{ ref: one!.ref, status: 'refused' }])
    expect((await entries()).map((entry) => entry.standing)).toEqual(['accepted', 'refused'])
    expect((await entries()).filter(isTroubled).map((entry) => entry.ref)).toEqual([two!.ref])
    await dismiss(two!.ref)
    expect((await entries()).filter(isTroubled)).toEqual([])
  })
  it('shows a person what the server accepted with a remark', async () => {
    const person = await someone()
    await enqueue([await excuse(person), await excuse(person), await excuse(person)])
    const facts = [{ looks: ['was_excused'] }, { looks: ['card_used'] }, { conflict: true }]
    await fileAnswers((await entries()).map(({ ref }, n) => ({ ref, status: 'accepted', facts: facts[n]! })))
    expect((await entries()).map(remarks)).toEqual([[], ['card_used'], ['conflict']])
    expect((await entries()).map(isTroubled)).toEqual([false, true, true])
  })
  it('cannot lose a waiting command by dismissing it', async () => {
    await enqueue([await excuse(await someone())])
    await dismiss((await entries())[0]!.ref)
    expect(await waitingItems()).toHaveLength(1)
  })
  it('tidies only what a later pull has confirmed and three days have passed over', async () => {
    const person = await someone()
    await enqueue([await excuse(person)])
    const [one] = await entries()
    await fileAnswers([{ ref: one!.ref, status: 'accepted' }])
    const later = NOON + 73 * 3600_000
    await tidy(later, 0)
    expect(await entries()).toHaveLength(1)
    await tidy(NOON, await countPull())
    expect(await entries()).toHaveLength(1)
    await tidy(later, await countPull())
    expect(await entries()).toEqual([])
  })
  it('seals what waits to the server on wiping, so that this phone cannot read it but can deliver it', async () => {
    const server = await newKeyPair()
    const person = await someone()
    await enqueue([await excuse(person), await excuse(person)])
    const [, answered] = await entries()
    await fileAnswers([{ ref: answered!.ref, status: 'accepted' }])
    const before = (await waitingItems())[0]!
    await sealForServer(toBase64(server.public))
    const [item] = await waitingItems()
    expect(item!.envelope).toBeUndefined()
    const letter = JSON.parse(fromUtf8(await openWith(server.private, fromBase64(item!.sealed!))))
    expect(letter).toEqual({ envelope: before.envelope, proof: before.proof })
    expect(await entries()).toHaveLength(1)
  })
  it('can be carried out as a text file, one command a line', async () => {
    await enqueue([await excuse(await someone())])
    const [head, item] = (await exported('device-1', NOON)).trim().split('\n').map((text) => JSON.parse(text))
    expect(head).toEqual({ zhegu_outbox: 1, device: 'device-1', exported: '2026-09-13T04:00:00.000Z' })
    expect(Object.keys(item)).toEqual(['ref', 'envelope', 'proof'])
  })
  it('lets a phone change community only when all that waits is with the server or in a file', async () => {
    const person = await someone()
    await enqueue([await excuse(person)])
    expect(await heldBack()).toBe(1)
    await noteCarried()
    expect(await heldBack()).toBe(0)
    await enqueue([await excuse(person)])
    expect(await heldBack()).toBe(1)
  })
  it('knows no answer for what it never sent', async () => {
    expect(applyAnswers([], [{ ref: 'x', status: 'accepted' }], 0)).toEqual([])
    await fileAnswers([{ ref: 'x', status: 'accepted' }])
    expect(await entries()).toEqual([])
  })
})

it('makes ids that sort by time', () => {
  const ids = [newId(1), newId(NOON), newId(NOON + 1)]
  expect([...ids].sort()).toEqual(ids)
  expect(ids[1]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
