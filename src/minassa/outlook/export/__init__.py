"""Exports: turnover that bears its scope, the two official series, the path to 40 billion, concentration, exposure."""
