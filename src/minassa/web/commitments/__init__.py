"""Pages of commitments: the programme on one page, each commitment with its path, recommendations."""
