"""Pages of those who work on cases: queue, task, cases to decide, messages given up."""
