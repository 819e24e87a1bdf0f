"""Pages of exports: the path to 40 billion, the two official series kept apart, what firms state and file."""
