"""Net jobs: what a firm has truly added since June 2025, and what of it is kept."""
