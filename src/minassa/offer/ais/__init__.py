"""AIS: the State bears part of the corporate tax on exports, once the five exempt years are over."""
