"""Enterprises: list, sheet, registering, people who act for them, and the one acted for now."""
