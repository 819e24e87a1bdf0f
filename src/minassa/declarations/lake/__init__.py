"""The lake of declarations: Delta tables of checked lines, sealed packs of original files. This is its door."""

from __future__ import annotations

from minassa.declarations.lake.keys import LakeUnreadable, WrongKey
from minassa.declarations.lake.lake import (
    Lake,
    LakeMissing,
    LakePathRefused,
    UnknownFile,
    UnknownTable,
    Unpublished,
    file_number,
)
from minassa.declarations.lake.storage import UnknownVersion
from minassa.declarations.lake.supersession import supersession_key
from minassa.declarations.lake.tables import (
    ACCOUNT_LINES,
    CNSS_LINES,
    DEPOSITS,
    DGI_LINES,
    FINDINGS,
    FIRM_LINES,
    IN_EFFECT,
    REJECTED,
    STAFF_LINES,
    TABLES,
    Table,
)

__all__ = [
    "ACCOUNT_LINES",
    "CNSS_LINES",
    "DEPOSITS",
    "DGI_LINES",
    "FINDINGS",
    "FIRM_LINES",
    "IN_EFFECT",
    "REJECTED",
    "STAFF_LINES",
    "TABLES",
    "Lake",
    "LakeMissing",
    "LakePathRefused",
    "LakeUnreadable",
    "Table",
    "UnknownFile",
    "UnknownTable",
    "UnknownVersion",
    "Unpublished",
    "WrongKey",
    "file_number",
    "supersession_key",
]
