import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { toBase64 } from '../store/bytes.ts'
import { close, DB_NAME } from '../store/db.ts'
import { keepEnrolment } from '../store/device.ts'
import { keepPerson, unlock } from '../store/people.ts'
import { forgetDeviceKey } from '../store/sealing.ts'
import * as live from '../sync/live.ts'
import type { Pulled } from '../sync/merge.ts'
import type { HandBody } from './commands.ts'
import { runEffect } from './effects.ts'
import { fen, missing } from './next.ts'
import type { Parcel } from './rows.ts'
import * as run from './run.ts'

const ME = '0191d3a0-0000-7000-8000-000000000001'
const MATE = 'staff:0191d3a0-0000-7000-8000-000000000002'
const STEPS = { off: false, lines: [], collected: false, filled: false, disinfected: false, returned: false, unfit: '', mark: '', holder: 'door' }
const parcel = (id: string, no: number, stop: string, thing: string): Parcel => ({ id, no, stop, thing, run: 'r', what: '', size: '15kg', ...STEPS }) as Parcel
const visit = (id: string, position: number, place: string, stop: string, collect: number[], hand_back: number[]) => ({ id, run: 'r', truck: 1, day: 1, position, place, stop, minute: position, collect, hand_back })
const stop = (id: string, no: number) => ({ id, run: 'r', no, grid: 1, door: `1-${no}`, phone: '', urgent: false, due: 12000, skipped: false })
const put = (rows: { id: string }[]) => ({ put: rows, drop: [] })
const pulled: Pulled = { cursor: 'c', full: true, tables: {
  run: put([{ id: 'r', name: '换气', kind: 'collect-process-return', station: '县气站', depot: '', team: [{ key: `staff:${ME}`, name: 'D', truck: 1 }, { key: MATE, name: 'P', truck: 0 }] } as { id: string }]),
  run_stop: put([stop('s1', 1), stop('s2', 2)]),
  parcel: put([parcel('c1', 1, 's1', 'cylinder'), parcel('b1', 2, 's1', 'bag'), parcel('c2', 3, 's2', 'cylinder'), parcel('b2', 4, 's2', 'bag')]),
  run_visit: put([visit('v0', 1, 'depot', '', [], []), visit('v1', 2, 'stop', 's1', [1], []), visit('v2', 3, 'stop', 's2', [3], []), visit('v3', 4, 'station', '', [1, 3], [1, 3]), visit('v4', 5, 'stop', 's2', [], [3]), visit('v5', 6, 'stop', 's1', [], [1]), visit('v6', 7, 'depot', '', [], [])]),
} }

beforeEach(async () => {
  close()
  forgetDeviceKey()
  await new Promise((done) => (indexedDB.deleteDatabase(DB_NAME).onsuccess = done))
  live.useEffects([runEffect])
  await keepEnrolment({ device: 'd1', device_name: 'd', community: { code: '540526101001', name: 'c' }, table_no: 3, server_key: '', staff: [] }, 't')
  await keepPerson({ id: ME, name: 'D', grids: [], roles: ['courier'] }, toBase64(new Uint8Array(32)), '2580', 10)
  const answer = await unlock(ME, '2580', Date.now())
  if (!answer.ok) throw new Error('locked')
  live.who.value = answer.person
  await live.reload()
  await live.takeIn(pulled, 1)
})

describe('something missing when the run has left', () => {
  const LINES = [{ position: 1, item: '白菜', quantity: 2, unit: '斤', spec: '', price: 350 }, { position: 2, item: '大米', quantity: 1, unit: '袋', spec: '5kg', price: 3000 }]
  const goods: Pulled = { cursor: 'c', full: true, tables: {
    run: put([{ id: 'r', name: '菜', kind: 'deliver', station: '', depot: '', team: [{ key: `staff:${ME}`, name: 'D', truck: 1 }] } as { id: string }]),
    run_stop: put([{ ...stop('s1', 1), due: 3700 } as { id: string }]),
    parcel: put([{ ...parcel('p1', 1, 's1', 'parcel'), lines: LINES, what: '白菜 ×2斤、大米 5kg ×1袋', holder: `staff:${ME}` } as Parcel]),
    run_visit: put([visit('v1', 1, 'stop', 's1', [], [1])]),
  } }
  beforeEach(() => live.takeIn(goods, 1))
  const other = { item: '菠菜', quantity: 3, unit: '斤', spec: '', price: 300 }
  const now = () => [thing('p1').what, run.stops.value[0]!.due, thing('p1').off]

  it('is written down with who agreed, and taken back', async () => {
    const ref = await run.sayMissing(thing('p1'), 1, other, ' 次仁 ', 'phone')
    expect(now()).toEqual(['菠菜 ×3斤、大米 5kg ×1袋', 3900, false])
    expect(live.entries.value.at(-1)!.body).toMatchObject({ parcel: 'p1', position: 1, instead: other, who: '次仁', how: 'phone' })
    expect(thing('p1').said!.at(-1)!.ref).toBe(ref)
    await run.undoMissing(thing('p1'))
    expect(now()).toEqual(['白菜 ×2斤、大米 5kg ×1袋', 3700, false])
  })
  it('leaves out what nobody wants instead, and brings back what no door gets', async () => {
    await run.sayMissing(thing('p1'), 1, null, 'x', 'phone')
    expect(now()).toEqual(['大米 5kg ×1袋', 700 + 2300, false])
    await run.sayMissing(thing('p1'), 2, null, '', 'phone')
    expect([now(), run.here.value, run.homeless.value.map((one) => one.id)]).toEqual([['大米 5kg ×1袋', 0, true], null, ['p1']])
    await run.undoMissing(thing('p1'))
    expect([now()[1], run.homeless.value, run.here.value?.stop?.id]).toEqual([3000, [], 's1'])
    await run.sayMissing(thing('p1'), 2, null, '', 'phone')
    await run.give(run.homeless.value, 'depot')
    expect(run.onBoard.value).toEqual([])
  })
})

