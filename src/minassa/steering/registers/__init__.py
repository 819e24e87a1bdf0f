"""What the registers give to open data, once a day: awards, delays, surveys, consultations, commitments."""
