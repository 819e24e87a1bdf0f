"""Pages of the P2I as they are followed: sheets compared, reports, conformity, specialisation."""
