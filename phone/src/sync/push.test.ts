import 'fake-indexeddb/auto'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { toBase64 } from '../store/bytes.ts'
import { close, DB_NAME } from '../store/db.ts'
import { keepEnrolment } from '../store/device.ts'
import { keepPerson, unlock, type Unlocked } from '../store/people.ts'
import { forgetDeviceKey } from '../store/sealing.ts'
import { Refused, Unreachable } from './door.ts'
import { enqueue, entries, prepare, waitingItems, type Item } from './outbox.ts'
import { alone, push } from './push.ts'

const NOON = Date.UTC(2026, 8, 13, 4)
type Asked = { items: Item[]; unsent: number }

/** A server of its own on this machine: keeps what it accepted, and can be told to break in a certain way. */
let server: Server
let accepted: string[] = []
let breaks: (asked: Asked, response: ServerResponse) => boolean = () => false
let token: string | undefined
const realFetch = globalThis.fetch

beforeAll(async () => {
  server = createServer((request, response) => {
    let said = ''
    request.on('data', (part) => (said += part))
    request.on('end', () => {
      token = request.headers.authorization
      const asked = JSON.parse(said) as Asked
      if (breaks(asked, response)) return
      response.end(JSON.stringify({ answers: asked.items.map(take) }))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  globalThis.fetch = (path, options) => realFetch(`http://127.0.0.1:${port}${path as string}`, options)
})
afterAll(() => {
  globalThis.fetch = realFetch
  server.close()
})

function take({ ref }: Item) {
  if (!accepted.includes(ref)) accepted.push(ref)
  return { ref, status: 'accepted', reason: '', facts: {} }
}

let person: Unlocked
beforeEach(async () => {
  accepted = []
  breaks = () => false
  close()
  forgetDeviceKey()
  await new Promise((done) => (indexedDB.deleteDatabase(DB_NAME).onsuccess = done))
  const community = { code: '540526101001', name: 'c' }
  await keepEnrolment({ device: 'd1', device_name: 'd', community, table_no: 1, server_key: '', staff: [] }, 'token-1')
  await keepPerson({ id: 's1', name: 's', grids: [], roles: [] }, toBase64(new Uint8Array(32)), '2580', 10)
  const answer = await unlock('s1', '2580', NOON)
  if (!answer.ok) throw new Error('locked')
  person = answer.person
})

async function queue(count: number): Promise<string[]> {
  for (let n = 0; n < count; n++) await enqueue([await prepare(person, 'd1', 'sampling.excuse', { person: `p${n}`, reason: 'ill' }, NOON + n)])
  return (await entries()).map((entry) => entry.ref)
}

describe('delivery', () => {
  it('sends everything once, in order, with the phone’s token', async () => {
    const refs = await queue(250)
    expect(await push()).toEqual({ answered: 250, left: 0 })
    expect(accepted).toEqual(refs)
    expect(token).toBe('Bearer token-1')
    expect(await waitingItems()).toEqual([])
  })
  it('says how many wait, those handed in included', async () => {
    const said: number[] = []
    breaks = ({ unsent }) => (said.push(unsent), false)
    await queue(150)
    await push()
    expect(said).toEqual([150, 50])
  })
  it('keeps everything when the answer is lost, and nothing is done twice when it is sent again', async () => {
    const refs = await queue(3)
    breaks = ({ items }, response) => {
      items.forEach(take)
      response.destroy()
      return true
    }
    await expect(push()).rejects.toThrow(Unreachable)
    expect(await waitingItems()).toHaveLength(3)
    breaks = () => false
    await push()
    expect(accepted).toEqual(refs)
    expect(await waitingItems()).toEqual([])
  })
  it.each([
    ['half an answer', (r: ServerResponse) => r.end('{"answers":[{"ref":')],
    ['the page of a portal', (r: ServerResponse) => r.end('<html>log in</html>')],
    ['a server that cannot store', (r: ServerResponse) => void r.writeHead(503).end('{}')],
  ])('takes %s for no answer', async (_, says) => {
    await queue(2)
    breaks = (_asked, response) => (says(response), true)
    await expect(push()).rejects.toThrow(Unreachable)
    expect(await waitingItems()).toHaveLength(2)
  })
  it('lets one bad item hold up nothing but itself', async () => {
    const refs = await queue(9)
    breaks = ({ items }, response) => {
      const bad = items.some(({ ref }) => ref === refs[4])
      if (bad) response.writeHead(422).end('{"reason":"sync.not_understood"}')
      return bad
    }
    await push()
    expect(accepted).toEqual(refs.filter((ref) => ref !== refs[4]))
    expect((await waitingItems()).map((item) => item.ref)).toEqual([refs[4]])
  })
  it('leaves waiting what the server does not know yet, and goes on with the rest', async () => {
    const refs = await queue(3)
    breaks = ({ items }, response) => {
      const answers = items.map((item) => (item.ref === refs[0] ? { ref: item.ref, status: 'waiting', reason: 'sync.unknown_kind', facts: {} } : take(item)))
      response.end(JSON.stringify({ answers }))
      return true
    }
    await push()
    expect((await waitingItems()).map((item) => item.ref)).toEqual([refs[0]])
  })
  it('is not held up by a hundred items the server does not know yet', async () => {
    const refs = await queue(120)
    const unknown = new Set(refs.slice(0, 110))
    breaks = ({ items }, response) => {
      const answers = items.map((item) => (unknown.has(item.ref) ? { ref: item.ref, status: 'waiting', reason: '', facts: {} } : take(item)))
      response.end(JSON.stringify({ answers }))
      return true
    }
    await push()
    expect(accepted).toEqual(refs.slice(110))
  })
  it('believes no answer to something it did not ask', async () => {
    const refs = await queue(1)
    breaks = (_, response) => (response.end(JSON.stringify({ answers: [{ ref: 'someone-else', status: 'accepted' }] })), true)
    await push()
    expect((await waitingItems()).map((item) => item.ref)).toEqual(refs)
  })
  it('passes a refusal of the whole phone on, and keeps everything', async () => {
    await queue(1)
    breaks = (_, response) => (response.writeHead(401).end('{"reason":"sync.unknown_device"}'), true)
    await expect(push()).rejects.toThrow(Refused)
    expect(await waitingItems()).toHaveLength(1)
  })
  it('runs in one place at a time, however many tabs there are', async () => {
    await queue(5)
    const said: string[] = []
    breaks = ({ items }) => (said.push(...items.map((item) => item.ref)), false)
    const all = await Promise.all([alone(push), alone(push), alone(push)])
    expect(all.filter((one) => one !== null)).toHaveLength(1)
    expect(said).toHaveLength(5)
  })
})
