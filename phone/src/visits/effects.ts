// What this phone's own words and visits do to the doors it has, before the server has answered.
import { withRow, type Effect, type Entry, type Tables } from '../sync/merge.ts'
import { partition } from '../sampling/rules.ts'
import { ADD, BACK, EXCUSE, GONE, MISSING, UNDO, VISIT, type Campaign, type Door, type DoorBody, type WordBody } from './commands.ts'

const goneOf = (door: Door): string => (door.standing === 'moved' || door.standing === 'not_found' ? door.standing : '')

/** The same partition as a round's: a visit outweighs every word. */
function change(tables: Tables, id: string, changes: Partial<Door>, gone?: string): Tables {
  const door = tables.door?.get(id) as Door | undefined
  if (!door) return tables
  const after = { ...door, ...changes }
  const standing = partition({ sampled: !!after.visit, gone: gone ?? goneOf(door), excuse: after.excuse })
  return withRow(tables, 'door', { ...after, standing })
}

function undo(tables: Tables, said: string): Tables {
  for (const door of (tables.door?.values() ?? []) as Iterable<Door>) {
    if (door.visit === said) return change(tables, door.id, { visit: '' })
    if (door.word === said) return change(tables, door.id, { word: '', excuse: '' }, '')
  }
  return tables
}

function add(tables: Tables, { ref, body }: Entry): Tables {
  const { campaign, name, grid, where, people } = body as DoorBody
  const of = tables.campaign?.get(campaign) as Campaign | undefined
  if (!of || tables.door?.has(ref)) return tables
  const door: Door = {
    id: ref, campaign, house: '', name, house_no: '', address: where, grid, unit: 0, order: 0, people, standing: 'missing',
    excuse: '', reason: '', visit: '', word: '', clash: false, starts_on: of.starts_on, ends_on: of.ends_on,
  }
  return withRow(tables, 'door', door)
}

export const visitsEffect: Effect = (tables, entry) => {
  const { door, code = '' } = entry.body as WordBody
  switch (entry.kind) {
    case VISIT: return change(tables, door, { visit: entry.ref })
    case EXCUSE: return change(tables, door, { excuse: code, word: entry.ref }, '')
    case GONE: return change(tables, door, { excuse: '', word: entry.ref }, code)
    case BACK: return change(tables, door, { excuse: '', word: entry.ref }, '')
    case MISSING: return change(tables, door, { reason: code })
    case UNDO: return undo(tables, String(entry.body.said))
    case ADD: return add(tables, entry)
    default: return tables
  }
}
