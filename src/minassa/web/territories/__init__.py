"""A page for each region, each P2I and each firm: what everyone may read, and, by right, what stands behind."""
