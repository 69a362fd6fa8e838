// What an entry lacks, and how a row stands before the server has answered. Pure.
import type { Row } from '../sync/merge.ts'
import type { ArrivalBody, Traveller } from './commands.ts'

export const TRANSPORTS = ['car', 'coach', 'train', 'plane', 'lorry', 'foot', 'other'] as const
export const KINDS = ['incomer', 'returnee'] as const
/** Most companions of one entry; a bus is written down row by row. */
export const COMPANIONS = 20
export const EARLIEST_BIRTH = 1900

export type Arrival = Row & {
  party: string
  name: string
  birth_year: number | null
  grid: number
  /** The household, where they are known to the register: the server says so. */
  house: string
  came_from: string
  left: string
  arrived: string
  together: number
  way: string
  phone_tail: string
  decided: boolean
  measure: string
  proposed: string
  why: string
}
export type Person = { name: string; sex: string; birth_year: string; phone: string }
export type Draft = {
  who: Person
  companions: Person[]
  came_from: string
  via: string
  left: string
  kind: string
  transport: string
  transport_no: string
  grid: string
  address: string
  note: string
}
export const nobody = (): Person => ({ name: '', sex: '', birth_year: '', phone: '' })
export const empty = (): Draft => ({
  who: nobody(), companions: [], came_from: '', via: '', left: '', kind: 'incomer', transport: 'car', transport_no: '',
  grid: '', address: '', note: '',
})

const yearIsWrong = ({ birth_year }: Person, thisYear: number): boolean =>
  birth_year !== '' && !(/^\d{4}$/.test(birth_year) && +birth_year >= EARLIEST_BIRTH && +birth_year <= thisYear)

/** Which field keeps the entry from being written down; '' where none does. `today` is `2026-09-13`. */
export function lacking(draft: Draft, mayStayAnywhere: boolean, today: string): string {
  const people = [draft.who, ...draft.companions]
  if (people.some((one) => !one.name.trim())) return 'name'
  if (people.some((one) => yearIsWrong(one, Number(today.slice(0, 4))))) return 'birth_year'
  if (!draft.came_from.trim()) return 'came_from'
  if (draft.left && draft.left > today) return 'left'
  return draft.grid || mayStayAnywhere ? '' : 'grid'
}

const traveller = ({ name, sex, birth_year, phone }: Person): Traveller => ({
  name: name.trim(), sex: sex === 'f' || sex === 'm' ? sex : '', birth_year: birth_year ? Number(birth_year) : null,
  phone: phone.replace(/[^0-9+\- ]/g, '').trim(), id_number: '',
})

export const bodyOf = (draft: Draft, arrived: string): ArrivalBody => ({
  who: traveller(draft.who), companions: draft.companions.map(traveller), came_from: draft.came_from.trim(),
  via: draft.via.trim(), left: draft.left || null, arrived, kind: draft.kind === 'returnee' ? 'returnee' : 'incomer',
  transport: draft.transport, transport_no: draft.transport_no.trim(), grid: draft.grid ? Number(draft.grid) : null,
  address: draft.address.trim(), note: draft.note.trim(),
})

/** The rows this phone shows at once. Companions get ids of their own from the server. */
export function rowsOfBody(ref: string, body: ArrivalBody): Arrival[] {
  const same = {
    party: ref, grid: body.grid ?? 0, house: '', came_from: body.came_from, left: body.left ?? '', arrived: body.arrived,
    together: 1 + body.companions.length, way: '', decided: false, measure: '', proposed: '', why: '',
  }
  return [body.who, ...body.companions].map((one, n) => ({
    ...same, id: n ? `${ref}/${n}` : ref, name: one.name, birth_year: one.birth_year,
    phone_tail: one.phone.length >= 8 ? one.phone.slice(-4) : '',
  }))
}

/** Those nobody has decided about first, each part by the time of arrival, the latest first. */
export const inOrder = (rows: Iterable<Arrival>): Arrival[] =>
  [...rows].sort((a, b) => Number(a.decided) - Number(b.decided) || Date.parse(b.arrived) - Date.parse(a.arrived))
