"""Where the sector is heading: the road to 130,000 jobs, and what another law would have given."""
