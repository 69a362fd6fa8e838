// Homes as every list of the phone shows, orders and finds them.
import { folded } from '../sampling/lines.ts'
import { who } from '../sync/live.ts'
import { t } from '../ui/text.ts'

type Place = { grid?: number; house_no?: string; address?: string; people?: number }
type Home = { name: string; grid: number; unit?: number; order: number; house_no: string; address: string }

/** Where it is, and how many live there where that is known. */
export const whereIs = ({ grid, house_no, address, people }: Place): string =>
  [
    grid ? t('phone.grid', { no: grid }) : '', house_no ? t('phone.house_no', { no: house_no }) : '', address,
    people === undefined ? '' : t('visits.people_n', { n: people }),
  ].filter(Boolean).join(' · ')

/** In the order in which one walks. */
export const byWay = (a: Home, b: Home): number =>
  a.grid - b.grid || (a.unit ?? 0) - (b.unit ?? 0) || a.order - b.order
  || a.house_no.localeCompare(b.house_no, 'zh', { numeric: true }) || a.name.localeCompare(b.name, 'zh')

/** Those of the grids this person answers for; all on this phone for someone without a grid of their own. */
export function ofMyGrids<Row extends Home>(all: Iterable<Row>): Row[] {
  const grids = who.value?.grids ?? []
  return [...all].filter((one) => !grids.length || !one.grid || grids.includes(one.grid)).sort(byWay)
}

/** Whether name, number, address or one of `more` holds what was typed. */
export function holds(one: Home, typed: string, more: readonly string[] = []): boolean {
  const asked = folded(typed)
  return [one.name, one.house_no, one.address, ...more].some((words) => folded(words).includes(asked))
}
