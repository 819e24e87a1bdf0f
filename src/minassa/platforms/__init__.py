"""The P2I as the State follows them: dated sheets, quarterly and yearly reports, conformity, findings."""
