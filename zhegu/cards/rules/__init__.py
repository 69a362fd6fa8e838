"""Pure decisions about cards: genuine or not, what colour, which number."""

from zhegu.cards.rules.claims import CardClaims
from zhegu.cards.rules.reasons import NotGenuine, Reason
from zhegu.cards.rules.serials import (
    SerialParts,
    holder_tag,
    printed_serial,
    read_serial,
    revocation_hash,
    serial_of,
    serial_parts,
)
from zhegu.cards.rules.trust import TrustedKey, TrustList, public_key_of
from zhegu.cards.rules.verify import Verdict, verify

__all__ = [
    "CardClaims",
    "NotGenuine",
    "Reason",
    "SerialParts",
    "TrustList",
    "TrustedKey",
    "Verdict",
    "holder_tag",
    "printed_serial",
    "public_key_of",
    "read_serial",
    "revocation_hash",
    "serial_of",
    "serial_parts",
    "verify",
]
