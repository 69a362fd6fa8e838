"""The office pages of people and households."""
