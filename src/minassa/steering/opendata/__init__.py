"""Open data: data sets described in three languages, versions that never change, a catalogue, awards by firm."""
