"""What a scheme really adds: firms that entered it against firms that had not yet, with the assumptions tried."""
