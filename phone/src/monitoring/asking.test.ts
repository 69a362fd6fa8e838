import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { moment } from '../app/session.ts'
import { toBase64 } from '../store/bytes.ts'
import { all, close, DB_NAME } from '../store/db.ts'
import { keepEnrolment } from '../store/device.ts'
import { keepPerson, unlock } from '../store/people.ts'
import { keepPull } from '../store/rows.ts'
import { forgetDeviceKey } from '../store/sealing.ts'
import * as live from '../sync/live.ts'
import type { Pulled } from '../sync/merge.ts'
import * as asking from './asking.ts'
import type { CheckBody } from './commands.ts'
import { checkEffect } from './effects.ts'
import { dayOf } from '../ui/days.ts'
import { slotAt, tenths } from './rules.ts'

const person = (id: string, order: number) => ({ id, name: `人${id}`, name_bo: '', birth_year: 1980, grid: 1, household: `${order}`, house: 'h', order, twice: true, morning_at: '', evening_at: '', phone: '13912345678' })
const pulled: Pulled = { cursor: 'c', full: true, tables: {
  asking: { put: [{ id: 'o', slots: ['morning', 'evening'], fever: 373, symptoms: [{ code: 'fever', zh: '发烧', bo: 'ཚ་བ', en: 'Fever' }] }], drop: [] },
  checked: { put: [person('b', 2), person('a', 1)], drop: [] },
  daily: { put: [{ id: '0', person: 'a', day: '2000-01-01', slot: 'morning', reached: 'yes', abnormal: true }], drop: [] },
} }
const states = () => asking.lines.value.map((line) => line.state)
const last = (): CheckBody => live.entries.value.at(-1)!.body as CheckBody

beforeEach(async () => {
  close()
  forgetDeviceKey()
  await new Promise((done) => (indexedDB.deleteDatabase(DB_NAME).onsuccess = done))
  live.useEffects([checkEffect])
  await keepEnrolment({ device: 'd1', device_name: 'd', community: { code: '540526101001', name: 'c' }, table_no: 3, server_key: '', staff: [] }, 't')
  await keepPerson({ id: 's1', name: 's', grids: [1], roles: ['grid_worker'] }, toBase64(new Uint8Array(32)), '2580', 10)
  const answer = await unlock('s1', '2580', Date.now())
  if (!answer.ok) throw new Error('locked')
  live.who.value = answer.person
  await live.reload()
  await live.takeIn(pulled, 1)
  moment.value = Date.now()
  asking.clear()
})

describe('calling down the list', () => {
  it('goes by grid and house, and yesterday does not count', () => {
    expect(asking.lines.value.map((line) => line.id)).toEqual(['a', 'b'])
    expect(states()).toEqual(['', ''])
  })
  it('writes down who is well and shows it before the server knows', async () => {
    asking.entry.temperature = '36.6'
    expect(await asking.record(asking.lines.value[0]!, 'yes')).toBe(true)
    expect(last()).toMatchObject({ person: 'a', temperature: 366, symptoms: [], reached: 'yes', how: 'phone' })
    expect(states()).toEqual(['yes', ''])
    expect(live.unsent.value).toBe(1)
  })
  it('says at once that a fever or a symptom is not normal', async () => {
    asking.entry.temperature = '37.3'
    await asking.record(asking.lines.value[0]!, 'yes')
    asking.toggle('fever')
    await asking.record(asking.lines.value[1]!, 'yes')
    expect(states()).toEqual(['no', 'no'])
    expect(asking.unwell.value).toHaveLength(2)
  })
  it('keeps who did not answer on the list, and what was typed before is not sent', async () => {
    asking.entry.temperature = '39'
    await asking.record(asking.lines.value[0]!, 'no_answer')
    expect(last()).toMatchObject({ reached: 'no_answer', temperature: null, symptoms: [] })
    expect(states()).toEqual(['look', ''])
    expect(asking.open.value).toHaveLength(2)
  })
  it('keeps back a temperature nobody has', async () => {
    asking.entry.temperature = '366'
    expect(await asking.record(asking.lines.value[0]!, 'yes')).toBe(false)
    expect(live.entries.value).toHaveLength(0)
  })
  it('is due no more once reached, and due again when taken back', async () => {
    const over = () => asking.lines.value.map((line) => Boolean(line[`${asking.slot.value}_at`]))
    await asking.record(asking.lines.value[0]!, 'yes')
    await asking.record(asking.lines.value[1]!, 'no_answer')
    expect(over()).toEqual([true, false])
    await asking.undo()
    await asking.undo()
    expect(over()).toEqual([false, false])
  })
  it('takes the last one back', async () => {
    await asking.record(asking.lines.value[0]!, 'yes')
    await asking.undo()
    expect(states()).toEqual(['', ''])
    expect(asking.undoable.value).toBeNull()
  })
  it('keeps names and numbers sealed at rest', async () => {
    await keepPull(pulled, { cursor: 'c', build: 'b', pulls: 1, pulled_at: 1 }, live.who.value!.roster_key)
    expect(JSON.stringify(await all('row'))).not.toContain('13912345678')
  })
  it('leaves nothing on the screen for whoever comes next', async () => {
    asking.entry.note = '要药'
    live.forget()
    expect([asking.entry.note, asking.lines.value.length]).toEqual(['', 0])
  })
})

describe('the clock', () => {
  it.each([
    ['2022-09-13T03:59:59Z', 'morning', '2022-09-13'],
    ['2022-09-13T04:00:00Z', 'evening', '2022-09-13'],
    ['2022-09-13T15:59:59Z', 'evening', '2022-09-13'],
    ['2022-09-13T16:00:00Z', 'morning', '2022-09-14'],
  ])('%s is the %s of %s here', (at, slot, day) => {
    expect([slotAt(Date.parse(at), ['morning', 'evening']), dayOf(Date.parse(at))]).toEqual([slot, day])
  })
  it('knows one check a day', () => expect(slotAt(Date.parse('2022-09-13T10:00:00Z'), ['morning'])).toBe('morning'))
  it.each([['36.6', 366], ['３６．６', 366], ['36，6', 366], ['', null], ['33.9', undefined], ['43.1', undefined], ['x', undefined]])('reads %s', (said, read) => {
    expect(tenths(said)).toBe(read)
  })
})
