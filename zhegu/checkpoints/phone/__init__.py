"""What gates and patrols offer to phones."""

from zhegu.checkpoints.phone import gates, patrols

ROWS = gates.ROWS | patrols.ROWS
TABLES = gates.TABLES | patrols.TABLES
SENSITIVE = {"crossing"}
COMMANDS = gates.COMMANDS | patrols.COMMANDS
