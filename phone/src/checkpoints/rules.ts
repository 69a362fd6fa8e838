// What a gate asks, what a plate is, and what is proposed for whoever stands there: as zhegu/checkpoints/rules.py has
// it. contracts/cases/gate-*.json is run against both. A person decides in the end.
import type { Signal } from '../ui/sound.ts'

export type Direction = 'in' | 'out'
export type Shown = 'ok' | 'not_ok' | 'not_shown'
export type Outcome = 'pass' | 'pass_with_measure' | 'turned_back' | 'referred_clinic'
export type Vehicle = (typeof VEHICLES)[number]
export type Errand = (typeof ERRANDS)[number]
/** One check of a gate. `limit`: for the temperature, tenths of a degree from which it is a fever. */
export type Ask = { code: string; optional?: boolean; limit?: number | null }
/** What the keeper found out. `card` is the colour of a scanned card, '' where none was scanned. */
export type Facts = {
  direction: Direction
  checks: Readonly<Record<string, Shown>>
  temperature?: number | null
  allowed?: boolean
  open?: boolean
  card?: string
  going?: Going
  restricts?: boolean
}
export type Proposal = { outcome: Outcome; why: string; check: string }

export const VEHICLES = ['none', 'car', 'truck', 'bus', 'motorcycle', 'tractor', 'ambulance', 'other'] as const
export const ERRANDS = ['home', 'supply', 'work', 'herding', 'medical', 'duty', 'transit', 'other'] as const
/** Which reasons stand under which outcome. */
export const FITTING: Readonly<Record<Outcome, readonly string[]>> = {
  pass: ['all_ok', 'allowed', 'resident', 'emergency'],
  pass_with_measure: ['not_shown', 'card_doubt', 'from_risk_area', 'resident', 'emergency'],
  turned_back: ['check_not_ok', 'not_shown', 'card_bad', 'closed_hours', 'no_permit', 'not_let_out', 'from_risk_area'],
  referred_clinic: ['fever', 'symptoms'],
}
export const OUTCOMES = Object.keys(FITTING) as Outcome[]
export const SIGNALS: Readonly<Record<Outcome, Signal>> = {
  pass: 'yes', pass_with_measure: 'look', turned_back: 'no', referred_clinic: 'no',
}
export const wentThrough = (outcome: Outcome): boolean => outcome === 'pass' || outcome === 'pass_with_measure'

/** How far back a gate sees its own entries (privacy P7). */
export const SEEN_FOR = 24 * 3600_000
/** Tenths of a degree; used where no disease profile says otherwise. */
const FEVER_FROM = 373

// --- plates

const PROVINCES = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'
/** GA 36-2018: usual plates with five, new-energy ones with six places after the letter. */
const USUAL = new RegExp(
  `^[${PROVINCES}][A-HJ-NP-Z](?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]`
  + '|[DABCEFGHJK][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[DABCEFGHJK])$',
)
const LONGEST_PLATE = 20
const first = (text: string, n: number): string => [...text].slice(0, n).join('')

/** `key` compares plates; `usual` is false for those of armies, tractors, paper and typing errors: warned of, never refused. */
export function readPlate(typed: string): { key: string; usual: boolean } {
  const bare = typed.normalize('NFKC').replace(/[\s·•.\-_—–・]/g, '').replace(/[a-z]/g, (c) => c.toUpperCase())
  const key = first(bare.normalize('NFKC'), LONGEST_PLATE)
  if (USUAL.test(key)) return { key, usual: true }
  const fixed = first(key, 2) + [...key].slice(2).join('').replace(/O/g, '0').replace(/I/g, '1')
  return USUAL.test(fixed) ? { key: fixed, usual: true } : { key, usual: false }
}

// --- a gate's hours; all as HH:MM

/** Within the hours, the closing minute no more; hours may pass midnight; without hours it is always open. */
export function isOpen(opens: string | null, closes: string | null, at: string): boolean {
  if (!opens || !closes || opens === closes) return true
  return opens < closes ? opens <= at && at < closes : at >= opens || at < closes
}

