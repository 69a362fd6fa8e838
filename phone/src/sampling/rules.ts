// The rules of the sampling table, as zhegu/sampling/rules.py has them: plain values in, plain values out.
// contracts/cases/sampling-*.json is run against both.

export type Signal = 'yes' | 'look' | 'no'
/** What to tell the person at the table. `override` means: a person may go on, and must say why. */
export type Verdict = { signal: Signal; reason: string; override: boolean }

export type Standing = 'done' | 'excused' | 'missing' | 'moved' | 'not_found'
export type PersonFacts = {
  round: 'open' | 'closed' | 'none'
  /** null: the code is on no line this phone has. */
  standing: Standing | null
  /** The grid the code belongs to, where this phone only knows that. */
  other_grid: number | null
  single_only: boolean
}

const verdict = (signal: Signal, reason: string, override = false): Verdict => ({ signal, reason, override })
export const FINE = verdict('yes', '')

/** May this person be sampled here and now? */
export function judgePerson(facts: PersonFacts): Verdict {
  if (facts.round === 'none') return verdict('no', 'no_round')
  if (facts.round === 'closed') return verdict('no', 'round_closed')
  if (facts.standing === null) {
    return facts.other_grid === null ? verdict('look', 'not_on_roster') : verdict('look', 'other_grid')
  }
  if (facts.standing === 'done') return verdict('no', 'already_sampled')
  if (facts.standing !== 'missing') return verdict('look', `was_${facts.standing}`, true)
  return facts.single_only ? verdict('look', 'single_only') : FINE
}

export type TubeFacts = { ratio: number; filled: number; single_only: boolean; round_ratio: number; ended: boolean }

const isFull = ({ ended, filled, ratio }: TubeFacts): boolean => ended || filled >= ratio

/** Into which tube: the one that is open, a fresh one like it, or one of the person's own. */
export function chooseTube(facts: TubeFacts): 'open' | 'next' | 'own' {
  if (facts.single_only && (facts.ratio !== 1 || facts.filled > 0)) return 'own'
  return isFull(facts) ? 'next' : 'open'
}

/** May this swab go into this tube? A tube of one is always right; any other has the round's ratio. */
export function judgeTube(facts: TubeFacts): Verdict {
  if (facts.ratio !== 1 && facts.ratio !== facts.round_ratio) return verdict('no', 'tube_other_ratio')
  if (facts.single_only && facts.ratio !== 1) return verdict('no', 'tube_not_single')
  return isFull(facts) ? verdict('no', 'tube_full') : FINE
}

export type CardFacts = {
  genuine: boolean
  /** Why it is not, as the verifier says it. */
  why: string
  kind: number
  round: number
  grid: number
  used: boolean
}
const SAMPLED = 1

/** May this card be handed to someone of `grid` in round `round`? null: no card was scanned. */
export function judgeCard(card: CardFacts | null, round: number, grid: number | null): Verdict {
  if (!card) return verdict('look', 'card_not_given', true)
  if (!card.genuine) return verdict('no', card.why === 'revoked' ? 'card_revoked' : 'card_not_genuine')
  if (card.kind !== SAMPLED) return verdict('no', 'card_other_kind')
  if (card.round !== round) return verdict('no', 'card_other_round')
  if (grid !== null && card.grid !== grid) return verdict('no', 'card_other_grid')
  return card.used ? verdict('no', 'card_used') : FINE
}

/** Of the verdicts on person, tube and card, in this order: the first `no`, else the first `look`. */
export const maySample = (...verdicts: Verdict[]): Verdict =>
  verdicts.find((one) => one.signal === 'no') ?? verdicts.find((one) => one.signal === 'look') ?? FINE

export type StandingFacts = { sampled: boolean; gone: string; excuse: string }

/** The one standing of a line: a swab outweighs every word, moved outweighs excused. */
export function partition({ sampled, gone, excuse }: StandingFacts): Standing {
  if (sampled) return 'done'
  if (gone === 'moved') return 'moved'
  if (excuse) return 'excused'
  return gone === 'not_found' ? 'not_found' : 'missing'
}
