"""The State's money of the offer, in double entry. Its door is `minassa.ledger.public`."""
