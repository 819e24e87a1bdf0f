"""Pages for everyone: the road to 130,000, the offer, the steps, the real delays, and how we know."""
