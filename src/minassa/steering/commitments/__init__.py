"""Commitments measured: the value of the indicator that each names, beside the path that was promised."""
