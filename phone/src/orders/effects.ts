// What this phone's own asking does to the homes it has, before the server has answered.
import { withRow, type Effect } from '../sync/merge.ts'
import { ASK_HOME, BOX_PHOTO, UNDO_ASKED, type Home, type Medicine } from './commands.ts'

export const askingEffect: Effect = (tables, { kind, ref, at, body }) => {
  if (kind === ASK_HOME) {
    const home = tables.home?.get(String(body.home)) as Home | undefined
    return home ? withRow(tables, 'home', { ...home, asked: ref, asked_at: at }) : tables
  }
  if (kind === BOX_PHOTO) {
    const one = tables.medicine?.get(String(body.order)) as Medicine | undefined
    return one ? withRow(tables, 'medicine', { ...one, photos: one.photos + 1 }) : tables
  }
  if (kind !== UNDO_ASKED) return tables
  const home = [...((tables.home?.values() ?? []) as Iterable<Home>)].find((one) => one.asked === body.asked)
  return home ? withRow(tables, 'home', { ...home, asked: '', asked_at: '' }) : tables
}
