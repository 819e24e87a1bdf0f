"""What ESCO asks of each occupation, with names: from the subset at hand, or from the official download in a folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench._reference import NOTICE, rows
from minassa.talent.reconversion.closeness import Asked
from minassa.talent.reference.importing import UnknownDownload, read_download
from minassa.talent.reference.publishing import ESCO_IN_FILE
from minassa.talent.reference.relations import ESSENTIAL, read_linked

OCCUPATIONS, RELATIONS, SKILLS = "esco/occupations.csv", "esco/occupation_skills.csv", "esco/skills.csv"
LANGUAGES = ("en", "fr")
NAMES = tuple(f"{column}_{language}" for column in ("label", "alt_labels") for language in LANGUAGES)


@dataclass(frozen=True)
class Whole:
    """Occupations by URI: what each asks, its unit group, all its names; and the names of skills."""

    asked: Mapping[str, Asked]
    groups: Mapping[str, str]
    occupations: Mapping[str, str]
    skills: Mapping[str, str]
    notice: str


def subset_in(folder: Path) -> Whole | None:
    """The subset of a folder; None where it is not there."""
    if not all((folder / name).is_file() for name in (OCCUPATIONS, RELATIONS, SKILLS)):
        return None
    asked: dict[str, dict[bool, set[str]]] = defaultdict(lambda: {True: set(), False: set()})
    for row in rows(folder, RELATIONS):
        asked[row["occupation_uri"]][row["relation"] == ESSENTIAL].add(row["skill_uri"])
    told = list(rows(folder, OCCUPATIONS))
    groups = {row["esco_uri"]: row["isco08"] for row in told}
    return Whole(
        {uri: Asked(frozenset(asked[uri][True]), frozenset(asked[uri][False] - asked[uri][True])) for uri in groups},
        groups,
        {row["esco_uri"]: _called(row) for row in told},
        {row["uri"]: _called(row) for row in rows(folder, SKILLS)},
        NOTICE,
    )


def _called(row: Mapping[str, str]) -> str:
    return " ".join(row[name].replace("|", " ") for name in NAMES if name in row)


def download_in(folder: Path) -> Whole | None:
    """All of ESCO as it is downloaded, zips or folders, one for each language; None where it is not in a folder."""
    try:
        linked, labels = read_linked(folder), read_download(folder)
    except UnknownDownload as error:
        print(error.message)
        return None
    names: dict[str, dict[str, list[str]]] = {"occupations": defaultdict(list), "skills": defaultdict(list)}
    for one in labels:
        if one.kind in names and one.language in LANGUAGES:
            for uri, said in one.labels.items():
                names[one.kind][uri] += said
    called = {kind: {uri: " ".join(said) for uri, said in held.items()} for kind, held in names.items()}
    asked = {
        uri: Asked(
            frozenset(linked.essential[uri] & called["skills"].keys()),
            frozenset(linked.optional[uri] & called["skills"].keys()),
        )
        for uri in linked.groups
        if uri in called["occupations"]
    }
    groups = {uri: linked.groups[uri] for uri in asked}
    return Whole(asked, groups, called["occupations"], called["skills"], ESCO_IN_FILE)
