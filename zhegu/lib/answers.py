"""What an action answers: values of the domain, turned into words at the door."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Accepted:
    """Done; `facts` holds codes and ids only, since it is kept for ever."""

    facts: dict[str, Any] = field(default_factory=dict)
    status = "accepted"
    reason = ""


@dataclass(frozen=True)
class Refused:
    """Not done, and why: `reason` is a stable code such as `sampling.already_sampled`."""

    reason: str
    facts: dict[str, Any] = field(default_factory=dict)
    status = "refused"


Outcome = Accepted | Refused


class RefusedError(Exception):
    """For doors that act on one thing and want to stop at a refusal."""

    def __init__(self, refused: Refused):
        super().__init__(refused.reason)
        self.refused = refused
