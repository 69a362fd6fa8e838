// What this phone's own commands do to the hand-overs before the server has answered.
import { withoutRow, withRow, type Effect } from '../sync/merge.ts'
import { HAND_OVER, TAKE_OVER, UNDO, type HandOverBody } from './commands.ts'
import type { Handover } from './duty.ts'

/** Names are the server's to tell; until then it was this phone's people. */
export const dutyEffect: Effect = (tables, { kind, ref, at, body }) => {
  const known = tables.handover?.get(String(body.handover)) as Handover | undefined
  if (kind === UNDO) return withoutRow(tables, 'handover', String(body.handover))
  if (kind === TAKE_OVER && known && !known.taken_at) return withRow(tables, 'handover', { ...known, taken_at: at })
  if (kind !== HAND_OVER) return tables
  const { shift, notes, counts } = body as HandOverBody
  const before = [...(tables.handover?.values() ?? [])].some((one) => one.shift === shift)
  const row: Handover = { id: ref, shift, at, by: '', notes, counts, taken_at: '', taken_by: '' }
  return before ? tables : withRow(tables, 'handover', row)
}
