"""The append-only log of everything that happened, chained and proved. Its door is `minassa.journal.public`."""
