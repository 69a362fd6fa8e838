"""Office pages of runs, custody and cash."""
