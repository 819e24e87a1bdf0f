"""Who was trained, and what became of them: cohorts met with the declarations of employers."""
