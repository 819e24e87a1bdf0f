"""Claims: prepared from the declarations, checked and signed by the firm, controlled, decided, replayed."""
