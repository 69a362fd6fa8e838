"""Decisions of the phone's door: envelopes, order, and what changed. Pure."""
