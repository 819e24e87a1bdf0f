"""The sheet of a P2I in words, the same for the public page, the comparison and those who write it."""

from __future__ import annotations

from typing import Any

from minassa.platforms.public import Line, Sheet, shared_services
from minassa.platforms.sheet_models import LineKind
from minassa.web.platforms.wording import entry_name


def lines_by_kind(sheet: Sheet) -> dict[str, list[dict[str, Any]]]:
    """The lines of a sheet by kind, each with its words."""
    return {
        "buildings": [_told(one, one.content.name) for one in sheet.of(LineKind.BUILDING)],
        "prices": [_told(one, one.content.name) for one in sheet.of(LineKind.PRICE)],
        "offered": [_told(one, entry_name(shared_services()[one.code])) for one in sheet.of(LineKind.SERVICE)],
        "conventions": [_told(one, one.content.name) for one in sheet.of(LineKind.CONVENTION)],
    }


def _told(line: Line, name: str) -> dict[str, Any]:
    address, _colon, note = line.source.partition(" : ")
    linked = address.startswith("https://")
    return {
        "line": line,
        "name": name,
        "address": address.split(" ")[0] if linked else "",
        "note": note if linked else line.source,
    }
