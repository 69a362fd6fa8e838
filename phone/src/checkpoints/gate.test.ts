import 'fake-indexeddb/auto'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { moment } from '../app/session.ts'
import { toBase64 } from '../store/bytes.ts'
import { all, close, DB_NAME } from '../store/db.ts'
import { keepEnrolment } from '../store/device.ts'
import { keepPerson, unlock } from '../store/people.ts'
import { forgetDeviceKey } from '../store/sealing.ts'
import { keepPull } from '../store/rows.ts'
import * as live from '../sync/live.ts'
import type { Pulled } from '../sync/merge.ts'
import { waitingItems } from '../sync/outbox.ts'
import type { CrossingBody } from './commands.ts'
import { gateEffect } from './effects.ts'
import * as gate from './gate.ts'
import type { Crossing } from './visitors.ts'

/** Noon in China, within the gate's hours, whenever the tests run. */
const NOON = Date.parse('2026-06-01T12:00:00+08:00')
vi.useFakeTimers({ now: NOON, toFake: ['Date'] })
afterAll(() => vi.useRealTimers())

const GATE = { id: 'g1', name: '东路口', name_bo: '', road: '', opens: '08:00', closes: '20:00', plate_prefix: '藏C', restricts_until: new Date(Date.now() + 864e5).toISOString(), asks: [{ code: 'health_code' }, { code: 'temperature', limit: 373 }, { code: 'card' }] }
const hour = (n: number): number => Date.now() - n * 3600_000
const seen: Crossing = {
  id: 'c1', gate: 'g1', at: new Date(hour(3)).toISOString(), direction: 'in', vehicle: 'truck', plate: '藏C·12345', plate_key: '藏C12345',
  name: '次仁', people: 2, coming_from: '县城', going_to: '一村', errand: 'supply', outcome: 'pass', why: 'all_ok',
}
const listed = { id: 'a1', gate: '', plate: '藏A00001', plate_key: '藏A00001', errand: 'supply', whose: '粮站', since: new Date(hour(40)).toISOString(), until: new Date(hour(-40)).toISOString() }
const pulled: Pulled = { cursor: 'c', full: true, tables: {
  gate: { put: [GATE], drop: [] }, allowed: { put: [listed], drop: [] }, crossing: { put: [seen, { ...seen, id: 'c0', plate_key: '藏C00000', at: new Date(hour(60)).toISOString() }], drop: [] },
} }

beforeEach(async () => {
  close()
  forgetDeviceKey()
  await new Promise((done) => (indexedDB.deleteDatabase(DB_NAME).onsuccess = done))
  live.useEffects([gateEffect])
  await keepEnrolment({ device: 'd1', device_name: 'd', community: { code: '540526101001', name: 'c' }, table_no: 3, server_key: '', staff: [] }, 't')
  await keepPerson({ id: 's1', name: 's', grids: [], roles: ['gate_keeper'] }, toBase64(new Uint8Array(32)), '2580', 10)
  const answer = await unlock('s1', '2580', Date.now())
  if (!answer.ok) throw new Error('locked')
  live.who.value = answer.person
  await live.reload()
  await live.takeIn(pulled, 1)
  moment.value = Date.now()
  gate.clear()
  gate.begin()
})

const visitor = (key: string) => gate.known.value.find((one) => one.key === key)!
const last = (): CrossingBody => live.entries.value.at(-1)!.body as CrossingBody

