"""Procedures as dated data: one folder per procedure, one YAML file per version."""
