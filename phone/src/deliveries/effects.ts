// What this phone's own commands do to things and doors before the server has answered.
import { withoutRow, withRow, type Effect, type Entry, type Tables } from '../sync/merge.ts'
import { CONFIRM, DOOR, HAND, SKIP, STEP, TAKE_BACK, type HandBody, type StepBody } from './commands.ts'
import type { Parcel, Stop } from './rows.ts'

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
  const stop = kind === SKIP ? (tables.run_stop?.get(String(body.stop)) as Stop | undefined) : undefined
  return stop ? withRow(tables, 'run_stop', { ...stop, skipped: true }) : tables
}
