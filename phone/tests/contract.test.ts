import { readFileSync } from 'node:fs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import * as care from '../src/care/commands.ts'
import * as gate from '../src/checkpoints/commands.ts'
import * as checks from '../src/monitoring/commands.ts'
import * as errand from '../src/deliveries/commands.ts'
import * as duty from '../src/rosters/commands.ts'
import * as commands from '../src/sampling/commands.ts'
import { newId } from '../src/store/ids.ts'
import * as visits from '../src/visits/commands.ts'
import type { Command } from '../src/sync/live.ts'
import { TABLES } from '../src/sync/pull.ts'

const contract = JSON.parse(readFileSync(new URL('../../contracts/phone.schema.json', import.meta.url), 'utf8')) as {
  commands: Record<string, object>
  tables: Record<string, object>
}
const ajv = new Ajv2020({ strict: false, validateFormats: false })
const rule = (kind: string): ValidateFunction => ajv.compile(contract.commands[kind] ?? { not: {} })

const [round, person] = [newId(1), newId(2)]
const tube = { id: newId(3), label: '12-3-001', ratio: 10 }
const whom = { round, person, seen: '' }
const crossing: gate.CrossingBody = {
  gate: newId(6), direction: 'in', outcome: 'pass', why: 'all_ok', vehicle: 'car', errand: 'supply', people: 2,
  plate: '藏C·12345', name: '', id_number: '', phone: '', coming_from: '', going_to: '', checks: { health_code: 'ok' },
  temperature: 366, card: null, colour: '', permit_no: '', note: '', offline: true,
}
const SENT: [string, Command][] = [
  ['a swab with a card', commands.takeSample({ round, person, tube, position: 3, card: { serial: 12_007_000_001, kid: '0011223344556677' }, at_home: false })],
  ['a swab at home without a card, with a reason', commands.takeSample({ round, person, tube, position: 1, card: null, at_home: true, override: '本人来了' })],
  ['a swab taken back', commands.undoSample(newId(4))],
  ['why somebody is missing', commands.noteMissing({ ...whom, reason: 'refused' })],
  ['called, comes at', commands.noteMissing({ ...whom, reason: 'will_come', called: true, comes_at: new Date(0).toISOString() })],
  ['an excuse', commands.excuse({ ...whom, reason: 'other', note: 'x' })],
  ['somebody who moved', commands.markGone({ ...whom, how: 'moved' })],
  ['somebody nobody finds', commands.markGone({ ...whom, how: 'not_found' })],
  ['somebody new', commands.addToRoster({ round, reason: 'not_registered', new: { id: newId(5), name: '甲', birth_year: null, sex: '', grid: 7, phone: '+86 139' } })],
  ['a closed table', commands.closeTable(round)],
  ['somebody asked after', care.noteContact({ care: newId(8), how: 'phone', reached: true, need: '降压药', result: '', medicine_until: '2022-09-20' })],
  ['somebody not reached', care.noteContact({ care: newId(8), how: 'door', reached: false, need: '', result: '', medicine_until: null })],
  ['a contact taken back', care.undoContact(newId(8))],
  ['a visit', visits.visitDoor({ door: newId(9), follows: null, answers: { q1: true, q2: 3, q3: '电', q4: '' }, masks: 4, advised: true, note: '', care: ['pregnant'], care_words: '二女儿', on_behalf: '' })],
  ['a visit corrected', visits.visitDoor({ door: newId(9), follows: newId(10), answers: {}, masks: 0, advised: false, note: '', care: [], care_words: '', on_behalf: '扎西' })],
  ['a door excused', visits.excuseDoor({ door: newId(9), follows: null, code: 'ill' })],
  ['a door moved away', visits.doorGone({ door: newId(9), follows: newId(11), code: 'moved' })],
  ['a door not done', visits.noteMissing({ door: newId(9), follows: null, code: 'needs_explaining', note: '听不懂' })],
  ['a door due after all', visits.putBack({ door: newId(9), follows: newId(11) })],
  ['a word at a door taken back', visits.undoSaid(newId(11))],
  ['a place without an address', visits.addDoor({ campaign: newId(12), name: '夏季牧场', grid: 3, where: '北沟', people: 4 })],
  ['someone at a gate', gate.recordCrossing(crossing)],
  ['someone at a gate with a card', gate.recordCrossing({ ...crossing, colour: 'green', card: { serial: 12_007_000_001, kid: '0011' } })],
  ['a shift handed over', duty.handOver({ shift: newId(8), notes: '两辆车在等', counts: { people_in: 3, referred: 0 } })],
  ['a shift taken over', duty.takeOver(newId(9))],
  ['a hand-over taken back', duty.undoHandOver(newId(9))],
  ['a point a patrol passed', gate.recordFinding({ route: newId(1), point: 0, found: 'nothing', people: 0, did: 'nothing' })],
  ['people met on patrol', gate.recordFinding({ route: newId(1), point: 3, found: 'gathering', people: 7, did: 'explained' })],
  ['a finding taken back', gate.undoFinding(newId(1))],
  ['a crossing taken back', gate.undoCrossing(newId(7))],
  ['how somebody is', checks.recordCheck({ person, slot: 'morning', how: 'phone', reached: 'yes', temperature: 366, symptoms: ['fever'], note: '' })],
  ['a measure still needed', checks.reviewMeasure({ measure: newId(8), words: '家里有病人' })],
  ['a measure in its next stage', checks.beginStage(newId(8), 1)],
  ['a measure that is over', checks.releaseMeasure({ measure: newId(8), words: '' })],
  ['a check taken back', checks.undoCheck(newId(8))],
  ['another thing for what is missing', errand.sayMissing({ run: newId(8), parcel: newId(8), position: 1, instead: { item: '菠菜', quantity: 3, unit: '斤', spec: '', price: 300 }, who: '次仁', how: 'phone' })],
  ['something left out', errand.sayMissing({ run: newId(8), parcel: newId(8), position: 1, instead: null, who: '', how: null })],
  ['a door as things lay there', errand.keepDoorPhoto(newId(8), newId(8), '/9j/4AAQ')],
  ['it was not missing', errand.undoMissing(newId(8), newId(8), newId(8))],
  ['things fetched at a door', errand.handOver({
    run: newId(8), parcels: [newId(9)], giver: errand.DOOR, taker: `staff:${newId(10)}`, stop: newId(11), knocked: new Date(0).toISOString(),
    called: true, note: '', marks: { [newId(9)]: 'QZ-117' },
  })],
  ['a hand-over confirmed', errand.confirmHand(newId(8), newId(12))],
  ['a hand-over taken back', errand.takeBack(newId(8), newId(12))],
  ['cylinders filled', errand.takeStep({ run: newId(8), parcels: [newId(9)], step: 'filled' })],
  ['a cylinder that cannot be filled', errand.takeStep({ run: newId(8), parcels: [newId(9)], unfit: 'leaking' })],
  ['a door left out', errand.skipStop(newId(8), newId(11), 'not_home')],
  ['a bag counted', errand.countCash(newId(8), newId(11), 11_500)],
]

describe('what the phone sends', () => {
  it.each(SENT)('%s is as the contract has it', (_, { kind, body }) => {
    const holds = rule(kind)
    expect(holds(body) ? [] : holds.errors).toEqual([])
  })
  it('covers every command the server takes of the rooms that have screens', () => {
    const rooms = new Set(SENT.map(([, { kind }]) => kind.split('.')[0]))
    const known = Object.keys(contract.commands).filter((kind) => rooms.has(kind.split('.')[0]))
    expect([...new Set(SENT.map(([, { kind }]) => kind))].sort()).toEqual(known.sort())
  })
  it('asks for tables the server has', () => {
    expect(Object.keys(contract.tables)).toEqual(expect.arrayContaining([...TABLES]))
  })
})