/** Whether a permission holds at a moment: from `since` on, until `until`, that one excluded. */
export const countsAt = (since: string, until: string, at: number): boolean => Date.parse(since) <= at && at < Date.parse(until)

// --- going out: who may leave when, tied to a card

/** Empty lists, hours '' and no age restrict nothing; weekdays 1 Monday to 7 Sunday. */
export type Leave = { grids?: number[]; weekdays?: number[]; opens?: string; closes?: string; card_hours?: number | null }
export type Going = 'free' | 'may' | 'card_needed' | 'card_old' | 'not_now'

/** By the rules in force; whoever shows no card may be from elsewhere, so that alone holds nobody. */
export function goingOut(card: { grid: number; hours: number } | null, leaves: readonly Leave[], weekday: number, at: string): Going {
  if (!leaves.length) return 'free'
  if (!card) return 'card_needed'
  const now = leaves.filter((one) => (!one.grids?.length || one.grids.includes(card.grid)) && runs(one, weekday, at))
  if (!now.length) return 'not_now'
  return now.some(({ card_hours }) => typeof card_hours !== 'number' || card.hours <= card_hours) ? 'may' : 'card_old'
}

/** Hours past midnight belong to the day on which they began. */
function runs({ weekdays, opens = '', closes = '' }: Leave, weekday: number, at: string): boolean {
  if (!isOpen(opens, closes, at)) return false
  const began = opens && closes && opens > closes && at < closes ? ((weekday + 5) % 7) + 1 : weekday
  return !weekdays?.length || weekdays.includes(began)
}

// --- patrols: counts, never names

export const FOUND = ['nothing', 'gathering', 'outside', 'no_mask', 'shop'] as const
export const DID = ['sent_home', 'explained', 'reported', 'nothing'] as const
export type Found = (typeof FOUND)[number]
export type Did = (typeof DID)[number]

// --- what is proposed

/** Whether a gate may hold anybody: only under an outbreak that somebody looks at (privacy P19). */
export const restricts = (until: string, at: number): boolean => !!until && at < Date.parse(until)

const proposal = (outcome: Outcome, why: string, check = ''): Proposal => ({ outcome, why, check })

/** The most serious thing first; then doubts, with which one passes and is written down; then nothing stands against it. */
export function propose(facts: Facts, asks: readonly Ask[]): Proposal {
  const needed = new Map(asks.map((ask) => [ask.code, ask]))
  const { checks, temperature = null, card = '' } = facts
  const limit = needed.get('temperature')?.limit || FEVER_FROM
  if ((temperature !== null && temperature >= limit) || checks.temperature === 'not_ok') return proposal('referred_clinic', 'fever', 'temperature')
  if (facts.restricts === false) return proposal('pass', facts.allowed ? 'allowed' : 'all_ok')
  if (card === 'red') return proposal('turned_back', 'card_bad')
  for (const [code, shown] of Object.entries(checks)) {
    if (shown === 'not_ok' && !needed.get(code)?.optional) return proposal('turned_back', 'check_not_ok', code)
  }
  if (facts.allowed) return proposal('pass', 'allowed')
  if (facts.direction === 'out' && (facts.going === 'card_old' || facts.going === 'not_now')) return proposal('turned_back', 'not_let_out')
  if (facts.open === false) return proposal('turned_back', 'closed_hours')
  return doubt(facts, asks) ?? proposal('pass', 'all_ok')
}

/** Whoever leaves is asked only what was found; what they did not show does not hold them. */
function doubt({ direction, checks, temperature = null, card = '' }: Facts, asks: readonly Ask[]): Proposal | null {
  if (card === 'yellow') return proposal('pass_with_measure', 'card_doubt')
  if (direction === 'out') return null
  const lacking = asks.find(({ code, optional }) =>
    !optional && !(code === 'temperature' && temperature !== null) && (checks[code] ?? 'not_shown') === 'not_shown')
  return lacking ? proposal('pass_with_measure', 'not_shown', lacking.code) : null
}
