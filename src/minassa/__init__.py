"""Minassa: the Moroccan offshoring offer as dated rules over real payroll declarations."""

from __future__ import annotations

import os

__version__ = "0.1.0"

# Polars' allocator reads this once, when Polars is loaded. By default it gives freed memory back after half a second,
# and the system hands it out again page by page: a quarter of the processor time of an evaluation. Kept ten seconds
# more, the memory is lent, not held: the system may take it at any moment, should another process need it.
os.environ.setdefault("_RJEM_MALLOC_CONF", "muzzy_decay_ms:10000")
