"""Reforms that people keep: named, revised, argued, brought to a committee, adopted as a dated version of the offer."""
