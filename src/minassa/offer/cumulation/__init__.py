"""Cumulation: what another public aid on the same salary takes away from each measure."""
