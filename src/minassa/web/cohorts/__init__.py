"""Cohorts of training bodies: the sheets they hand in, what each tells, and what became of graduates."""
