"""Pages of consultations: requests of firms, polls, events, hearings."""
