"""Indicators as code: one small function each, with its definition, read from one small table made after each run."""
