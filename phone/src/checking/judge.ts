// Any card, offline: genuine or not, and its colour (settled by the list's age, activation, holder).
import type { CardClaims } from '../cards/claims.ts'
import { readResidentCode } from '../cards/codes.ts'
import { printedSerial } from '../cards/serials.ts'
import { trustOf } from '../cards/trust.ts'
import { ANY_SAMPLED, gateVerdict, holderOf, STALE_AFTER, WARN_AFTER, type Activation, type CardFacts } from '../cards/verdict.ts'
import { verify } from '../cards/verify.ts'
import { clockIsBehind, now } from '../store/device.ts'
import { ago } from '../ui/dates.ts'
import type { Signal } from '../ui/sound.ts'
import { t } from '../ui/text.ts'
import { heldLists } from './held.ts'

export type Judged = {
  genuine: boolean
  why: string
  claims?: CardClaims
  kid: string
  activated: boolean
  colour: Signal
  reason: string
}
const SIGNALS = { green: 'yes', yellow: 'look', red: 'no' } as const
export const printed = printedSerial

/** Cards this phone handed out itself are known at once, whatever the lists say. */
let handedHere: (kid: string, serial: number) => Activation | null = () => null
export const knowsHandedCards = (asks: typeof handedHere): void => void (handedHere = asks)

/** The verdict on a card's text; with a resident's code also whether it is theirs. Needs no network. */
export async function judge(text: string, code?: string): Promise<Judged> {
  const seconds = Math.floor(now() / 1000)
  const held = await heldLists()
  const answer = await verify(text, { ...(held?.trust ?? trustOf(seconds, [])), now: seconds })
  const common = { kind: 0, sampledAgo: 0, listAge: held ? seconds - held.issued : null, clockBehind: clockIsBehind() }
  if (!answer.valid) return coloured({ ...common, genuine: false, reason: answer.reason, activation: 'unknown', holder: 'none' }, '')
  const { claims, kid } = answer
  const activation = handedHere(kid, claims.serial) ?? held?.activation(kid, claims.serial) ?? 'unknown'
  const holder = await holderOf(claims.serial, claims.holder, code ? readResidentCode(code) : null)
  return coloured({ ...common, genuine: true, kind: claims.kind, sampledAgo: seconds - claims.time, activation, holder }, kid, claims)
}

function coloured(facts: CardFacts, kid: string, claims?: CardClaims): Judged {
  const verdict = gateVerdict(facts, { ...ANY_SAMPLED, kinds: [1, 2, 3] })
  const { genuine, activation } = facts
  return { genuine, why: genuine ? '' : (facts.reason ?? ''), claims, kid, activated: activation === 'active', colour: SIGNALS[verdict.colour], reason: verdict.reason }
}

/** Reasons that mean the same to a person at a gate. */
const SAME: Record<string, string> = {
  text: 'unreadable', prefix: 'unreadable', base45: 'unreadable', zlib: 'unreadable', cbor: 'unreadable', cose: 'unreadable',
  alg: 'unreadable', kid: 'unreadable', claims: 'unreadable', schema: 'unreadable',
  key_period: 'not_entitled', issuer: 'not_entitled', key_usage: 'not_entitled',
}
export const cardWords = (reason: string): string => t(`phone.card_${SAME[reason] ?? reason}`)

/** How old the list is, in words and as a signal; always on the screen. */
export async function listAge(at: number): Promise<{ signal: Signal; words: string }> {
  const issued = (await heldLists())?.issued
  if (issued === undefined) return { signal: 'look', words: t('phone.list_none') }
  const seconds = at / 1000 - issued
  if (seconds > STALE_AFTER) return { signal: 'no', words: t('phone.list_old', { ago: ago(issued * 1000, at) }) }
  return { signal: seconds > WARN_AFTER ? 'look' : 'yes', words: t('phone.list_age', { ago: ago(issued * 1000, at) }) }
}
