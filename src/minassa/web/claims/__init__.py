"""Pages of claims: what a firm is owed, prepared for it; it checks, contests, signs, and follows what becomes of it."""
