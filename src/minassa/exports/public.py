"""The door of exports: what the packages above may call. The rest is private to the package."""

from __future__ import annotations

from minassa.exports.errors import ExportRefused, StaleStatement
from minassa.exports.officials import bring, enter, exchange_office_known, stream_of_table
from minassa.exports.policies import FIRM, READERS, may_read, may_sign
from minassa.exports.stating import (
    LARGEST,
    counted_lines,
    lines_of,
    prepare,
    quarters,
    sign,
    statements_for,
    stream_of,
)

__all__ = [
    "FIRM",
    "LARGEST",
    "READERS",
    "ExportRefused",
    "StaleStatement",
    "bring",
    "counted_lines",
    "enter",
    "exchange_office_known",
    "lines_of",
    "may_read",
    "may_sign",
    "prepare",
    "quarters",
    "sign",
    "statements_for",
    "stream_of",
    "stream_of_table",
]
