"""Pages of committees: sessions, agendas, votes, minutes, who sits and by which rules, the register of derogations."""
