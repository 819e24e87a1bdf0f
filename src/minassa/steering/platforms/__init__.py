"""What declarations and accounts tell of each P2I: reports prepared, specialisation observed."""
