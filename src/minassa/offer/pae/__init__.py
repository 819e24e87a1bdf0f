"""PAE: a premium paid once for each new job that is kept 18 months."""
