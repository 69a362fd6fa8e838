// A distribution on this phone: whose share, which card, what was handed out last. One state for the screen.
import { computed, ref, shallowRef, watch } from 'vue'
import { cardWords, judge, type Judged } from '../checking/judge.ts'
import { codeHash, folded, residentCode } from '../sampling/lines.ts'
import { act, entries, rowsOf, who } from '../sync/live.ts'
import { signalSound, type Signal } from '../ui/sound.ts'
import { t } from '../ui/text.ts'
import { byWay, holds } from '../visits/homes.ts'
import { HAND_OUT, handOut, UNDO_GIVEN, undoGiven, type Confirmed, type Handout, type How, type Share } from './commands.ts'
import { voucher, type Voucher } from './rules.ts'

const CODE_DIGITS = 16
const MOST = 30

export const handouts = computed(() => [...rowsOf<Handout>('handout').values()].sort((a, b) => b.no - a.no))
export const chosen = ref('')
export const handout = computed(() => handouts.value.find((one) => one.id === chosen.value) ?? handouts.value[0] ?? null)
export const shares = computed(() => [...rowsOf<Share>('share').values()].filter((one) => one.handout === handout.value?.id).sort(byWay))
export const left = computed(() => shares.value.filter((one) => !one.given))

/** Shares whose head, number, address or member holds what was typed; those still due first. */
export function findShares(some: readonly Share[], typed: string): Share[] {
  if (!folded(typed)) return []
  const hits = some.filter((one) => holds(one, typed, one.members))
  return hits.sort((a, b) => Number(!!a.given) - Number(!!b.given) || byWay(a, b)).slice(0, MOST)
}

const shareId = ref('')
const code = ref('')
export const card = shallowRef<Judged | null>(null)
export const unread = ref('')
export const justDone = shallowRef<{ share: Share; ref: string } | null>(null)
export const share = computed(() => shares.value.find((one) => one.id === shareId.value) ?? null)

/** A card is of whoever comes for the share on the screen: with another share it leaves, and so does a code. */
export function meet(one: Share, theirs = ''): void {
  if (one.id !== shareId.value) card.value = null
  shareId.value = one.id
  code.value = theirs
  unread.value = ''
  justDone.value = null
  if (one.given) signalSound('no')
}
export function clear(): void {
  shareId.value = code.value = unread.value = ''
  card.value = null
}

/** Whoever locks the phone leaves nobody on it. */
watch(who, (someone) => {
  if (someone) return
  clear()
  justDone.value = null
}, { flush: 'sync' })

/** Somebody's code finds their share; then their card is looked at. */
export async function scanned(text: string): Promise<void> {
  const resident = residentCode(text)
  if (resident) {
    const beginning = (await codeHash(resident)).slice(0, CODE_DIGITS)
    const found = shares.value.find((one) => one.codes.includes(beginning))
    if (found) return meet(found, resident)
    clear()
    refuse('handouts.phone_not_listed')
  } else if (text.startsWith('HC1:')) {
    const whose = shareId.value
    if (!share.value) return refuse('handouts.phone_code_first')
    const judged = await judge(text, code.value || undefined)
    if (whose !== shareId.value) return
    card.value = judged
    unread.value = ''
    signalSound(shown.value?.signal ?? judged.colour)
  } else refuse('handouts.phone_unread')
}
function refuse(key: string): void {
  unread.value = key
  signalSound('no')
}

const worth = computed<Voucher>(() => {
  const claims = card.value?.claims
  const used = !!claims && shares.value.some((one) => one.card === claims.serial && one.id !== shareId.value)
  return voucher(handout.value?.card_round ?? null, card.value && { genuine: card.value.genuine, round: claims?.round ?? 0, used })
})

/** What is to be said of the share and the card that were shown. */
export const shown = computed<{ signal: Signal; why: string } | null>(() => {
  if (!share.value) return null
  if (share.value.given) return { signal: 'no', why: t('handouts.phone_had') }
  if (worth.value === 'no_card') return { signal: 'look', why: t('handouts.phone_card_please') }
  if (worth.value === 'not_genuine') return { signal: 'no', why: cardWords(card.value!.reason) }
  if (worth.value !== 'ok') return { signal: 'no', why: t(`handouts.voucher_${worth.value}`) }
  return card.value && card.value.colour !== 'yes' ? { signal: card.value.colour, why: cardWords(card.value.reason) } : { signal: 'yes', why: '' }
})
export const mayGive = computed(() => !!share.value && !share.value.given)

export async function give(how: How, confirmed: Confirmed): Promise<void> {
  const one = share.value
  if (!one || one.given) return
  const claims = card.value?.claims
  const [ref] = await act([handOut({ share: one.id, how, confirmed, card: claims ? { serial: claims.serial, kid: card.value!.kid } : null })])
  signalSound('yes')
  clear()
  justDone.value = { share: one, ref: ref! }
}

/** What this phone handed out last and has not taken back. */
export const undoable = computed(() => {
  const back = new Set(entries.value.filter((one) => one.kind === UNDO_GIVEN).map((one) => one.body.given))
  return entries.value.filter((one) => one.kind === HAND_OUT && !back.has(one.ref) && one.standing !== 'refused').at(-1) ?? null
})
export async function undo(): Promise<void> {
  if (!undoable.value) return
  await act([undoGiven(undoable.value.ref)])
  justDone.value = null
}

/** 2500 → `2.5`. */
export const said = (amount: number): string => String(amount / 1000)
