"""Pages of the register of SMEs and start-ups: what is public, a venture, registering, importing."""
