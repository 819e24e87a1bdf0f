"""Who may do what with conventions: one predicate per action. What is not said here is refused."""
