"""What a place is specialised in, from the occupations of the people employed there, and what a target would ask."""
