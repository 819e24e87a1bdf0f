"""Pages of conventions: commitments beside their path, advances, amendments with what they replace, the journal."""
