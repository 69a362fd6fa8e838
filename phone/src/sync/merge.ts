// What the phone shows = what was last pulled + the effects of its own commands the pull cannot know yet.
// Pure: no clock, no storage. The same rows and commands give the same view in whatever order answers came.

export type Row = { readonly id: string; readonly [field: string]: unknown }
export type Table = ReadonlyMap<string, Row>
export type Tables = Readonly<Record<string, Table>>

/** What `POST /api/pull` answers. `full` means: this is everything, forget the rest. */
export type Pulled = {
  cursor: string
  full: boolean
  tables: Record<string, { put: Row[]; drop: string[] }>
}

export type Standing = 'waiting' | 'accepted' | 'refused' | 'conflict' | 'quarantined'

/** One command of this phone and what became of it. */
export type Entry = {
  readonly ref: string
  readonly seq: number
  readonly kind: string
  readonly actor: string
  readonly at: string
  readonly body: Readonly<Record<string, unknown>>
  readonly standing: Standing
  readonly reason?: string
  readonly facts?: Readonly<Record<string, unknown>>
  /** The pull counter when the final answer came; a later pull already contains its effect. */
  readonly answered?: number
  /** A person has looked at what the server had to say about it. */
  readonly looked?: boolean
}

export type Answer = { ref: string; status: Standing; reason?: string; facts?: Record<string, unknown> }
export type Effect = (tables: Tables, entry: Entry) => Tables

export function applyPull(tables: Tables, pulled: Pulled): Tables {
  const after: Record<string, Table> = pulled.full ? {} : { ...tables }
  for (const [name, { put, drop }] of Object.entries(pulled.tables)) {
    const table = new Map(after[name] ?? [])
    for (const id of drop) table.delete(id)
    for (const row of put) table.set(row.id, row)
    after[name] = table
  }
  return after
}

/** Takes the server's final answers to heart. The first answer to a ref stands; one for an unknown ref is nothing. */
export function applyAnswers(entries: readonly Entry[], answers: readonly Answer[], pulls: number): Entry[] {
  const first = new Map<string, Answer>()
  for (const answer of answers) if (!first.has(answer.ref)) first.set(answer.ref, answer)
  return entries.map((entry) => {
    const answer = first.get(entry.ref)
    if (!answer || entry.standing !== 'waiting' || answer.status === 'waiting') return entry
    return { ...entry, standing: answer.status, reason: answer.reason, facts: answer.facts, answered: pulls }
  })
}

/** Accepted, but with something a person should know: another's word, a card or tube that was not right. */
export function remarks({ standing, facts }: Entry): string[] {
  if (standing !== 'accepted') return []
  const looks = Array.isArray(facts?.looks) ? facts.looks.filter((one) => /^(card|tube|handout)_/.test(String(one))).map(String) : []
  const recheck = facts?.recheck ?? 'agrees'
  if (recheck !== 'agrees') looks.push(`gate_${String(recheck)}`)
  return facts?.conflict === true ? ['conflict', ...looks] : looks
}

/** Whether it belongs on the list of what somebody must look at. */
export const isTroubled = (entry: Entry): boolean =>
  !entry.looked && (['refused', 'conflict', 'quarantined'].includes(entry.standing) || remarks(entry).length > 0)

/** Whether rows pulled by pull number `pulls` (1, 2, …) already contain what the server made of this command. */
export const isSettled = (entry: Entry, pulls: number): boolean =>
  entry.answered !== undefined && entry.answered < pulls

/** Whether this command still colours the view: unanswered, or accepted but not yet in what was pulled. */
const counts = (entry: Entry, pulls: number): boolean =>
  entry.standing === 'waiting' || (entry.standing === 'accepted' && !isSettled(entry, pulls))

/** The tables as this phone's people see them. */
export function view(base: Tables, entries: readonly Entry[], pulls: number, effect: Effect): Tables {
  return entries
    .filter((entry) => counts(entry, pulls))
    .sort((a, b) => a.seq - b.seq)
    .reduce(effect, base)
}

/** A copy of the tables without one row. */
export function withoutRow(tables: Tables, name: string, id: string): Tables {
  const table = new Map(tables[name] ?? [])
  return table.delete(id) ? { ...tables, [name]: table } : tables
}

/** A copy of the tables with one row changed. */
export function withRow(tables: Tables, name: string, row: Row): Tables {
  return { ...tables, [name]: new Map(tables[name] ?? []).set(row.id, row) }
}
