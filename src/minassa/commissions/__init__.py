"""Commissions of the federation: mandate, members, sessions with their minutes, work plan."""
