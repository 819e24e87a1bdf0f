"""Open answers of surveys in themes, which recommendations may come from."""
