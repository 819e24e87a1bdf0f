"""Gaps of the labour market: a vintage made once after each run, kept beside it, read by pages, computed again."""
