"""Indicators for those who steer: the catalogue, a page each, and the way from a figure down to a line of a file."""