const DOOR = { called: false, note: '', marks: {} }
const fetchHere = () => run.fetchAt(run.here.value!.stop!.id, run.here.value!.work.fetch, DOOR)
const thing = (id: string): Parcel => live.rowsOf<Parcel>('parcel').get(id)!

describe('a run without a network', () => {
  it('goes from door to door, to the station, and home again', async () => {
    expect(run.here.value?.stop?.id).toBe('s1')
    await fetchHere()
    expect(run.here.value?.stop?.id).toBe('s2')
    await fetchHere()
    expect(run.onBoard.value).toHaveLength(4)
    expect(run.here.value?.visit.place).toBe('station')
    await run.give(run.here.value!.work.bring, 'station')
    expect(run.onBoard.value.map((one) => one.thing)).toEqual(['bag', 'bag'])
    await run.cannotFill(run.lacking.value.filled[0]!, 'leaking')
    await run.step(run.lacking.value.filled, 'filled')
    expect(run.lacking.value.filled).toHaveLength(0)
    await run.step(run.lacking.value.disinfected, 'disinfected')
    await run.take(run.here.value!.work.fetch, 'station')
    expect(run.here.value?.stop?.id).toBe('s2')
    await run.bringTo('s2', run.here.value!.work.bring, DOOR)
    await run.bringTo('s1', run.here.value!.work.bring, DOOR)
    expect([run.here.value, run.onBoard.value.length, live.unsent.value]).toEqual([null, 0, 9])
    expect([thing('c1').unfit, thing('c1').returned, thing('c2').filled]).toEqual(['leaking', true, true])
  })
  it('takes the last hand-over back', async () => {
    const ref = await run.fetchAt('s1', run.here.value!.work.fetch, { ...DOOR, marks: { c1: 'QZ-1' } })
    expect(thing('c1').mark).toBe('QZ-1')
    await run.undo(ref)
    expect([thing('c1').holder, thing('c1').collected, thing('c1').mark]).toEqual(['door', false, ''])
    expect(run.here.value?.stop?.id).toBe('s1')
  })
  it('says when it knocked, at which door', async () => {
    await fetchHere()
    const body = live.entries.value.at(-1)!.body as HandBody
    expect([body.giver, body.taker, body.stop, body.parcels]).toEqual(['door', `staff:${ME}`, 's1', ['c1', 'b1']])
    expect(Date.parse(body.knocked!)).toBeGreaterThan(0)
  })
  it('leaves a door out, and any door may come first', async () => {
    await run.skip('s1', 'not_home')
    expect(run.here.value?.stop?.id).toBe('s2')
    run.chosen.value = 's2'
    expect(run.here.value?.visit.id).toBe('v2')
  })
  it('asks for each bag once', async () => {
    await fetchHere()
    expect(run.uncounted.value.map((one) => one.id)).toEqual(['s1'])
    await run.count('s1', 11500)
    expect(run.uncounted.value).toHaveLength(0)
  })
  it('shows what waits for the other side only to the other side', async () => {
    await fetchHere()
    await run.give(run.onBoard.value, MATE)
    expect(run.waiting.value).toHaveLength(0)
    expect(live.rowsOf('hand').size).toBe(1)
  })
})

it.each([['115', 11500], ['115.5', 11550], ['１１５，０５', 11505], ['', undefined], ['1.234', undefined], ['-5', undefined]])('reads "%s" as fen', (said, wanted) => {
  expect(fen(said)).toBe(wanted)
})
it('lets only cylinders that took their steps go home', () => {
  const one = parcel('x', 1, 's1', 'cylinder')
  expect([missing(one), missing({ ...one, filled: true }), missing({ ...one, unfit: 'leaking', disinfected: true }), missing(parcel('b', 2, 's1', 'bag'))]).toEqual(['filled', 'disinfected', '', ''])
})
