"""The cockpit of the committees: four numbers that decide, the gap to the path taken apart, what needs a decision."""
