import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { checkCharacter } from '../cards/codes.ts'
import { codeHash, residentCode } from '../sampling/lines.ts'
import { view, type Entry, type Tables } from '../sync/merge.ts'
import { HAND_OUT, UNDO_GIVEN, type Handout, type Share } from './commands.ts'
import { handoutEffect } from './effects.ts'
import { voucher, type CardSeen, type Voucher } from './rules.ts'

const cases = (JSON.parse(readFileSync(new URL('../../../contracts/cases/handout-voucher.json', import.meta.url), 'utf8')) as {
  cases: { name: string; asked: number | null; card: CardSeen | null; worth: Voucher }[]
}).cases
describe('contract cases of a card at a distribution', () => {
  it.each(cases)('$name', ({ asked, card, worth }) => expect(voucher(asked, card)).toBe(worth))
})

const CODE = 'R1:00000000000000009'
const share: Share = {
  id: 's', handout: 'h', house: 'x', name: '扎西', house_no: '7', address: '北沟', grid: 1, order: 0, people: 3, amount: 2500,
  members: ['扎西', '卓玛'], codes: [], given: '', card: null,
}
const base: Tables = { share: new Map([['s', share]]) }
const entry = (seq: number, kind: string, body: Record<string, unknown>, standing: Entry['standing'] = 'waiting'): Entry =>
  ({ ref: `r${seq}`, seq, kind, actor: 'a', at: '2022-09-13T02:00:00Z', body, standing })
const given = { share: 's', how: 'door', confirmed: 'signed', card: { serial: 3001000001, kid: '00' } }
const after = (...entries: Entry[]): Share => view(base, entries, 0, handoutEffect).share!.get('s') as Share

describe('a share on this phone before the server has answered', () => {
  it('is handed out at once, with the card it was had on', () => {
    expect(after(entry(1, HAND_OUT, given))).toMatchObject({ given: 'r1', card: 3001000001 })
  })
  it('is due again when that is taken back or refused', () => {
    expect(after(entry(1, HAND_OUT, given), entry(2, UNDO_GIVEN, { given: 'r1' }))).toEqual(share)
    expect(after(entry(1, HAND_OUT, given, 'refused'))).toEqual(share)
  })
  it('keeps the first of two', () => {
    expect(after(entry(1, HAND_OUT, given), entry(2, HAND_OUT, { ...given, card: null }))).toMatchObject({ given: 'r1', card: 3001000001 })
  })
})

const acted = vi.hoisted(() => ({ commands: [] as unknown[] }))
const tables = vi.hoisted(() => ({ rows: {} as Record<string, Map<string, unknown>>, judged: null as unknown, codes: [] as unknown[] }))
vi.mock('../sync/live.ts', async () => {
  const { ref } = await import('vue')
  return {
    act: (commands: unknown[]) => Promise.resolve(acted.commands.push(...commands) && ['r9']),
    entries: ref([]), who: ref(null), rowsOf: (name: string) => tables.rows[name] ?? new Map(),
  }
})
vi.mock('../checking/judge.ts', () => ({ judge: (_: string, code?: string) => Promise.resolve(tables.codes.push(code) && tables.judged), cardWords: (reason: string) => reason }))
vi.mock('../ui/sound.ts', () => ({ signalSound: () => {} }))
vi.mock('../ui/text.ts', () => ({ t: (key: string) => key }))

