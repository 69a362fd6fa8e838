// The trust list and activations as this phone holds them.
import type { TrustList } from '../cards/trust.ts'
import type { Activation } from '../cards/verdict.ts'

export type Held = {
  trust: TrustList | null
  /** When the list was signed, in UTC seconds; null without a list. */
  issued: number | null
  activation: (kid: string, serial: number) => Activation
}

export async function heldTrust(): Promise<Held> {
  return { trust: null, issued: null, activation: () => 'unknown' }
}
