"""Markets abroad: how attractive each is, which P2I may answer a lead, jobs declared since a contract."""
