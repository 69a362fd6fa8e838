"""Why a text is not a genuine card. The order is that of the steps; the first failing one counts."""

from enum import StrEnum


class Reason(StrEnum):
    """Codes of the verifier contract; their words stand in texts/cards.tsv as `cards.reason_<code>`."""

    TEXT = "text"
    PREFIX = "prefix"
    BASE45 = "base45"
    ZLIB = "zlib"
    CBOR = "cbor"
    COSE = "cose"
    ALG = "alg"
    KID = "kid"
    UNKNOWN_KEY = "unknown_key"
    SIGNATURE = "signature"
    KEY_REVOKED = "key_revoked"
    KEY_PERIOD = "key_period"
    ISSUER = "issuer"
    CLAIMS = "claims"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    TTL = "ttl"
    SCHEMA = "schema"
    KEY_USAGE = "key_usage"
    REVOKED = "revoked"


class NotGenuine(Exception):
    """A step failed; `reason` says which."""

    def __init__(self, reason: Reason):
        super().__init__(reason)
        self.reason = reason
