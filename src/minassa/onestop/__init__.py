"""Procedures as dated data, and the cases that follow them. Its door is `minassa.onestop.public`."""
