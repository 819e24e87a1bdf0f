"""Pages of job titles: one typed, a file of them, those that await a person, those of the registers."""
