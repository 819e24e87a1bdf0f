"""Pages of restitutions: what was paid and later declarations no longer justify; the firm answers, then a committee."""
