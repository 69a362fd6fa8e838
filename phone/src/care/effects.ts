// What this phone's own contacts do to who is to be asked next, before the server has answered.
import { withRow, type Effect } from '../sync/merge.ts'
import { DAY, dayOf } from '../ui/days.ts'
import { NOTE, type Care, type ContactBody } from './commands.ts'

/** The day so many days after the day of that moment, as days are counted here. */
export const dayAfter = (at: number, days: number): string => dayOf(at + days * DAY)

export const careEffect: Effect = (tables, { kind, at, body }) => {
  if (kind !== NOTE) return tables
  const { care, reached, medicine_until } = body as ContactBody
  const row = tables.care?.get(care) as Care | undefined
  if (!row) return tables
  const asked = reached && at > row.last_contact ? { last_contact: at, next_on: row.every_days ? dayAfter(Date.parse(at), row.every_days) : '' } : {}
  return withRow(tables, 'care', { ...row, ...asked, medicine_until: medicine_until || row.medicine_until })
}
