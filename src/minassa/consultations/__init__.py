"""What firms say outside questionnaires: requests, polls, events, hearings; each may lead to a recommendation."""
