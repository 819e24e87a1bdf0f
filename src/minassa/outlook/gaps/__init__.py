"""The road to 130,000 joined with what the registers show: the market whose needs and resources are balanced."""
