"""What had been filed of a country by the end of a month: its files as they came in over time."""

from __future__ import annotations

from pathlib import Path

from minassa.vocabulary.periods import format_month, year_of

SHEETS, REGISTERS = "fiches", "registres"


def filed_by(target: Path, month: int) -> list[Path]:
    """The folders and files of declarations, in the order in which they are deposited, filed by the end of a month.

    Statements and accounts of a year are there once it is over, registers once their month is; firm sheets always.
    """
    stamp = format_month(month).replace("-", "")
    found = []
    for folder in sorted(path for path in (target / "declarations").iterdir() if path.is_dir()):
        if folder.name == REGISTERS:
            found += [one for one in sorted(folder.iterdir()) if one.stem[-len(stamp) :] <= stamp]
        elif folder.name == SHEETS or _over(folder.name, month):
            found.append(folder)
    return found


def _over(name: str, month: int) -> bool:
    """Whether what a folder is named after, a month or a year, is over at the end of a month."""
    return name <= format_month(month) if "-" in name else int(name) < year_of(month)
