"""When a log-in is locked; tokens and codes: what a phone holds, what a person types. Pure."""

import base64
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from zhegu.lib.codes import BadCode, check_character, tidy, to_crockford
from zhegu.lib.scope import COMMUNITY_DIGITS, LEADS, WATCHES

PER_ACCOUNT = 10
PER_ADDRESS = 100
WINDOW = timedelta(hours=1)
"""Ten tries an account, a hundred an address within the hour (OWASP ASVS 5.0, V6: throttling)."""

ENROLMENT_LASTS = timedelta(minutes=30)
STAFF_CODE_LASTS = timedelta(days=3)
DEVICE_LASTS = timedelta(days=365)
"""A phone left in a drawer stops reading after a year; what it still holds may always be delivered."""

_SHORT = 9
_LOOK_ALIKES = str.maketrans("ILO", "110")


def may_be_held(role: str, place: str) -> bool:
    """Whether a role can be held there: above the communities people lead or look on, and do nothing else."""
    return len(place) >= COMMUNITY_DIGITS or role in (WATCHES, LEADS)


def may_try(wrong_for_account: int, wrong_from_address: int) -> bool:
    """Whether another password may be tried now; both counts are of the last hour."""
    return wrong_for_account < PER_ACCOUNT and wrong_from_address < PER_ADDRESS


def window_began(at: datetime) -> datetime:
    """Wrong passwords before this moment no longer count."""
    return at - WINDOW


class Standing(StrEnum):
    """Whether a phone is let in."""

    ACTIVE = "active"
    EXPIRED = "expired"
    REVOKED = "revoked"


def standing(at: datetime, expires: datetime, revoked: datetime | None) -> Standing:
    """A revoked phone stays revoked, also once it has expired."""
    if revoked is not None:
        return Standing.REVOKED
    return Standing.EXPIRED if at >= expires else Standing.ACTIVE


def token(secret: bytes) -> str:
    """32 bytes as 43 characters that stand in an address and a header as they are."""
    if len(secret) != 32:
        raise ValueError("a token holds 256 bits")
    return base64.urlsafe_b64encode(secret).decode().rstrip("=")


def hashed(shown: str) -> bytes:
    """What is stored of a token or code: SHA-256. They are random, so no salt is needed."""
    return sha256(shown.encode()).digest()


def short_code(secret: bytes) -> str:
    """40 bits as 8 characters of Crockford's base 32 and their check character: `4F7K2M9QX`."""
    body = to_crockford(secret[:5])
    return body + check_character(body)


def read_short_code(typed: str) -> str:
    """The code as it was made; raises BadCode. Case, spaces, hyphens and look-alikes are forgiven."""
    tidied = tidy(typed).replace("-", "")
    body, check = tidied[:-1].translate(_LOOK_ALIKES), tidied[-1:]
    if len(tidied) != _SHORT or check_character(body) != check:
        raise BadCode("not one of our codes")
    return body + check


def within_community(place: str, community: str) -> str:
    """The part of a role's place that lies in the community; '' where it has none."""
    if place.startswith(community):
        return place
    return community if community.startswith(place) else ""
