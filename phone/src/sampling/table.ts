// The table: a person, a card, done. One state for the screen; all decisions come from rules.ts.
import { computed, ref, shallowRef } from 'vue'
import { judge, type Judged } from '../checking/judge.ts'
import { change } from '../store/db.ts'
import { now } from '../store/device.ts'
import { act, entries, enrolment, rowsOf } from '../sync/live.ts'
import type { Row } from '../sync/merge.ts'
import { signalSound } from '../ui/sound.ts'
import { closeTable, takeSample, TAKE, undoSample, type CardUse, type TakeBody, type Tube } from './commands.ts'
import { codeHash, gridOfHash, residentCode, type Line, type Prefix } from './lines.ts'
import { chooseTube, judgeCard, judgePerson, type Verdict } from './rules.ts'
import { filledIn, keepOpenTube, lastTaken, newTube, openTube } from './tubes.ts'

export type Round = Row & { no: number; name?: string; starts_at?: string; mix_ratio: number; state: string }
export type Said = Verdict & { values?: Record<string, string | number> }

export const round = computed<Round | null>(() => {
  const all = [...rowsOf<Round>('round').values()]
  return all.find((one) => one.state === 'open') ?? all.sort((a, b) => a.no - b.no).at(-1) ?? null
})
/** The roster of that round, as far as it is on this phone. */
export const lines = computed<Line[]>(() => [...rowsOf<Line>('line').values()].filter((line) => line.round === round.value?.id))

export const person = shallowRef<Line | null>(null)
export const said = shallowRef<Said | null>(null)
export const saidOfCard = shallowRef<Said | null>(null)
export const justDone = shallowRef<{ line: Line; tube: Tube; position: number; ref: string; serial: number | null } | null>(null)
export const strangerCode = ref('')
export const atHome = ref(false)
export const tube = shallowRef<Tube | null>(null)
export const filled = computed(() => (tube.value ? filledIn(tube.value.id, entries.value) : 0))

const say = (verdict: Verdict, values?: Record<string, string | number>): Said => {
  signalSound(verdict.signal)
  return { ...verdict, values }
}

/** Takes up the tube that was open in this round, or names the first one. */
export async function setUp(): Promise<void> {
  const { id } = round.value ?? {}
  if (!id) return
  const open = await openTube(id)
  if (open) tube.value = open
  else await stand(await freshTube())
}

const freshTube = (ratio = round.value!.mix_ratio): Promise<Tube> =>
  newTube(round.value!, enrolment.value?.table_no ?? null, ratio, now())

/** This tube stands in the rack, also after the app was closed. */
async function stand(fresh: Tube): Promise<void> {
  tube.value = fresh
  await change('tube', () => ({ round: round.value!.id, tube: fresh }))
}

export function clear(): void {
  person.value = said.value = saidOfCard.value = null
  strangerCode.value = ''
}

const roundState = (): 'open' | 'closed' | 'none' =>
  !round.value ? 'none' : round.value.state === 'open' ? 'open' : 'closed'

/** Someone stands at the table. */
export function meet(line: Line): void {
  clear()
  justDone.value = null
  person.value = line
  const facts = { round: roundState(), standing: line.status, other_grid: null, single_only: line.single_only }
  said.value = say(judgePerson(facts), { excuse: line.excuse })
}

async function meetCode(code: string): Promise<void> {
  const hash = await codeHash(code)
  const line = lines.value.find((one) => one.code_hash === hash)
  if (line) return meet(line)
  clear()
  justDone.value = null
  strangerCode.value = code
  const other_grid = gridOfHash(rowsOf<Prefix>('prefix').values(), hash)
  const facts = { round: roundState(), standing: null, other_grid, single_only: false }
  said.value = say(judgePerson(facts), { grid: other_grid ?? '' })
}

/** A code was read by the camera or a scanner. Answers whether it was understood. */
export async function scanned(text: string): Promise<boolean> {
  const code = residentCode(text)
  if (code) await meetCode(code)
  else if (!text.startsWith('HC1:')) return false
  else if (person.value && canGoOn()) await offerCard(text)
  else saidOfCard.value = say({ signal: 'look', reason: 'person_first', override: false })
  return true
}

