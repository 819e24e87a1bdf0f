"""What of a run may be published: contributions by firm, controlled with what was published before, and data sets."""
