// When to push and pull: at once after a command, when the network comes back, and every so often; never twice at a time.
import { ref } from 'vue'
import { wipePulled } from '../store/people.ts'
import { Refused, Unreachable } from './door.ts'
import * as live from './live.ts'
import { sealForServer, tidy } from './outbox.ts'
import { isExpired, lastMark, pull } from './pull.ts'
import { alone, push } from './push.ts'

/** How the last contact went. `unknown` until there was one; revoked, expired: the server lets this phone read no more. */
export type Contact = 'unknown' | 'ok' | 'unreachable' | 'revoked' | 'expired'
export const contact = ref<Contact>('unknown')
export const busy = ref(false)

const EVERY = 60_000
const SOONEST = 4_000
let failures = 0
let timer: ReturnType<typeof setTimeout> | undefined
let onWiped: () => void = () => {}
export const whenWiped = (act: () => void): void => void (onWiped = act)

/** Everything pulled goes; what waits to be sent stays, openable by the server alone where its key is known. */
export async function wipe(): Promise<void> {
  const key = live.enrolment.value?.server_key
  if (key) await sealForServer(key)
  await wipePulled()
  onWiped()
  await live.reload()
  live.tellOthers('people')
}

/** Wipes if the last contact is 72 hours old; answers whether it did. */
export async function expireIfOld(): Promise<boolean> {
  const mark = await lastMark()
  if (!isExpired(mark?.pulled_at, Date.now())) return false
  await wipe()
  return true
}

async function exchange(): Promise<void> {
  const sent = await push()
  if (sent.answered) {
    await live.reloadEntries()
    live.tellOthers('outbox')
  }
  if (!live.who.value) return
  const got = await pull(live.who.value.roster_key, sent.left)
  await live.takeIn(got.pulled, got.pulls)
  await tidy(Date.now(), got.pulls)
  live.tellOthers('rows')
}

/** Pushes, then pulls. True when the server answered. */
export async function syncNow(): Promise<boolean> {
  if (!live.enrolment.value || busy.value) return false
  busy.value = true
  try {
    const done = await alone(async () => (await exchange(), true))
    if (done) contact.value = 'ok'
    failures = 0
    return done === true
  } catch (error) {
    failures += 1
    await heed(error)
    return false
  } finally {
    busy.value = false
    schedule()
  }
}

async function heed(error: unknown): Promise<void> {
  if (error instanceof Unreachable) contact.value = 'unreachable'
  else if (error instanceof Refused && [401, 403].includes(error.status)) {
    contact.value = error.reason === 'sync.device_expired' ? 'expired' : 'revoked'
    if (error.reason === 'sync.device_revoked') await wipe()
  } else throw error
}

/** Sooner while something waits; after failures ever more slowly, up to a minute. */
function schedule(): void {
  clearTimeout(timer)
  const wait = live.unsent.value ? Math.min(EVERY, SOONEST * 2 ** failures) : EVERY
  timer = setTimeout(() => void (document.visibilityState === 'visible' ? syncNow() : schedule()), wait)
}

/** The browser's own retry (where it has one) delivers when the app is closed. */
async function askWorker(): Promise<void> {
  const worker = await navigator.serviceWorker?.ready.catch(() => undefined)
  const sync = (worker as unknown as { sync?: { register(tag: string): Promise<void> } } | undefined)?.sync
  await sync?.register('push').catch(() => {})
}

export function startCourier(): void {
  live.onNewCommand(() => {
    clearTimeout(timer)
    timer = setTimeout(() => void syncNow(), 300)
    void askWorker()
  })
  live.onOthers((what) => void (what === 'outbox' ? live.reloadEntries() : what === 'rows' && live.reload()))
  addEventListener('online', () => void syncNow())
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void syncNow())
  schedule()
}
