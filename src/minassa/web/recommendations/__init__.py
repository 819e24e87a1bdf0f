"""Pages of recommendations: drafted from what the field says, put to a committee, followed once adopted."""
