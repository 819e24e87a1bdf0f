"""Money: envelopes of credits, entitlements, payment orders, the bank's answers, and the account of each firm."""
