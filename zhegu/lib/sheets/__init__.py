"""Workbooks that people hand in, opened into plain cells within limits (reliability 24)."""
