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

export type TubeFacts = { ratio: number; filled: number; single_only: boolean }

/** Into which tube: the one that is open, a fresh one like it, or one of the person's own. */
export function chooseTube({ ratio, filled, single_only }: TubeFacts): 'open' | 'next' | 'own' {
  if (single_only && ratio !== 1) return 'own'
  return filled >= ratio ? 'next' : 'open'
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

/** May this card be handed to someone of `grid` in round `round`? */
export function judgeCard(card: CardFacts, round: number, grid: number | null): Verdict {
  if (!card.genuine) return verdict('no', 'card_not_genuine')
  if (card.kind !== 1) return verdict('no', 'card_other_kind')
  if (card.round !== round) return verdict('no', 'card_other_round')
  if (grid !== null && card.grid !== grid) return verdict('no', 'card_other_grid')
  return card.used ? verdict('no', 'card_used') : FINE
}
