"""Public pages of proof: daily heads of the journal, receipts checked, what an identifier proves."""
