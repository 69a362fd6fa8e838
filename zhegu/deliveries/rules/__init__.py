"""Decisions of runs: plain values in, plain values out. The engine is handed in."""
