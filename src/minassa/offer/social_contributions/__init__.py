"""Social contributions: what the employee pays to CNSS and AMO, which income tax deducts."""
