"""Minassa: the Moroccan offshoring offer as dated rules over real payroll declarations."""

from __future__ import annotations

__version__ = "0.1.0"
