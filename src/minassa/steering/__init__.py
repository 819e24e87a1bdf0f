"""Steering: what those who decide look at, from a run alone."""
