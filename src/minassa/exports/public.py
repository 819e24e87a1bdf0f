"""The door of exports: what the packages above may call. The rest is private to the package."""

from __future__ import annotations

from minassa.exports.policies import READERS

__all__ = ["READERS"]
