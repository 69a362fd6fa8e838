/** Genuine or not: the same verdict as zhegu/cards/rules/verify.py for every text. */
import { openText } from './armour.ts'
import { hex } from './bytes.ts'
import { checkKey, checkTimes, readCard, readClaims, type CardClaims } from './claims.ts'
import { readSign1, sealHolds, type Sign1 } from './cose.ts'
import { NotGenuine, type Reason } from './reasons.ts'
import { revocationHash } from './serials.ts'
import type { TrustedKey, TrustList } from './trust.ts'

export type Genuineness = { valid: true; claims: CardClaims; kid: string } | { valid: false; reason: Reason }

/**
 * Whether `text` is a card that a trusted key issued and nobody withdrew; never throws.
 * Where several keys share the kid one that accepts is enough; otherwise the last one whose
 * signature holds gives the reason.
 */
export async function verify(text: unknown, trust: TrustList): Promise<Genuineness> {
  let message: Sign1
  try {
    message = readSign1(openText(text))
  } catch (problem) {
    return { valid: false, reason: reasonOf(problem) }
  }
  const keys = trust.keys.get(hex(message.kid)) ?? []
  let reason: Reason = keys.length ? 'signature' : 'unknown_key'
  for (const key of keys) {
    if (!(await sealHolds(message, key.key))) continue
    try {
      return { valid: true, claims: await accepted(message, key, trust), kid: hex(message.kid) }
    } catch (problem) {
      reason = reasonOf(problem)
    }
  }
  return { valid: false, reason }
}

function reasonOf(problem: unknown): Reason {
  if (problem instanceof NotGenuine) return problem.reason
  throw problem
}

async function accepted(message: Sign1, key: TrustedKey, trust: TrustList): Promise<CardClaims> {
  if (key.revoked) throw new NotGenuine('key_revoked')
  const claims = readClaims(message.payload)
  checkKey(claims, key)
  checkTimes(claims, key, trust.now)
  const card = readCard(claims)
  if (key.use && !key.use.includes(card.kind)) throw new NotGenuine('key_usage')
  const withdrawn = trust.revoked.get(hex(message.kid))
  if (withdrawn?.size) {
    const hash = await revocationHash(message.kid, card.serial)
    if (withdrawn.has(hex(hash.slice(0, trust.prefixBytes)))) throw new NotGenuine('revoked')
  }
  return card
}
