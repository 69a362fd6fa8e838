// Whom a command of this phone is about, by name.
import type { Line } from '../sampling/lines.ts'
import { pulledOf, rowsOf } from '../sync/live.ts'
import type { Entry, Row } from '../sync/merge.ts'

/** A measure's name comes from what was pulled: a release takes the measure off the list while it waits. */
export function personOf({ body }: Pick<Entry, 'body'>): string {
  const named = [...rowsOf<Line>('line').values()].find((line) => line.person === body.person)?.name
  const measured = pulledOf<Row & { name: string }>('measure').get(String(body.measure))?.name
  const own = (body.new as Row & { name?: string } | undefined)?.name ?? (body.plate || body.name)
  return named ?? measured ?? String(own ?? '')
}
