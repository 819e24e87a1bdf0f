"""What the offer really adds: a card in plain words for everyone, the figures behind it for analysts."""
