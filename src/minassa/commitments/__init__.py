"""Targets and commitments of the programmes, each with its owner and its path; recommendations from the field."""
