"""Reforms tried live: levers over the whole offer, and what they change on every declaration of the latest run."""
