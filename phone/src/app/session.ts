// Who holds the phone now. Locks itself; then names leave the memory and the keys are forgotten.
import { ref } from 'vue'
import { now } from '../store/device.ts'
import { keepPerson, unlock as tryPin, type StaffFacts, type UnlockAnswer } from '../store/people.ts'
import { deviceToken } from '../store/device.ts'
import { syncNow, whenWiped, expireIfOld } from '../sync/courier.ts'
import { call } from '../sync/door.ts'
import * as live from '../sync/live.ts'

const IDLE = 5 * 60_000
let touched = Date.now()
export const unlocking = ref(false)

export function lock(): void {
  live.forget()
  live.tellOthers('outbox')
}

/** Offline: the PIN opens the keys on this phone, or it does not. */
export async function unlock(id: string, pin: string): Promise<UnlockAnswer> {
  unlocking.value = true
  try {
    await expireIfOld()
    const answer = await tryPin(id, pin, Date.now())
    if (answer.ok) {
      live.who.value = answer.person
      touched = Date.now()
      await live.reload()
      void syncNow()
    }
    return answer
  } finally {
    unlocking.value = false
  }
}

type SignOn = { staff: Omit<StaffFacts, 'grids'> & { grids: string[] }; staff_key: string }

/** Online, once: the office's one-time code brings the person's key to this phone. */
export async function signOn(code: string): Promise<SignOn> {
  const answer = await call<SignOn>('/api/unlock', { staff_code: code.trim() }, await deviceToken())
  return answer
}

/** A grid's code ends in its number of three digits. */
const gridNo = (code: string): number => Number(code.slice(-3))

/** The person chooses a PIN; from now on they unlock without a network. */
export async function settlePin({ staff, staff_key }: SignOn, pin: string): Promise<void> {
  await keepPerson({ ...staff, grids: staff.grids.map(gridNo) }, staff_key, pin)
  live.tellOthers('people')
  await unlock(staff.id, pin)
}

export function startSession(): void {
  for (const sign of ['pointerdown', 'keydown']) addEventListener(sign, () => (touched = Date.now()), { passive: true })
  const check = () => {
    if (live.who.value && Date.now() - touched > IDLE) lock()
    void expireIfOld()
  }
  setInterval(check, 10_000)
  document.addEventListener('visibilitychange', check)
  whenWiped(lock)
  live.onOthers((what) => void (what === 'people' && lock()))
}

/** Used by screens that show how long something is ago. */
export const moment = ref(now())
setInterval(() => (moment.value = now()), 20_000)
