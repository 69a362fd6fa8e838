"""What sampling offers to phones: TABLES they may read, COMMANDS they may send, ROWS in their form."""

from zhegu.sampling.phone.commands import COMMANDS
from zhegu.sampling.phone.rows import ROWS
from zhegu.sampling.phone.tables import lines, prefixes, reasons, rounds

TABLES = {"round": rounds, "line": lines, "prefix": prefixes, "reason": reasons}

__all__ = ["COMMANDS", "ROWS", "TABLES"]
