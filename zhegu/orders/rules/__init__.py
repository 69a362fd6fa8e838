"""Decisions about orders and how they are asked for: plain values in, plain values out."""
