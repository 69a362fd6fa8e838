// Where a truck goes next: the first step of its way at which something is still to be done. Pure.
import { DEPOT, DOOR, STATION } from './commands.ts'
import type { Parcel, Stop, Visit } from './rows.ts'

export type Work = { fetch: Parcel[]; bring: Parcel[] }

/** What is to be done at a step, as things stand. Bags travel with the cylinders of their door. */
export function workAt(visit: Visit, stop: Stop | undefined, things: readonly Parcel[], me: string): Work {
  if (visit.place !== 'stop') return atPlace(visit, things, me)
  if (!stop) return { fetch: [], bring: [] }
  const own = things.filter((one) => one.stop === stop.id && !one.off)
  const bag = (numbers: readonly number[]) => (one: Parcel) => numbers.includes(one.no) || (one.thing === 'bag' && numbers.length > 0)
  return {
    fetch: stop.skipped ? [] : own.filter(bag(visit.collect)).filter((one) => one.holder === DOOR && !one.collected && !one.returned),
    bring: own.filter(bag(visit.hand_back)).filter((one) => !one.returned && one.holder !== DOOR && (one.collected || one.thing === 'parcel')),
  }
}

function atPlace(visit: Visit, things: readonly Parcel[], me: string): Work {
  const station = visit.place === 'station'
  const given = things.filter((one) => visit.hand_back.includes(one.no))
  const taken = things.filter((one) => visit.collect.includes(one.no) && !one.off)
  return {
    bring: given.filter((one) => one.holder === me && (!station || (!one.filled && !one.unfit))),
    fetch: taken.filter((one) => one.holder === (station ? STATION : DEPOT) && !one.returned),
  }
}

/** What must have happened to a cylinder before it may go home; '' where nothing is missing. */
export function missing(one: Parcel): '' | 'filled' | 'disinfected' {
  if (one.thing !== 'cylinder') return ''
  if (!one.filled && !one.unfit) return 'filled'
  return one.disinfected ? '' : 'disinfected'
}

export const isOpen = ({ fetch, bring }: Work): boolean => fetch.length + bring.length > 0

/** `115.5` → 11550 fen; undefined where it is no amount. */
export function fen(said: string): number | undefined {
  const tidy = said.normalize('NFKC').replace(/[，,。]/g, '.').trim()
  const found = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(tidy)
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : undefined
}
