"""From the field to a decision: what firms said, the recommendation, the session, the commitment, its indicator."""
