"""The tables of reforms, for Django to find."""

from __future__ import annotations

from minassa.reforms.reform_models import Comment, Reform, Revision

__all__ = ["Comment", "Reform", "Revision"]