describe('at the counter', () => {
  const judged = (round: number, genuine = true) => ({
    genuine, kid: '00', colour: 'yes', reason: genuine ? 'ok' : 'signature', activated: true, why: '',
    claims: { serial: round * 10 ** 9 + 1000001, round },
  })
  beforeEach(() => {
    vi.resetModules()
    acted.commands = []
    tables.codes = []
  })
  async function counter(round: number | null, more: Share[] = []) {
    const codes = [(await codeHash(CODE)).slice(0, 16)]
    const all = [{ ...share, codes }, ...more]
    const one = { id: 'h', no: 1, name: '口罩', name_bo: '', item: '口罩', item_bo: '', unit: '只', per: 'person', card_round: round } as Handout
    tables.rows = { handout: new Map([['h', one]]), share: new Map(all.map((row) => [row.id, row])) }
    return import('./handouts.ts')
  }

  it('a code finds the home, its card lets it have the share, and the command names the card', async () => {
    const at = await counter(3)
    await at.scanned(CODE)
    expect([at.share.value?.id, at.shown.value?.signal]).toEqual(['s', 'look'])
    tables.judged = judged(3)
    await at.scanned('HC1:x')
    expect(at.shown.value).toEqual({ signal: 'yes', why: '' })
    await at.give('counter', 'signed')
    expect(acted.commands).toEqual([{ kind: HAND_OUT, body: { share: 's', how: 'counter', confirmed: 'signed', card: { serial: 3001000001, kid: '00' } } }])
    expect([at.share.value, at.justDone.value?.ref]).toEqual([null, 'r9'])
  })
  it.each([
    ['of another round', judged(2), 'handouts.voucher_other_round'],
    ['that is not genuine', judged(3, false), 'signature'],
    ['that another home used', judged(3), 'handouts.voucher_used'],
  ])('a card %s is told', async (_, card, why) => {
    const used = why === 'handouts.voucher_used' ? [{ ...share, id: 'other', given: 'g', card: 3001000001 }] : []
    const at = await counter(3, used)
    at.meet(share)
    tables.judged = card
    await at.scanned('HC1:x')
    expect(at.shown.value).toEqual({ signal: 'no', why })
  })
  it('a card is of the share on the screen: with the next one it is gone, and without one it is not kept', async () => {
    const at = await counter(3, [{ ...share, id: 'next' }])
    tables.judged = judged(3)
    await at.scanned('HC1:x')
    expect([at.unread.value, at.card.value]).toEqual(['handouts.phone_code_first', null])
    at.meet({ ...share, id: 'next' })
    await at.scanned('HC1:x')
    await at.scanned(CODE)
    expect([at.share.value?.id, at.card.value, at.shown.value?.signal]).toEqual(['s', null, 'look'])
  })
  it('a card is compared with a code only of whom it was scanned of', async () => {
    const at = await counter(3, [{ ...share, id: 'next' }])
    tables.judged = judged(3)
    await at.scanned(CODE)
    await at.scanned('HC1:x')
    at.meet({ ...share, id: 'next' })
    await at.scanned('HC1:x')
    expect(tables.codes).toEqual([residentCode(CODE), undefined])
  })
  it('a code that is not on the list leaves nobody on the screen', async () => {
    const at = await counter(3)
    await at.scanned(CODE)
    const body = '2'.padStart(16, '0')
    await at.scanned(`R1:${body}${checkCharacter(body)}`)
    expect([at.share.value, at.unread.value]).toEqual([null, 'handouts.phone_not_listed'])
  })
  it('whoever locks the phone leaves nobody on it', async () => {
    const at = await counter(null)
    const { who } = await import('../sync/live.ts')
    who.value = { name: 'a' } as never
    at.meet(share)
    await at.give('counter', 'signed')
    at.meet(share)
    who.value = null
    expect([at.share.value, at.justDone.value]).toEqual([null, null])
  })
  it('a home that had its share is not offered it again', async () => {
    const at = await counter(null, [{ ...share, id: 'had', given: 'g' }])
    at.meet({ ...share, id: 'had', given: 'g' })
    expect([at.shown.value?.signal, at.mayGive.value]).toEqual(['no', false])
    await at.give('door', 'signed')
    expect(acted.commands).toEqual([])
  })
  it('homes stand in the order in which one walks', async () => {
    const at = await counter(null, [{ ...share, id: 'second', order: 2, house_no: '1' }, { ...share, id: 'first', order: 1, house_no: '9' }, { ...share, id: 'other', grid: 2 }])
    expect(at.shares.value.map((one) => one.id)).toEqual(['s', 'first', 'second', 'other'])
  })
  it('a home is found by head, door, place or member, those still due first', async () => {
    const at = await counter(null)
    for (const typed of ['扎', '7', '北', '卓玛']) expect(at.findShares([share], typed)).toHaveLength(1)
    expect(at.findShares([{ ...share, given: 'g' }, { ...share, id: 'due' }], '扎').map((one) => one.id)).toEqual(['due', 's'])
    expect(at.findShares([share], '')).toEqual([])
    await at.scanned('something else')
    expect(at.unread.value).toBe('handouts.phone_unread')
  })
})
