// Pulling: only what changed since the cursor, only what this phone's people may see.
import { get } from '../store/db.ts'
import { deviceToken, setClock } from '../store/device.ts'
import { keepPull, type PullMark } from '../store/rows.ts'
import { call } from './door.ts'
import type { Pulled } from './merge.ts'
import { countPull } from './outbox.ts'

export const TABLES = [
  'round', 'line', 'prefix', 'reason', 'card',
  'gate', 'allowed', 'crossing',
  'asking', 'checked', 'daily', 'measure', 'decider', 'directive',
  'arrival', 'duty', 'care', 'campaign', 'door',
  'run', 'run_stop', 'run_visit', 'parcel', 'hand',
  'shift', 'handover', 'leave', 'route', 'finding',
  'handout', 'share', 'home', 'want', 'medicine',
] as const
/** Another build may understand tables an older one passed over, so it begins with a whole pull. */
export const BUILD: string = import.meta.env.VITE_BUILD ?? 'dev'
/** P16: what was pulled may be read for 72 hours after the last contact. */
export const EXPIRES_AFTER = 72 * 3600_000

type PullAnswer = Pulled & { server_time: string }
export type Pull = { pulled: Pulled; pulls: number }

export const lastMark = (): Promise<PullMark | undefined> => get<PullMark>('device', 'cursor')

/** One pull, written to disk. `unsent` tells the office whether this phone still holds something back. */
export async function pull(key: CryptoKey, unsent: number): Promise<Pull> {
  const token = await deviceToken()
  const before = await lastMark()
  const cursor = before?.build === BUILD ? before.cursor : ''
  const pulls = await countPull() // before asking: an answer filed while we wait is not yet in what comes
  const answer = await call<PullAnswer>('/api/pull', { cursor, tables: TABLES, unsent }, token)
  await setClock(answer.server_time)
  const pulled: Pulled = { cursor: answer.cursor, full: answer.full || !cursor, tables: answer.tables }
  await keepPull(pulled, { cursor: answer.cursor, build: BUILD, pulls, pulled_at: Date.now() }, key)
  return { pulled, pulls }
}

/** Whether what was pulled at `pulledAt` is too old to be read at `now`. */
export const isExpired = (pulledAt: number | undefined, now: number): boolean =>
  pulledAt !== undefined && now - pulledAt > EXPIRES_AFTER
