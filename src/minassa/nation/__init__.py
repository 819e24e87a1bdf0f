"""A synthetic country that writes the files its employers would deposit, and keeps the truth about them.

Everybody and every firm in it is invented: see `invented_numbers` for the ranges of identifiers. Rates of
irregularities are chosen to test detection; they estimate nothing.
"""

from __future__ import annotations

from minassa.nation.coming import declaration
from minassa.nation.country import Progress, make_nation
from minassa.nation.lived import lived
from minassa.nation.manifest import Manifest, read_manifest
from minassa.nation.plan import NationError

__all__ = ["Manifest", "NationError", "Progress", "declaration", "lived", "make_nation", "read_manifest"]
