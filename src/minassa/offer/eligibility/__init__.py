"""Eligibility of the firm: what it must be, and show, before any measure counts."""
