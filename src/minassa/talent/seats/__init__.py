"""The plan of seats: who is trained where and when, with which trainers, for the fewest posts left empty."""
