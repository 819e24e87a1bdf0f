"""Pages of cases: list, new case, draft, signature, the case itself, its acts, its receipts."""
