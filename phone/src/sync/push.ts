// Delivery: at least once, in order, in batches. Shared by the app and the service worker under one lock.
import { deviceToken } from '../store/device.ts'
import { call, Refused } from './door.ts'
import type { Answer } from './merge.ts'
import { fileAnswers, waitingItems, type Item } from './outbox.ts'

export const LOCK = 'zhegu-sync'
const BATCH = 100

/** Runs `act` alone among all tabs and the service worker; null at once when another is at it. */
export async function alone<T>(act: () => Promise<T>): Promise<T | null> {
  return navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? act() : null)) as Promise<T | null>
}

export type Sent = { answered: number; left: number }

/** Sends what waits, batch after batch, until a whole turn brings nothing forward. Throws Unreachable or Refused. */
export async function push(): Promise<Sent> {
  const token = await deviceToken()
  let answered = 0
  for (;;) {
    const items = await waitingItems()
    if (!items.length || !token) return { answered, left: items.length }
    const news = await oneTurn(items, token)
    if (!news) return { answered, left: items.length }
    answered += news
  }
}

/** Every batch once: what keeps waiting in one of them holds up no other. */
async function oneTurn(items: Item[], token: string): Promise<number> {
  let news = 0
  for (let at = 0; at < items.length; at += BATCH) {
    news += await deliver(items.slice(at, at + BATCH), token, items.length - news)
  }
  return news
}

async function deliver(items: Item[], token: string, unsent: number): Promise<number> {
  const { answers } = await sendOrHalve(items, token, unsent)
  const mine = new Set(items.map((item) => item.ref))
  const final = answers.filter((answer) => mine.has(answer.ref) && answer.status !== 'waiting')
  await fileAnswers(final)
  return final.length
}

/** One bad item never blocks the rest: a batch the door cannot read at all is split until the bad one stands alone. */
async function sendOrHalve(items: Item[], token: string, unsent: number): Promise<{ answers: Answer[] }> {
  try {
    return await call<{ answers: Answer[] }>('/api/push', { items, unsent }, token)
  } catch (error) {
    const unreadable = error instanceof Refused && [400, 413, 422].includes(error.status)
    if (!unreadable || items.length === 1) {
      if (unreadable) return { answers: [] } // it keeps waiting, and the next batch goes on without it
      throw error
    }
  }
  const half = Math.ceil(items.length / 2)
  const [first, second] = [items.slice(0, half), items.slice(half)]
  const answers = [...(await sendOrHalve(first, token, unsent)).answers, ...(await sendOrHalve(second, token, unsent)).answers]
  return { answers }
}
