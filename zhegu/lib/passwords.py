"""Passwords that are handed out on paper."""

import secrets

_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def made_password() -> str:
    """Twelve characters without look-alikes: about 59 random bits (ASVS 5.0 V6.2 asks for 8 characters)."""
    return "".join(secrets.choice(_SIGNS) for _ in range(12))
