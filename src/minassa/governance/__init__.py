"""Committees that decide: who sits, by which rules, what was put to them, how they voted, what follows."""
