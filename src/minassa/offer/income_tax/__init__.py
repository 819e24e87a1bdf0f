"""Income tax on salaries: what is due for a period, and what of it counts for the offer."""
