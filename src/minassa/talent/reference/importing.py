"""The official download files of ESCO and ROME read as they are published: labels by URI or code, with whose they are.

ESCO gives a zip of CSV files for each language (`occupations_fr.csv`, `skills_fr.csv`: columns `conceptUri`,
`preferredLabel`, `altLabels`, one alternative a line). ROME gives a CSV of titles (`…appellation…csv`: columns
`code_rome`, `code_ogr`, `libelle_appellation_court` or `libelle_appellation_long`). Nothing of them is shipped.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from minassa.declarations.durable import write_atomically
from minassa.talent.reference.publishing import ESCO_IN_SERVICE
from minassa.vocabulary.errors import MinassaError

ROME_SOURCE: Final = "Source : France Travail, ROME 4.0, Licence Ouverte 2.0 (Etalab)."
FOLDER: Final = "reference"
"""Folder of the home in which what was imported is kept."""
LARGEST: Final = 200_000_000
"""Bytes of a file, or of a member of a zip, that are read at the most."""
_ESCO: Final = re.compile(r"^(?:.*/)?(occupations|skills)_([a-z]{2})\.csv$")
_ROME: Final = re.compile(r"^(?:.*/)?[^/]*appellation[^/]*\.csv$")


class UnknownDownload(MinassaError):
    """A file that is not an official download of ESCO or ROME, or that lacks a column of its layout."""

    code = "TALENT-DOWNLOAD"


@dataclass(frozen=True, slots=True)
class Imported:
    """The labels of one file: the first of each list is the preferred one."""

    kind: str
    """`occupations` or `skills` of ESCO, `rome` for the titles of ROME."""
    language: str
    labels: dict[str, list[str]]
    source: str


def read_download(path: Path) -> list[Imported]:
    """Everything that a downloaded zip or CSV holds, or a folder of them. UnknownDownload."""
    found = [one for name, text in texts_of(path, _ESCO, _ROME) if (one := _read(name, text)) is not None]
    if not found:
        message = f"{path.name} : ni un fichier d'ESCO (occupations_fr.csv…), ni un fichier d'appellations du ROME."
        raise UnknownDownload(message)
    return found


def keep_download(home: Path, one: Imported) -> Path:
    """Write the labels of a file in the platform's home, whole or not at all; the file written."""
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"{one.kind}-{one.language}.json"
    write_atomically(place, [json.dumps({"source": one.source, "labels": one.labels}, ensure_ascii=False).encode()])
    return place


def kept_label(home: Path, kind: str, language: str, uri: str) -> str:
    """The preferred label of a URI (or a code) in what was imported; empty when nothing was, or it is not there."""
    place = home / FOLDER / f"{kind}-{language}.json"
    if not place.exists():
        return ""
    return next(iter(_kept(place, place.stat().st_mtime_ns).get(uri, ())), "")


@lru_cache(maxsize=8)
def _kept(place: Path, _changed: int) -> dict[str, list[str]]:
    labels: dict[str, list[str]] = json.loads(place.read_text(encoding="utf-8"))["labels"]
    return labels


def texts_of(path: Path, *wanted: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Names and texts of what is wanted of a zip, or of a folder of CSV files and zips; a CSV file itself, as it is.

    UnknownDownload for a member that is too large, or not in UTF-8.
    """
    if path.is_dir():
        for one in sorted(path.rglob("*")):
            asked = any(pattern.match(one.name) for pattern in wanted)
            if one.is_file() and (asked or (one.suffix.lower() == ".zip" and zipfile.is_zipfile(one))):
                yield from texts_of(one, *wanted)
        return
    if not zipfile.is_zipfile(path):
        _not_too_large(path.name, path.stat().st_size)
        yield path.name, _decoded(path.name, path.read_bytes())
        return
    with zipfile.ZipFile(path) as held:
        for member in held.infolist():
            if any(pattern.match(member.filename) for pattern in wanted):
                _not_too_large(member.filename, member.file_size)
                yield member.filename, _decoded(member.filename, held.read(member))


def _not_too_large(name: str, size: int) -> None:
    if size > LARGEST:
        message = f"{name} : trop grand pour un fichier d'ESCO ou du ROME."
        raise UnknownDownload(message)


def _decoded(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{name} : le fichier n'est pas en UTF-8."
        raise UnknownDownload(message) from error


def _read(name: str, text: str) -> Imported | None:
    if told := _ESCO.match(name):
        return Imported(told[1], told[2], _esco(name, text), ESCO_IN_SERVICE)
    return Imported("rome", "fr", _rome(name, text), ROME_SOURCE) if _ROME.match(name) else None


def _esco(name: str, text: str) -> dict[str, list[str]]:
    labels: dict[str, list[str]] = {}
    for row in rows_of(name, text, ("conceptUri", "preferredLabel", "altLabels")):
        others = [one.strip() for one in row["altLabels"].splitlines() if one.strip()]
        labels[row["conceptUri"]] = list(dict.fromkeys([row["preferredLabel"].strip(), *others]))
    return labels


def _rome(name: str, text: str) -> dict[str, list[str]]:
    columns = text.partition("\n")[0]
    label = "libelle_appellation_long" if "libelle_appellation_long" in columns else "libelle_appellation_court"
    labels: dict[str, list[str]] = {}
    for row in rows_of(name, text, ("code_rome", label)):
        labels.setdefault(row["code_rome"], []).append(row[label].strip())
    return labels


def rows_of(name: str, text: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The rows of a text of CSV with the columns asked; UnknownDownload when one is missing."""
    separator = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    missing = [one for one in columns if one not in (reader.fieldnames or ())]
    if missing:
        message = f"{name} : il manque les colonnes {', '.join(missing)}."
        raise UnknownDownload(message)
    for row in reader:
        yield {one: row[one] or "" for one in columns}
