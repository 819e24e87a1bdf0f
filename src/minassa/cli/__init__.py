"""The command `minassa`."""
