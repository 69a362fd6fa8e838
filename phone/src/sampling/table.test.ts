import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { residentCode } from '../cards/codes.ts'
import { toBase64 } from '../store/bytes.ts'
import { close, DB_NAME } from '../store/db.ts'
import { keepEnrolment } from '../store/device.ts'
import { keepPerson, unlock } from '../store/people.ts'
import { forgetDeviceKey } from '../store/sealing.ts'
import * as live from '../sync/live.ts'
import type { Row } from '../sync/merge.ts'
import { waitingItems } from '../sync/outbox.ts'
import type { TakeBody } from './commands.ts'
import { samplingEffect } from './effects.ts'
import { codeHash, type Line } from './lines.ts'
import * as table from './table.ts'
import { handedHere } from './tubes.ts'

const ROUND = { id: 'r12', no: 12, mix_ratio: 5, state: 'open' }
const CODE = 'R1:M4ZFTSDSXT6W9Q991'
const STRANGER = residentCode(new Uint8Array(10).fill(255))
const NOON = Date.UTC(2026, 8, 13, 4)

async function line(n: number, more: Partial<Line> = {}): Promise<Row> {
  const code_hash = n === 0 ? await codeHash(CODE) : `hash-${n}`
  return { id: `l${n}`, round: 'r12', person: `p${n}`, name: `人${n}`, name_bo: '', nickname: '', birth_year: 1980, sex: 'f', grid: 7, household: '1', order: n, code_hash, keys: [], status: 'missing', excuse: '', gone: '', single_only: false, single_why: '', sample_ref: '', serial: null, at_home: false, reason: '', called: false, comes_at: null, phone_tail: '', added: false, version: '', ...more }
}

beforeEach(async () => {
  close()
  forgetDeviceKey()
  await new Promise((done) => (indexedDB.deleteDatabase(DB_NAME).onsuccess = done))
  live.useEffects([samplingEffect])
  const community = { code: '540526101001', name: 'c' }
  await keepEnrolment({ device: 'd1', device_name: 'd', community, table_no: 3, server_key: '', staff: [] }, 't')
  await keepPerson({ id: 's1', name: 's', grids: [7], roles: [] }, toBase64(new Uint8Array(32)), '2580', 10)
  const answer = await unlock('s1', '2580', NOON)
  if (!answer.ok) throw new Error('locked')
  live.who.value = answer.person
  await live.reload()
  const put = await Promise.all([0, 1, 2, 3, 4, 5, 6].map((n) => line(n)))
  put.push(await line(7, { single_only: true, single_why: 'contact' }), await line(8, { status: 'excused', excuse: 'away' }))
  const prefixes = toBase64(Uint8Array.from((await codeHash(STRANGER)).match(/../g)!.slice(0, 6), (pair) => parseInt(pair, 16)))
  const tables = { round: { put: [ROUND], drop: [] }, line: { put, drop: [] }, prefix: { put: [{ id: 'g9', grid: 9, prefixes }], drop: [] } }
  await live.takeIn({ cursor: 'c', full: true, tables }, 1)
  table.clear()
  await table.setUp()
})

const of = (n: number): Line => table.lines.value.find((one) => one.person === `p${n}`)!
async function sample(n: number): Promise<TakeBody> {
  table.meet(of(n))
  await table.finish(null)
  return live.entries.value.at(-1)!.body as TakeBody
}

describe('at the table', () => {
  it('fills a tube to its ratio and rolls over to the next', async () => {
    const bodies = []
    for (const n of [0, 1, 2, 3, 4, 5]) bodies.push(await sample(n))
    expect(bodies.map((body) => [body.tube.label, body.position])).toEqual([
      ['12-3-001', 1], ['12-3-001', 2], ['12-3-001', 3], ['12-3-001', 4], ['12-3-001', 5], ['12-3-002', 1],
    ])
    expect(table.filled.value).toBe(1)
  })
  it('shows someone as sampled at once, and stops a second swab', async () => {
    await sample(0)
    expect(of(0).status).toBe('done')
    table.meet(of(0))
    expect(table.said.value).toMatchObject({ signal: 'no', reason: 'already_sampled' })
    await table.finish(null)
    expect(await waitingItems()).toHaveLength(1)
  })
  it('records one swab however often the button is pressed', async () => {
    table.meet(of(0))
    await Promise.all([table.finish(null), table.finish(null), table.finish(null)])
    expect(await waitingItems()).toHaveLength(1)
  })
  it('gives a tube alone to whom the round says so, and leaves the mixed tube open', async () => {
    await sample(0)
    const body = await sample(7)
    expect([body.tube.ratio, body.position]).toEqual([1, 1])
    expect((await sample(1)).position).toBe(2)
  })
  it('takes the last swab back: its place and its person are free again', async () => {
    const first = await sample(0)
    await table.undo()
    expect(of(0).status).toBe('missing')
    expect(await sample(0)).toMatchObject({ tube: first.tube, position: 1 })
  })
  it('takes back a swab that filled the tube, and opens that tube again', async () => {
    for (const n of [0, 1, 2, 3, 4]) await sample(n)
    expect(table.tube.value!.label).toBe('12-3-002')
    await table.undo()
    expect([table.tube.value!.label, table.filled.value]).toEqual(['12-3-001', 4])
    await sample(5)
    expect(table.tube.value!.label).toBe('12-3-002')
  })
  it('lets someone who was excused be sampled once it is said why', async () => {
    table.meet(of(8))
    expect(table.canGoOn()).toBe(false)
    table.override.value = 'came'
    await table.finish(null)
    expect(live.entries.value.at(-1)!.body.override).toBe('came')
    expect(of(8).status).toBe('done')
  })
  it('knows a person by their code, in whatever way it was typed', async () => {
    await table.scanned(' r1:m4zf tsds-xt6w 9q99 1')
    expect(table.person.value?.person).toBe('p0')
  })
  it('says whose grid a stranger belongs to where only the beginning of their code is known', async () => {
    await table.scanned(STRANGER)
    expect(table.said.value).toMatchObject({ reason: 'other_grid', values: { grid: 9 } })
  })
  it('does not take a card for a person, nor anything else', async () => {
    expect(await table.scanned('6901234567892')).toBe(false)
    await table.scanned('HC1:ABC')
    expect(table.saidOfCard.value).toMatchObject({ reason: 'person_first' })
    table.meet(of(0))
    await table.scanned('HC1:ABC')
    expect(table.saidOfCard.value).toMatchObject({ signal: 'no', reason: 'card_not_genuine' })
    expect(await waitingItems()).toEqual([])
  })
  it('goes on with the tube that was open when the app is opened again', async () => {
    await sample(0)
    const label = table.tube.value!.label
    table.tube.value = null
    await table.setUp()
    expect([table.tube.value!.label, table.filled.value]).toEqual([label, 1])
  })
  it('keeps the label somebody gave a tube, and takes a new tube for a new label once one is begun', async () => {
    await table.labelTube(' A-77 ')
    expect((await sample(0)).tube.label).toBe('A-77')
    await table.labelTube('A-78')
    expect(await sample(1)).toMatchObject({ tube: { label: 'A-78' }, position: 1 })
  })
  it('knows at once which cards it handed out and took back', async () => {
    table.meet(of(0))
    await table.finish({ serial: 12_007_000_001, kid: 'ab' })
    expect(handedHere(live.entries.value, 'ab', 12_007_000_001)).toBe('active')
    await table.undo()
    expect(handedHere(live.entries.value, 'ab', 12_007_000_001)).toBe('not_active')
    expect(handedHere(live.entries.value, 'ab', 12_007_000_002)).toBeNull()
  })
})
