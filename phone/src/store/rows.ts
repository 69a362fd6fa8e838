// What was pulled, at rest. Rows of tables about people are sealed with the roster key.
import type { Pulled, Row, Table, Tables } from '../sync/merge.ts'
import { all, write } from './db.ts'
import { seal, unseal, type Sealed } from './sealing.ts'

/** Tables that tell of people: sealed at rest, and out of memory while nobody is unlocked. */
export const ABOUT_PEOPLE: ReadonlySet<string> = new Set(['line', 'allowed', 'crossing', 'arrival', 'checked', 'daily', 'measure', 'care', 'door', 'run_stop', 'parcel', 'shift', 'handover', 'share', 'home', 'medicine'])
type Kept = { table: string; id: string; row?: Row; sealed?: Sealed }

async function kept(table: string, row: Row, key: CryptoKey): Promise<Kept> {
  return ABOUT_PEOPLE.has(table)
    ? { table, id: row.id, sealed: await seal(key, row) }
    : { table, id: row.id, row }
}

export type PullMark = { cursor: string; build: string; pulls: number; pulled_at: number }

/** Writes one pull: its rows, its cursor and the moment, in one transaction. */
export async function keepPull(pulled: Pulled, mark: PullMark, key: CryptoKey): Promise<void> {
  const tables = Object.entries(pulled.tables)
  const rows = await Promise.all(tables.flatMap(([name, { put }]) => put.map((row) => kept(name, row, key))))
  await write(['row', 'device'], (stores) => {
    if (pulled.full) stores.row.clear()
    for (const [name, { drop }] of tables) for (const id of drop) stores.row.delete([name, id])
    for (const row of rows) stores.row.put(row)
    stores.device.put(mark, 'cursor')
    stores.device.put(mark.pulled_at, 'pulled_at')
  })
}

/** Everything pulled so far that this key opens; without a key, only what speaks of nobody. */
export async function loadRows(key: CryptoKey | null): Promise<Tables> {
  const found: Record<string, Map<string, Row>> = {}
  const opened = await Promise.all(
    (await all<Kept>('row')).map(async ({ table, row, sealed }) => {
      const plain = row ?? (sealed && key ? await unseal<Row>(key, sealed).catch(() => null) : null)
      return plain ? { table, row: plain } : null
    }),
  )
  for (const one of opened) if (one) (found[one.table] ??= new Map()).set(one.row.id, one.row)
  return found as Record<string, Table>
}
