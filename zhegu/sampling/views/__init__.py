"""Office pages of a sampling round, one file per noun."""
