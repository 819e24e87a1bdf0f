"""Who may do what with governance: one predicate per action. What is not said here is refused."""
