"""Django's backend of PostgreSQL, with prepared statements for what every request repeats."""
