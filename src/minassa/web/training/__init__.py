"""Pages of training: cohorts and their sheets, plans of seats, agreements between firms and training bodies."""
