"""Evaluations of the offer, made on demand from a run, kept beside it, and told in plain words by the pages."""
