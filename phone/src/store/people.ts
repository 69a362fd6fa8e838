// Who may unlock this phone. Each person's keys lie here wrapped by their PIN and this phone's secret; unlocking
// offline means that unwrapping succeeds. The roster key, which seals what was pulled about people, is wrapped to
// every person's public key, so that a newcomer can renew it for all without knowing anybody's PIN.
import { fromBase64, joined, random, toBase64, utf8, type Bytes } from './bytes.ts'
import { all, change, get, put, write } from './db.ts'
import { aesKey, newKeyPair, openWith, seal, sealTo, unseal, type Sealed } from './sealing.ts'

/** OWASP Password Storage Cheat Sheet: PBKDF2-HMAC-SHA256 with 600,000 rounds. */
const ROUNDS = 600_000
const FREE_TRIES = 3
const LAST_TRY = 10
const LONGEST_WAIT = 15 * 60_000

export type StaffFacts = { id: string; name: string; grids: number[]; roles: string[] }
type Wrapped = { staff_key: string; private: string }
export type Person = StaffFacts & {
  salt: Bytes
  rounds: number
  wrapped: Sealed
  public: Bytes
  roster?: Bytes
  wrong: number
  not_before: number
}
export type Unlocked = StaffFacts & { staff_key: CryptoKey; roster_key: CryptoKey }
export type UnlockAnswer =
  | { ok: true; person: Unlocked }
  | { ok: false; wait_until: number; tries_left: number }

export const people = (): Promise<Person[]> => all<Person>('person')

const secret = (): Promise<Bytes> => change<Bytes>('secret', (before) => before ?? random(32))

async function pinKey(pin: string, salt: Bytes, rounds: number): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', joined(utf8(pin), await secret()), 'PBKDF2', false, ['deriveKey'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }
  return crypto.subtle.deriveKey(how, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/** Why a PIN will not do: too short, all one digit, or a plain run; null if it will. */
export function pinWeakness(pin: string): 'short' | 'simple' | null {
  if (!/^\d{4,8}$/.test(pin)) return 'short'
  const steps = [...pin].slice(1).map((digit, i) => Number(digit) - Number(pin[i]))
  return steps.every((step) => step === steps[0] && Math.abs(step) <= 1) ? 'simple' : null
}

/** The person can unlock this phone from now on; what was pulled about people must be pulled again (`renewed`). */
export async function keepPerson(staff: StaffFacts, staffKey: string, pin: string, rounds = ROUNDS): Promise<void> {
  const pair = await newKeyPair()
  const salt = random(16)
  const keys: Wrapped = { staff_key: staffKey, private: toBase64(pair.private) }
  const wrapped = await seal(await pinKey(pin, salt, rounds), keys)
  const { id, name, grids, roles } = staff
  await put('person', { id, name, grids, roles, salt, rounds, wrapped, public: pair.public, wrong: 0, not_before: 0 })
  await renewRosterKey()
}

/** A fresh roster key for everyone on this phone; what the old one sealed is dropped and pulled afresh. */
async function renewRosterKey(): Promise<void> {
  const key = random(32)
  const holders = await people()
  const renewed = await Promise.all(holders.map(async (who) => ({ ...who, roster: await sealTo(who.public, key) })))
  await write(['person', 'row', 'device'], (stores) => {
    for (const who of renewed) stores.person.put(who)
    stores.row.clear()
    stores.device.delete('cursor')
  })
}

/** How long after the n-th wrong PIN the next may be tried: 3 at once, then 5 s doubling to a quarter of an hour. */
export const waitAfter = (wrong: number): number =>
  wrong < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT, 5_000 * 2 ** (wrong - FREE_TRIES))

async function wrongPin(who: Person, now: number): Promise<UnlockAnswer> {
  const wrong = who.wrong + 1
  const tries_left = Math.max(0, LAST_TRY - wrong)
  const wait_until = now + waitAfter(wrong)
  if (tries_left) await put('person', { ...who, wrong, not_before: wait_until })
  else await forgetPerson(who.id) // the person signs on with a new code; the outbox is untouched
  return { ok: false, wait_until, tries_left }
}

/** Checks the PIN on this phone alone. Wrong ones cost time, the tenth costs the wrapped keys. */
export async function unlock(id: string, pin: string, now: number): Promise<UnlockAnswer> {
  const who = await get<Person>('person', id)
  if (!who) return { ok: false, wait_until: now, tries_left: 0 }
  if (now < who.not_before) return { ok: false, wait_until: who.not_before, tries_left: LAST_TRY - who.wrong }
  let keys: Wrapped
  try {
    keys = await unseal<Wrapped>(await pinKey(pin, who.salt, who.rounds), who.wrapped)
  } catch {
    return wrongPin(who, now)
  }
  await put('person', { ...who, wrong: 0, not_before: 0 })
  return { ok: true, person: await opened(who, keys) }
}

async function opened(who: Person, keys: Wrapped): Promise<Unlocked> {
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const staff_key = await crypto.subtle.importKey('raw', fromBase64(keys.staff_key), hmac, false, ['sign'])
  if (!who.roster) await renewRosterKey()
  const kept = who.roster ? who : (await get<Person>('person', who.id))!
  const roster_key = await aesKey(await openWith(fromBase64(keys.private), kept.roster!))
  const { id, name, grids, roles } = who
  return { id, name, grids, roles, staff_key, roster_key }
}

/** The person's keys leave this phone. */
export const forgetPerson = (id: string): Promise<void> => write(['person'], ({ person }) => void person.delete(id))

/** Expiry and remote wiping: everything pulled goes, and with it the key that could read it. People and outbox stay. */
export async function wipePulled(): Promise<void> {
  const holders = await people()
  await write(['person', 'row', 'device'], (stores) => {
    stores.row.clear()
    for (const key of ['cursor', 'pulled_at']) stores.device.delete(key)
    for (const who of holders) stores.person.put({ ...who, roster: undefined })
  })
}
