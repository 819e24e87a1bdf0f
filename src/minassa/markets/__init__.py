"""Markets abroad: figures that people bring, missions and events, leads from an event to a contract."""
