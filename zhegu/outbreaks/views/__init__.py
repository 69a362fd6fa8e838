"""Office pages of an outbreak."""
