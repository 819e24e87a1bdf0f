"""The tables of exports, for Django to find."""

from __future__ import annotations
