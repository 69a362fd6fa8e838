// The places at the foot of the screen: who sees which is decided by the roles of whoever is unlocked.
// A room adds one line here, its screen to App.vue, and its words to the texts.

export type Place = {
  name: string
  icon: string
  words: string
  /** Roles whose work this is; none: everybody's. */
  roles: readonly string[]
  /** Screens that belong to it: it stays marked while they are open. */
  also?: readonly string[]
}

const AT_A_TABLE = ['sampler', 'grid_worker', 'office', 'leader', 'unit_head', 'lab']

/** What is due is told on the first page to whoever has something of their own to do. */
const HAS_A_DAY = [...AT_A_TABLE, 'carer']

export const PLACES: readonly Place[] = [
  { name: 'today', icon: 'today', words: 'phone.nav_today', roles: HAS_A_DAY, also: ['roster', 'add', 'duties', 'house'] },
  { name: 'table', icon: 'scan', words: 'phone.nav_table', roles: AT_A_TABLE },
  { name: 'gate', icon: 'gate', words: 'phone.nav_gate', roles: ['gate_keeper'], also: ['crossings'] },
  { name: 'arrivals', icon: 'arrive', words: 'phone.nav_arrivals', roles: ['grid_worker', 'gate_keeper', 'office'], also: ['arrive'] },
  { name: 'asking', icon: 'phone', words: 'phone.nav_asking', roles: ['grid_worker', 'clinic'], also: ['measure'] },
  { name: 'doors', icon: 'home', words: 'phone.nav_doors', roles: ['grid_worker', 'unit_head', 'office'], also: ['visit'] },
  { name: 'care', icon: 'phone', words: 'phone.nav_care', roles: ['carer'] },
  { name: 'run', icon: 'run', words: 'phone.nav_run', roles: ['courier'] },
  { name: 'medicine', icon: 'tube', words: 'orders.medicine_title', roles: ['medicine'] },
  { name: 'need', icon: 'home', words: 'orders.need_title', roles: ['grid_worker'] },
  { name: 'handouts', icon: 'gift', words: 'handouts.nav', roles: ['store_keeper', 'grid_worker'] },
  { name: 'patrol', icon: 'walk', words: 'checkpoints.patrols', roles: ['patrol'] },
  { name: 'check', icon: 'card', words: 'phone.nav_check', roles: [] },
  { name: 'duty', icon: 'clock', words: 'phone.nav_duty', roles: [] },
  { name: 'directive', icon: 'tick', words: 'phone.nav_directive', roles: [] },
]
export const MORE: Place = { name: 'more', icon: 'more', words: 'phone.nav_more', roles: [], also: ['unsent', 'offline'] }

/** With the last one, `more`, five fit under a thumb on a narrow phone. */
export const MOST = 4

/** What someone with these roles sees, in order. Someone of whom no role is known sees the table, as ever. */
export function placesFor(roles: readonly string[], places: readonly Place[] = PLACES): Place[] {
  const mine = (place: Place) => !place.roles.length || place.roles.some((role) => roles.includes(role))
  const known = places.some((place) => place.roles.length && mine(place))
  return places.filter((place) => mine(place) || (!known && place.roles.includes('sampler')))
}

/** Those at the foot of the screen, and those that stand on the page `more` because no more fit. */
export function footOf(places: readonly Place[]): { foot: Place[]; rest: Place[] } {
  return { foot: [...places.slice(0, MOST), MORE], rest: places.slice(MOST) }
}

/** Where someone with these roles begins. */
export const homeOf = (roles: readonly string[], places: readonly Place[] = PLACES): string =>
  placesFor(roles, places)[0]?.name ?? MORE.name

/** The screen for an address: `today` is where one's work begins, for those who have no table. */
export const screenFor = (asked: string, roles: readonly string[], places: readonly Place[] = PLACES): string =>
  asked === 'today' && !placesFor(roles, places).some((place) => place.name === 'today') ? homeOf(roles, places) : asked

/** The place that is marked while a screen is open. */
export const placeOf = (screen: string, places: readonly Place[] = PLACES): string =>
  [...places, MORE].find((place) => place.name === screen || place.also?.includes(screen))?.name ?? screen
