// What a card is worth at a distribution; the same as zhegu/handouts/rules.py, both run contracts/cases/handout-voucher.json.
export type Voucher = 'ok' | 'no_card' | 'not_genuine' | 'other_round' | 'used'
export type CardSeen = { genuine: boolean; round: number; used: boolean }

export function voucher(asked: number | null, card: CardSeen | null): Voucher {
  if (asked === null) return 'ok'
  if (!card) return 'no_card'
  if (!card.genuine) return 'not_genuine'
  if (card.round !== asked) return 'other_round'
  return card.used ? 'used' : 'ok'
}
