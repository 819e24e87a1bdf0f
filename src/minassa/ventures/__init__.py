"""Register of SMEs with exportable solutions and of start-ups that go abroad: claims, checked by another hand."""
