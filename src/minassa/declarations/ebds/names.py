"""Names of e-BDS files: the convention, and whether a name says the same as the file.

Payroll programs write the period AAAAMM, the specification says MMAAAA: both are accepted, the file itself decides.
"""

from __future__ import annotations

import re

from minassa.declarations.ebds.table import COMPLEMENTARY, PREETABLI

_CONVENTION = re.compile(
    r"(?P<kind>AFFEBDS|DS|DSC(?P<complement>[1-9]))_(?P<affiliation>[0-9]{7})_(?P<period>[0-9]{6})\.txt", re.IGNORECASE
)
_YEAR = 4


def file_name(family: int, affiliation: int, period: int, complement: int = 0) -> str:
    """The name of a file, for a period AAAAMM."""
    return f"{_prefix(family, complement)}_{affiliation:07d}_{period:06d}.txt"


def disagreements(name: str, family: int, affiliation: int, period: int, complement: int) -> list[str] | None:
    """What a file name says otherwise than its content, in French; None when it does not follow the convention."""
    base = name.replace("\\", "/").rpartition("/")[2]
    if base == file_name(family, affiliation, period, complement):
        return []
    said = _CONVENTION.fullmatch(base)
    if said is None:
        return None
    written = f"{period:06d}"
    found = []
    if said["kind"].upper() != _prefix(family, complement):
        found.append("la sorte de fichier")
    if int(said["affiliation"]) != affiliation:
        found.append("le numéro d'affilié")
    if said["period"] not in {written, written[_YEAR:] + written[:_YEAR]}:
        found.append("la période")
    return found


def _prefix(family: int, complement: int) -> str:
    if family == PREETABLI:
        return "AFFEBDS"
    return f"DSC{complement}" if family == COMPLEMENTARY else "DS"
