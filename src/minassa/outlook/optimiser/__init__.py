"""Settings of the premiums by filière and region for a budget: the most net jobs, exactly, and what binds."""
