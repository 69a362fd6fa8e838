"""What gates and patrols offer to phones."""

from zhegu.checkpoints.phone import gates, patrols

ROWS = gates.ROWS | patrols.ROWS
TABLES = gates.TABLES | patrols.TABLES
COMMANDS = gates.COMMANDS | patrols.COMMANDS
