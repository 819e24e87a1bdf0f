"""Place of work: which burden of income tax the State leaves to a firm, by place."""
