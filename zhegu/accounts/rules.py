"""When a log-in is locked. Pure."""

from datetime import datetime, timedelta

PER_ACCOUNT = 10
PER_ADDRESS = 100
WINDOW = timedelta(hours=1)
"""Ten tries an account, a hundred an address within the hour (OWASP ASVS 5.0, V6: throttling)."""


def may_try(wrong_for_account: int, wrong_from_address: int) -> bool:
    """Whether another password may be tried now; both counts are of the last hour."""
    return wrong_for_account < PER_ACCOUNT and wrong_from_address < PER_ADDRESS


def window_began(at: datetime) -> datetime:
    """Wrong passwords before this moment no longer count."""
    return at - WINDOW
