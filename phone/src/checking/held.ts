// The signed lists as this phone holds them: opened once per pull, the root pinned, no list ever older than before.
import { openLists, type CardRow, type HeldLists } from '../cards/lists.ts'
import { get, put } from '../store/db.ts'
import { now } from '../store/device.ts'
import { rowsOf } from '../sync/live.ts'

type Pins = { root: string; seqs: Record<string, number> }
const PINS = 'card-pins'

let last: { rows: unknown; lists: Promise<HeldLists | null> } | null = null

async function open(rows: CardRow[]): Promise<HeldLists | null> {
  const pins = await get<Pins>('device', PINS)
  const lists = await openLists(rows, Math.floor(now() / 1000), pins?.root, pins?.seqs)
  if (lists) await put('device', { root: lists.root, seqs: lists.seqs } satisfies Pins, PINS)
  return lists
}

/** null: none yet, or none that fits what this phone has seen before. */
export function heldLists(): Promise<HeldLists | null> {
  const rows = rowsOf<CardRow & Record<string, unknown>>('card')
  if (last?.rows !== rows) last = { rows, lists: open([...rows.values()]) }
  return last.lists
}
