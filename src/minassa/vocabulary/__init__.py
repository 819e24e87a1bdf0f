"""The words everyone shares: amounts, months, places, filières, identifiers, texts of law, statuses, rounding.

This package knows no measure, no file and no person. It reads no clock and no environment.
"""
