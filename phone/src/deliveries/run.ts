// The run of whoever is unlocked: where next, what is on board, what is done there. One state for the screens.
import { computed, ref, watch } from 'vue'
import { now } from '../store/device.ts'
import { act, entries, rowsOf, who } from '../sync/live.ts'
import { confirmHand, COUNT, countCash, DEPOT, DOOR, handOver, keepDoorPhoto, sayMissing as missingCommand, skipStop, STATION, takeBack, takeStep, undoMissing as undoMissingCommand, type Other } from './commands.ts'
import { isOpen, missing, workAt } from './next.ts'
import type { Hand, Parcel, Run, Stop, Visit } from './rows.ts'

export const me = computed(() => (who.value ? `staff:${who.value.id}` : ''))
export const runs = computed(() => [...rowsOf<Run>('run').values()].filter((one) => one.team.some((mate) => mate.key === me.value)))
export const run = computed<Run | null>(() => runs.value[0] ?? null)
export const truck = computed(() => run.value?.team.find((mate) => mate.key === me.value)?.truck ?? 0)
export const things = computed(() => [...rowsOf<Parcel>('parcel').values()].filter((one) => one.run === run.value?.id).sort((a, b) => a.no - b.no))
export const stops = computed(() => [...rowsOf<Stop>('run_stop').values()].filter((one) => one.run === run.value?.id).sort((a, b) => a.no - b.no))
const stopOf = (id: string): Stop | undefined => rowsOf<Stop>('run_stop').get(id)

/** The steps of this truck at which something is still to be done, in order. */
export const ahead = computed(() =>
  [...rowsOf<Visit>('run_visit').values()]
    .filter((one) => one.run === run.value?.id && one.truck === truck.value)
    .sort((a, b) => a.position - b.position)
    .map((visit) => ({ visit, stop: stopOf(visit.stop), work: workAt(visit, stopOf(visit.stop), things.value, me.value) }))
    .filter(({ work }) => isOpen(work)))

/** A door somebody chose on the list instead of the next one. */
export const chosen = ref('')
watch(who, () => void (chosen.value = ''))
export const here = computed(() => ahead.value.find(({ stop }) => chosen.value && stop?.id === chosen.value) ?? ahead.value[0] ?? null)

export const onBoard = computed(() => things.value.filter((one) => one.holder === me.value))
/** What this person carries that no door gets any more. */
export const homeless = computed(() => onBoard.value.filter((one) => one.off || (run.value?.kind === 'deliver' && !one.returned && stopOf(one.stop)?.skipped)))
export const atStation = computed(() => things.value.filter((one) => one.holder === STATION))
/** Those this person has in hand or at the station which cannot go home yet, by what is missing. */
export const lacking = computed(() => {
  const mine = things.value.filter((one) => one.holder === me.value || one.holder === STATION).filter((one) => one.collected)
  return { filled: mine.filter((one) => missing(one) === 'filled'), disinfected: mine.filter((one) => missing(one) === 'disinfected') }
})
export const waiting = computed(() =>
  [...rowsOf<Hand>('hand').values()].filter((one) => one.run === run.value?.id && [one.giver, one.taker].includes(me.value) && one.by !== me.value))
export const nameOf = (key: string): string => run.value?.team.find((mate) => mate.key === key)?.name ?? ''
export const mates = computed(() => run.value?.team.filter((mate) => mate.key !== me.value) ?? [])

const ids = (of: readonly Parcel[]): string[] => of.map((one) => one.id)

type Door = { called: boolean; note: string; marks: Record<string, string> }

/** Things change hands here; at a door the knock is now. Answers the ref, so that it can be taken back. */
async function hand(of: readonly Parcel[], giver: string, taker: string, door?: Door & { stop: string }): Promise<string> {
  const [ref] = await act([handOver({
    run: run.value!.id, parcels: ids(of), giver, taker, stop: door?.stop ?? null, knocked: door ? new Date(now()).toISOString() : null,
    called: door?.called ?? false, note: door?.note ?? '', marks: door?.marks ?? {},
  })])
  chosen.value = ''
  return ref!
}
export const fetchAt = (stop: string, of: readonly Parcel[], door: Door) => hand(of, DOOR, me.value, { ...door, stop })
export const bringTo = (stop: string, of: readonly Parcel[], door: Door) => hand(of, me.value, DOOR, { ...door, stop })
export const give = (of: readonly Parcel[], to: string) => hand(of, me.value, to)
export const take = (of: readonly Parcel[], from: string) => hand(of, from, me.value)
export const placeKey = (place: string): string => (place === 'station' ? STATION : DEPOT)

export const step = (of: readonly Parcel[], what: 'filled' | 'disinfected') => act([takeStep({ run: run.value!.id, parcels: ids(of), step: what })])
export const cannotFill = (one: Parcel, unfit: string) => act([takeStep({ run: run.value!.id, parcels: [one.id], unfit })])
export const skip = (stop: string, reason: string) => act([skipStop(run.value!.id, stop, reason)])
export async function sayMissing(one: Parcel, position: number, other: Other | null, who: string, how: 'phone' | 'door'): Promise<string> {
  const [ref] = await act([missingCommand({ run: run.value!.id, parcel: one.id, position, instead: other, who: other ? who.trim() : '', how: other ? how : null })])
  return ref!
}
export const undoMissing = (one: Parcel) => act([undoMissingCommand(run.value!.id, one.id, one.said!.at(-1)!.ref)])
export const count = (stop: string, fen: number) => act([countCash(run.value!.id, stop, fen)])
export const photo = (stop: string, picture: string) => act([keepDoorPhoto(run.value!.id, stop, picture)])
export const confirm = (of: Hand) => act([confirmHand(run.value!.id, of.id)])
export const undo = (ref: string) => act([takeBack(run.value!.id, ref)])

/** Doors whose bag is collected and that this person has not counted on this phone. */
export const uncounted = computed(() => {
  const done = new Set(entries.value.filter((one) => one.kind === COUNT && `staff:${one.actor}` === me.value && one.standing !== 'refused').map((one) => one.body.stop))
  const bags = new Set(things.value.filter((one) => one.thing === 'bag' && one.collected && !one.returned).map((one) => one.stop))
  return stops.value.filter((stop) => bags.has(stop.id) && !done.has(stop.id))
})
