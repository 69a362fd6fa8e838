"""What runs offer to phones: the runs whose team somebody on the phone is of, and what is done at a door."""

from zhegu.deliveries.phone.commands import COMMANDS
from zhegu.deliveries.phone.rows import ROWS, TABLES, parcel_rows

__all__ = ["COMMANDS", "ROWS", "TABLES", "parcel_rows"]
