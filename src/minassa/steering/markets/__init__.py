"""What declarations tell of markets: jobs declared since a contract, what each P2I has for a lead."""
