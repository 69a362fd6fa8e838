"""What sampling offers to phones: TABLES they may read, COMMANDS they may send."""

from zhegu.lib.phone import PhoneCommand
from zhegu.sampling.phone.bodies import BODIES
from zhegu.sampling.phone.rows import ROWS

COMMANDS = {kind: PhoneCommand(body, lambda scope, commands: []) for kind, body in BODIES.items()}

__all__ = ["COMMANDS", "ROWS"]
