// What this phone's own handing out does to the shares it has, before the server has answered.
import { withRow, type Effect, type Tables } from '../sync/merge.ts'
import { HAND_OUT, UNDO_GIVEN, type HandOutBody, type Share } from './commands.ts'

function undone(tables: Tables, given: string): Tables {
  const share = [...((tables.share?.values() ?? []) as Iterable<Share>)].find((one) => one.given === given)
  return share ? withRow(tables, 'share', { ...share, given: '', card: null }) : tables
}

export const handoutEffect: Effect = (tables, { kind, ref, body }) => {
  if (kind === UNDO_GIVEN) return undone(tables, String(body.given))
  const { share: id, card } = body as HandOutBody
  const share = kind === HAND_OUT ? (tables.share?.get(id) as Share | undefined) : undefined
  return share && !share.given ? withRow(tables, 'share', { ...share, given: ref, card: card?.serial ?? null }) : tables
}
