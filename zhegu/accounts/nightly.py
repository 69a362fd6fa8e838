"""What accounts does every night."""

from collections.abc import Mapping
from datetime import datetime
from importlib import import_module

from django.conf import settings

from zhegu.lib.upkeep import Job


def forget_sessions(at: datetime) -> Mapping[str, int]:
    """Log-ins that have run out are forgotten."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return {}


JOBS = (Job("accounts.sessions", forget_sessions),)
