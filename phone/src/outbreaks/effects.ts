// What this phone's people said of directives, before the server has answered.
import { withRow, type Effect } from '../sync/merge.ts'
import { MARK, type MarkBody } from './commands.ts'
import type { Directive } from './directives.ts'

export const directiveEffect: Effect = (tables, { kind, at, actor, body }) => {
  if (kind !== MARK) return tables
  const { directive, how, said } = body as MarkBody
  const known = tables.directive?.get(`${directive}:${actor}`) as Directive | undefined
  if (!known) return tables
  const read_at = known.read_at || (how === 'undone' ? '' : at)
  if (how === 'read') return withRow(tables, 'directive', { ...known, read_at })
  const done = how === 'done'
  return withRow(tables, 'directive', { ...known, read_at, done, done_at: done ? at : '', said: done ? said : known.said })
}
