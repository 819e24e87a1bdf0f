"""Needs and resources of the labour market: expansion, replacement, supply, and gaps with their intervals."""
