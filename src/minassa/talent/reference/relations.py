"""What ESCO links, read from its official download: the skills that occupations ask, and their groups of ISCO-08.

Relations are in `occupationSkillRelations_en.csv`, the same in every language (columns `occupationUri`, `relationType`,
`skillUri`); groups in `occupations_en.csv` (columns `conceptUri`, `iscoGroup`). Nothing of them is shipped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from minassa.talent.reference.importing import UnknownDownload, rows_of, texts_of

ESSENTIAL: Final = "essential"
_RELATIONS: Final = re.compile(r"^(?:.*/)?occupationSkillRelations(?:_[a-z]{2})?\.csv$")
_OCCUPATIONS: Final = re.compile(r"^(?:.*/)?occupations_[a-z]{2}\.csv$")
_UNIT_GROUP: Final = re.compile(r"^C?(\d{4})$")


@dataclass(frozen=True, slots=True)
class Linked:
    """By URI of occupation: its unit group of ISCO-08, the URIs of its essential skills, of the others.

    Occupations without a unit group, or that ask no skill, are left out.
    """

    groups: dict[str, str]
    essential: dict[str, frozenset[str]]
    optional: dict[str, frozenset[str]]


def read_linked(path: Path) -> Linked:
    """What a folder (or a zip) of the download links; UnknownDownload when relations or groups are not in it."""
    essential: dict[str, set[str]] = {}
    optional: dict[str, set[str]] = {}
    for name, text in texts_of(path, _RELATIONS):
        for row in rows_of(name, text, ("occupationUri", "relationType", "skillUri")):
            kind = essential if row["relationType"] == ESSENTIAL else optional
            kind.setdefault(row["occupationUri"], set()).add(row["skillUri"])
    told = {uri: group for uri, group in _groups(path).items() if uri in essential or uri in optional}
    if not told:
        message = f"{path.name} : ni relations entre métiers et compétences, ni groupes de la CITP d'ESCO."
        raise UnknownDownload(message)
    asked = {uri: frozenset(essential.get(uri, ())) for uri in told}
    return Linked(told, asked, {uri: frozenset(optional.get(uri, ())) - asked[uri] for uri in told})


def _groups(path: Path) -> dict[str, str]:
    groups: dict[str, str] = {}
    for name, text in texts_of(path, _OCCUPATIONS):
        for row in rows_of(name, text, ("conceptUri", "iscoGroup")):
            if group := _UNIT_GROUP.match(row["iscoGroup"].strip()):
                groups[row["conceptUri"]] = group[1]
    return groups
