// What this phone knows about itself.
import { change, get, put, write } from './db.ts'
import { deviceKey, seal, unseal, type Sealed } from './sealing.ts'

export type Enrolment = {
  device: string
  device_name: string
  community: { code: string; name: string; name_bo?: string }
  table_no: number
  /** The server's public key (P-256 point, base64) that what waits here is sealed to when this phone is wiped. */
  server_key: string
  staff: { id: string; name: string; name_bo?: string }[]
}
type KeptEnrolment = Enrolment & { token: Sealed }

/** This phone is that device from now on. What was pulled before goes, and so do people: their keys were for another device. */
export async function keepEnrolment(enrolment: Enrolment, token: string): Promise<void> {
  const kept = { ...enrolment, token: await seal(await deviceKey(), token) }
  await write(['device', 'row', 'person'], ({ device, row, person }) => {
    device.put(kept, 'enrolment')
    for (const key of ['cursor', 'pulled_at', 'card-pins', 'tube']) device.delete(key) // of another community, perhaps
    row.clear()
    person.clear()
  })
}

export const enrolment = (): Promise<Enrolment | undefined> => get<KeptEnrolment>('device', 'enrolment')

/** The token that opens the server's doors for this phone; null before enrolment. */
export async function deviceToken(): Promise<string | null> {
  const kept = await get<KeptEnrolment>('device', 'enrolment')
  return kept ? unseal<string>(await deviceKey(), kept.token) : null
}

/** Drafts survive a closed app; sealed, because they hold what people said. */
export const keepDraft = async (name: string, draft: unknown): Promise<void> =>
  put('device', await seal(await deviceKey(), draft), `draft:${name}`)

export async function draft<T>(name: string): Promise<T | undefined> {
  const sealed = await get<Sealed>('device', `draft:${name}`)
  return sealed ? unseal<T>(await deviceKey(), sealed).catch(() => undefined) : undefined
}

export const dropDraft = (name: string): Promise<void> =>
  write(['device'], ({ device }) => void device.delete(`draft:${name}`))

/** A number that only grows, one step at a time, also across tabs and restarts. */
export const nextSeq = (): Promise<number> => change<number>('seq', (before) => (before ?? 0) + 1)

type Clock = { offset: number; floor: number }
/** Below this, the phone's own clock is left alone. */
const TOLERATED = 60_000
let clock: Clock = { offset: 0, floor: 0 }

export async function loadClock(): Promise<void> {
  clock = (await get<Clock>('device', 'clock')) ?? clock
}

/** Compares with the server's clock at each contact; a phone whose clock is wrong still writes the right time. */
export async function setClock(serverTime: string): Promise<void> {
  const server = Date.parse(serverTime)
  if (Number.isNaN(server)) return
  const offset = server - Date.now()
  clock = { offset: Math.abs(offset) > TOLERATED ? offset : 0, floor: Math.max(clock.floor, server) }
  await put('device', clock, 'clock')
}

/** Now, in milliseconds, by the server's clock as last seen; never before the last moment the server named. */
export const now = (): number => Math.max(Date.now() + clock.offset, clock.floor)
export const clockIsWrongBy = (): number => clock.offset
/** Whether this phone's own clock stands before a moment the server has already named. */
export const clockIsBehind = (): boolean => Date.now() + clock.offset < clock.floor - TOLERATED
