"""Estimate my advantages: a planned firm, its hires and its places in an address; what the offer gives each year."""
