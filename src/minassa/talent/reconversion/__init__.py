"""Reconversion: which occupations are near a person's skills, what bridge leads there, and a plan for a whole staff."""
