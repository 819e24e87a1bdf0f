"""Pages of reconversion: where the skills of a person lead, and a plan for the staff of a site that closes."""
