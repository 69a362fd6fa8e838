/** Why a text is not a genuine card; the order is that of the steps (zhegu/cards/rules/reasons.py). */
export type Reason =
  | 'text' | 'prefix' | 'base45' | 'zlib' | 'cbor' | 'cose' | 'alg' | 'kid' | 'unknown_key' | 'signature'
  | 'key_revoked' | 'key_period' | 'issuer' | 'claims' | 'not_yet' | 'expired' | 'ttl' | 'schema'
  | 'key_usage' | 'revoked'

/** A step failed; `reason` says which. */
export class NotGenuine extends Error {
  readonly reason: Reason
  constructor(reason: Reason) {
    super(reason)
    this.reason = reason
  }
}
