"""Decisions about people, names, numbers and tables. Pure: plain values in, value out."""
