// What this phone's own commands do to things and doors before the server has answered.
import { withoutRow, withRow, type Effect, type Entry, type Tables } from '../sync/merge.ts'
import { CONFIRM, DOOR, HAND, MISSING, SKIP, STEP, TAKE_BACK, UNDO_MISSING, type HandBody, type MissingBody, type StepBody } from './commands.ts'
import type { Line, Parcel, Stop } from './rows.ts'

const changed = (tables: Tables, ids: readonly string[], how: (one: Parcel) => Parcel): Tables =>
  ids.reduce((sofar, id) => {
    const one = sofar.parcel?.get(id) as Parcel | undefined
    return one ? withRow(sofar, 'parcel', how(one)) : sofar
  }, tables)

function handed(tables: Tables, { ref, actor, body }: Entry): Tables {
  const { run, parcels, giver, taker, marks } = body as HandBody
  const after = changed(tables, parcels, (one) => ({
    ...one, holder: taker, mark: marks[one.id] || one.mark, collected: one.collected || giver === DOOR,
    returned: one.returned || taker === DOOR, hand: ref, before: { holder: one.holder, collected: one.collected, returned: one.returned, mark: one.mark },
  }))
  if (!giver.startsWith('staff:') || !taker.startsWith('staff:')) return after
  const things = parcels.map((id) => (tables.parcel?.get(id) as Parcel | undefined)?.no ?? 0)
  return withRow(after, 'hand', { id: ref, run, giver, taker, by: `staff:${actor}`, things })
}

/** What a parcel holds in words, as the server says it. */
const contents = (lines: readonly Line[]): string => lines.map((one) => `${one.item} ${one.spec} ×${one.quantity}${one.unit}`.replaceAll('  ', ' ')).join('、')
const cost = (lines: readonly Line[]): number => (lines.some((one) => one.price === null) ? 0 : lines.reduce((sum, one) => sum + one.price! * one.quantity, 0))

/** The parcel and what its door pays, changed together; a door that gets nothing any more is left out. */
function settled(tables: Tables, after: Parcel, due: (was: number) => number): Tables {
  const changed = withRow(tables, 'parcel', after)
  const stop = changed.run_stop?.get(after.stop) as Stop | undefined
  if (!stop) return changed
  const left = [...(changed.parcel?.values() ?? [])].some((one) => (one as Parcel).stop === stop.id && !(one as Parcel).off)
  return withRow(changed, 'run_stop', { ...stop, due: due(stop.due), skipped: !left })
}

function withMissing(tables: Tables, { ref, body }: Entry): Tables {
  const { parcel, position, instead } = body as MissingBody
  const one = tables.parcel?.get(parcel) as Parcel | undefined
  const stop = one ? (tables.run_stop?.get(one.stop) as Stop | undefined) : undefined
  if (!one || !stop || !one.lines.some((line) => line.position === position)) return tables
  const lines = one.lines.flatMap((line) => (line.position !== position ? [line] : instead ? [{ ...instead, position }] : []))
  const said = [...(one.said ?? []), { ref, lines: one.lines, what: one.what, due: stop.due }]
  return settled(tables, { ...one, lines, what: lines.length ? contents(lines) : one.what, off: !lines.length, said }, (was) => was - cost(one.lines) + cost(lines))
}

function withoutMissing(tables: Tables, parcel: string, missing: string): Tables {
  const one = tables.parcel?.get(parcel) as Parcel | undefined
  const last = one?.said?.at(-1)
  if (!one || last?.ref !== missing) return tables
  return settled(tables, { ...one, lines: last.lines, what: last.what, off: false, said: one.said!.slice(0, -1) }, () => last.due)
}

export const runEffect: Effect = (tables, entry) => {
  const { kind, body } = entry
  if (kind === HAND) return handed(tables, entry)
  if (kind === CONFIRM) return withoutRow(tables, 'hand', String(body.hand))
  if (kind === TAKE_BACK) {
    const back = [...(tables.parcel?.values() ?? [])].filter((one) => one.hand === body.hand).map((one) => one.id)
    return changed(withoutRow(tables, 'hand', String(body.hand)), back, (one) => ({ ...one, ...one.before, hand: undefined }))
  }
  if (kind === STEP) {
    const { parcels, step, unfit } = body as StepBody
    return changed(tables, parcels, (one) => ({ ...one, ...(step ? { [step]: true } : { unfit: unfit ?? '' }) }))
  }
  if (kind === MISSING) return withMissing(tables, entry)
  if (kind === UNDO_MISSING) return withoutMissing(tables, String(body.parcel), String(body.missing))
  const stop = kind === SKIP ? (tables.run_stop?.get(String(body.stop)) as Stop | undefined) : undefined
  return stop ? withRow(tables, 'run_stop', { ...stop, skipped: true }) : tables
}