describe('at the gate', () => {
  it('fills in a known visitor, the other way round, and records what was proposed', async () => {
    gate.meet({ ...visitor('藏C12345') })
    gate.allInOrder()
    expect(gate.proposal.value).toMatchObject({ outcome: 'pass', why: 'all_ok' })
    await gate.record('pass', 'all_ok')
    expect(last()).toMatchObject({
      gate: 'g1', direction: 'out', plate: '藏C·12345', vehicle: 'truck', people: 2, coming_from: '一村', going_to: '县城', offline: true,
      checks: { health_code: 'ok', temperature: 'ok', card: 'ok' }, temperature: null, card: null, colour: '',
    })
    expect(gate.crossings.value).toHaveLength(2)
    expect(gate.entry.plate).toBe('')
  })
  it('shows nothing older than 24 hours', () => {
    expect(gate.crossings.value.map((row) => row.id)).toEqual(['c1'])
    expect(gate.known.value.map((one) => one.key)).toEqual(['藏C12345', '藏A00001'])
  })
  it('knows the vehicles that are let through, also outside the hours, but not past a fever', () => {
    gate.entry.plate = '藏a·00001'
    for (const at of [NOON, NOON + 11 * 3600_000]) {
      moment.value = at
      expect(gate.proposal.value).toMatchObject({ outcome: 'pass', why: 'allowed' })
    }
    gate.entry.temperature = '38.2'
    expect(gate.proposal.value).toMatchObject({ outcome: 'referred_clinic', why: 'fever' })
  })
  it('turns back outside the hours, China time', () => {
    moment.value = NOON + 8 * 3600_000
    expect([gate.openNow.value, gate.proposal.value.why]).toEqual([false, 'closed_hours'])
    moment.value = NOON + 8 * 3600_000 - 1
    expect(gate.openNow.value).toBe(true)
  })
  it('takes an answer back with a second tap, and fills only what has none', () => {
    gate.answer('health_code', 'not_ok')
    gate.allInOrder()
    expect(gate.checks.value).toEqual({ health_code: 'not_ok', temperature: 'ok', card: 'ok' })
    gate.answer('health_code', 'not_ok')
    expect(gate.checks.value).toEqual({ temperature: 'ok', card: 'ok' })
  })
  it.each([['36.6', 366], ['３７．３', 373], ['37，3', 373], ['', null], ['36', 360], ['366', undefined], ['50', undefined], ['abc', undefined]])('reads a temperature of "%s"', (said, wanted) => {
    expect(gate.tenths(said)).toBe(wanted)
  })
  it('records nothing while the temperature cannot be read, and once however often it is pressed', async () => {
    gate.entry.temperature = '3'
    await gate.record('pass', 'all_ok')
    expect(await waitingItems()).toHaveLength(0)
    gate.entry.temperature = '36.5'
    await Promise.all([gate.record('pass', 'all_ok'), gate.record('pass', 'all_ok')])
    expect(await waitingItems()).toHaveLength(1)
  })
  it('takes the last one back, then the one before', async () => {
    gate.entry.plate = '藏C00001'
    await gate.record('pass', 'all_ok')
    gate.entry.name = '卓玛'
    await gate.record('turned_back', 'no_permit')
    await gate.undo()
    expect(gate.crossings.value.map((row) => row.plate)).toEqual(['藏C·12345', '藏C00001'])
    await gate.undo()
    expect(gate.crossings.value.map((row) => row.id)).toEqual(['c1'])
    expect(gate.undoable.value).toBe(null)
  })
  it('says red, and answers the check of cards, where a card cannot be read', async () => {
    await gate.scanned('HC1:NOTHING')
    expect(gate.card.value?.genuine).toBe(false)
    expect(['card_bad', 'card_doubt']).toContain(gate.proposal.value.why)
  })
  it('keeps nobody on the screen or in memory when the phone is locked', async () => {
    gate.meet({ ...visitor('藏C12345') })
    live.forget()
    await Promise.resolve()
    expect(gate.entry.name).toBe('')
    expect(gate.crossings.value).toEqual([])
    expect(gate.known.value).toEqual([])
  })
})

it('seals who crossed where it is kept', async () => {
  await keepPull(pulled, { cursor: 'c', build: 'b', pulls: 1, pulled_at: 1 }, live.who.value!.roster_key)
  const kept = JSON.stringify(await all('row'))
  expect(kept).toContain('东路口')
  for (const word of ['次仁', '12345', '粮站']) expect(kept).not.toContain(word)
})
