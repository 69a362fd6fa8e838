/** What a gate shows for a card; mirrors zhegu/cards/rules/verdict.py, where the rule is explained. */
import { hex } from './bytes.ts'
import { holderTag } from './serials.ts'
import type { Reason } from './reasons.ts'

export const WARN_AFTER = 24 * 3600
export const STALE_AFTER = 72 * 3600
const SAMPLED = 1
const PASS = 2
const SUPPLY = 3

export type Colour = 'green' | 'yellow' | 'red'
export type Activation = 'active' | 'not_active' | 'unknown'
export type Holder = 'none' | 'not_asked' | 'matches' | 'differs'
export type Look =
  | 'ok' | 'no_list' | 'clock_wrong' | 'other_kind' | 'holder' | 'too_old' | 'list_stale' | 'not_handed_out'
  | 'activation_unknown' | 'holder_not_asked' | 'no_holder_tag'

/** A checked card and what this phone knows; ages in seconds, `listAge` null without a list. */
export interface CardFacts {
  genuine: boolean
  reason?: Reason
  kind: number
  sampledAgo: number
  listAge: number | null
  clockBehind: boolean
  activation: Activation
  holder: Holder
}

/** What a gate or desk asks for. */
export interface GatePolicy {
  kinds: number[]
  freshestHours: number | null
  holderNeeded: boolean
}

export interface GateVerdict {
  colour: Colour
  reason: Look | Reason
  listAges: boolean
}

export const ANY_SAMPLED: GatePolicy = { kinds: [SAMPLED], freshestHours: null, holderNeeded: false }

/** Red where not genuine or plainly not for here, yellow where anything is uncertain, green otherwise. */
export function gateVerdict(card: CardFacts, gate: GatePolicy): GateVerdict {
  const listAges = card.listAge === null || card.listAge > WARN_AFTER
  if (!card.genuine && card.listAge === null) return { colour: 'yellow', reason: 'no_list', listAges }
  if (!card.genuine) return { colour: 'red', reason: card.reason ?? 'text', listAges }
  const refusal = refusalOf(card, gate)
  if (refusal) return { colour: 'red', reason: refusal, listAges }
  const doubt = doubtOf(card, gate)
  if (doubt) return { colour: 'yellow', reason: doubt, listAges }
  return { colour: 'green', reason: 'ok', listAges }
}

function refusalOf(card: CardFacts, gate: GatePolicy): Look | null {
  if (!gate.kinds.includes(card.kind)) return 'other_kind'
  if (card.holder === 'differs') return 'holder'
  if (gate.freshestHours !== null && card.sampledAgo > gate.freshestHours * 3600) return 'too_old'
  return null
}

function doubtOf(card: CardFacts, gate: GatePolicy): Look | null {
  if (card.clockBehind) return 'clock_wrong'
  if (card.listAge === null) return 'no_list'
  if ((card.kind === PASS || card.kind === SUPPLY) && card.listAge > STALE_AFTER) return 'list_stale'
  if (card.holder === 'none') return doubtWithoutHolder(card, gate)
  if (gate.holderNeeded && card.holder === 'not_asked') return 'holder_not_asked'
  return null
}

function doubtWithoutHolder(card: CardFacts, gate: GatePolicy): Look | null {
  if (card.activation === 'not_active') return 'not_handed_out'
  if (card.activation !== 'active') return 'activation_unknown'
  return gate.holderNeeded ? 'no_holder_tag' : null
}

/** How the 80 bits of a resident code (null where not scanned) fit a card's holder tag (hex). */
export async function holderOf(serial: number, tag: string | undefined, resident: Uint8Array | null): Promise<Holder> {
  if (tag === undefined) return 'none'
  if (resident === null) return 'not_asked'
  return hex(await holderTag(serial, resident)) === tag ? 'matches' : 'differs'
}