/** Nothing stands in the way, or what does is one a person may overrule and has. */
export const override = ref('')
export const canGoOn = (): boolean =>
  !!said.value && (said.value.signal === 'yes' || said.value.reason === 'single_only' || (said.value.override && !!override.value))

const isUsed = (card: Judged): boolean =>
  lines.value.some((line) => line.serial === card.claims?.serial) || card.activated

async function offerCard(text: string): Promise<void> {
  const card = await judge(text)
  const { kind = 0, round: ofRound = 0, grid = 0 } = card.claims ?? {}
  const facts = { genuine: card.genuine, why: card.why, kind, round: ofRound, grid, used: isUsed(card) }
  const verdict = judgeCard(facts, round.value!.no, person.value!.grid)
  if (verdict.signal === 'yes') await finish({ serial: card.claims!.serial, kid: card.kid })
  else saidOfCard.value = say(verdict, { grid, round: ofRound })
}

let finishing = false

/** The swab is in the tube: written down at once, with its card or without one. */
export async function finish(card: CardUse | null): Promise<void> {
  const line = person.value
  if (!line || !round.value || finishing || !canGoOn()) return
  finishing = true
  try {
    await record(line, card)
  } finally {
    finishing = false
  }
}

async function record(line: Line, card: CardUse | null): Promise<void> {
  const into = await tubeFor(line)
  const position = filledIn(into.id, entries.value) + 1
  const body: TakeBody = {
    round: round.value!.id, person: line.person, tube: into, position, card, at_home: atHome.value,
    ...(said.value?.override && override.value ? { override: override.value } : {}),
  }
  const own = into.id !== tube.value?.id
  const [ref] = await act([takeSample(body)], ({ device }) => void (own || keepOpenTube(device, round.value!.id, into)))
  justDone.value = { line, tube: into, position, ref: ref!, serial: card?.serial ?? null }
  clear()
  override.value = ''
  signalSound('yes')
  if (!own && position >= into.ratio) await nextTube()
}

async function tubeFor(line: Line): Promise<Tube> {
  const { mix_ratio: round_ratio } = round.value!
  const facts = { ratio: tube.value!.ratio, filled: filled.value, single_only: line.single_only, round_ratio, ended: false }
  const which = chooseTube(facts)
  if (which === 'own') return freshTube(1)
  if (which === 'next') await nextTube()
  return tube.value!
}

/** A tube that stood ready and was put aside again, because an undo reopened the one before it. */
let spare: { round: string; tube: Tube } | null = null

/** The tube is closed as it is; a fresh one stands ready. */
export async function nextTube(label = ''): Promise<void> {
  const fresh = spare?.round === round.value!.id ? spare.tube : await freshTube()
  spare = null
  await stand(label ? { ...fresh, label } : fresh)
}

/** The tube carries a label of its own (typed or scanned); only before the first swab. */
export async function labelTube(label: string): Promise<void> {
  if (!tube.value || !label.trim()) return
  if (filled.value) return nextTube(label.trim())
  await stand({ ...tube.value, label: label.trim() })
}

export const undoable = computed(() => (round.value ? lastTaken(entries.value, round.value.id) : null))

/** The last sample was not: its place in the tube and its card are free again. */
export async function undo(): Promise<void> {
  const taken = undoable.value
  if (!taken || taken.kind !== TAKE) return
  await act([undoSample(taken.ref)])
  const { tube: back } = taken.body as TakeBody
  if (back.ratio === tube.value?.ratio && filled.value === 0) await reopen(back)
  justDone.value = null
  clear()
  signalSound('look')
}

async function reopen(back: Tube): Promise<void> {
  if (tube.value && tube.value.id !== back.id) spare = { round: round.value!.id, tube: tube.value }
  await stand(back)
}

/** This table is done for this round. */
export const close = (): Promise<string[]> => act([closeTable(round.value!.id)])
