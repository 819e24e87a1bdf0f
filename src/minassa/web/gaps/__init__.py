"""Tensions of the labour market: a map and a table by occupation and region, and each cell opened."""
