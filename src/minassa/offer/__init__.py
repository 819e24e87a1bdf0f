"""The offer as code: one folder per measure, the declared columns that rules read, the catalogue."""
