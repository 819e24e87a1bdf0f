"""Programmes, cohorts and graduates as training bodies tell them, and what became of graduates after each run."""
