"""Catalogues of translations: one hand-written .po per area and language, compiled beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from minassa.vocabulary.errors import MinassaError

LANGUAGES: Final = ("ar", "en")
PLURALS: Final = {
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
    "n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;",
    "en": "nplurals=2; plural=(n != 1);",
}
"""The header `Plural-Forms` every catalogue of a language must bear."""


class UnreadableCatalogue(MinassaError):
    """A .po file that cannot be read."""

    code = "catalogue-unreadable"


@dataclass(frozen=True, slots=True)
class Area:
    """The catalogue of one area in one language."""

    name: str
    language: str
    file: Path
    catalogue: Catalog


def areas(package: Path) -> list[Area]:
    """Every catalogue there is, by area and language. Raises UnreadableCatalogue."""
    files = sorted((package / "web" / "locale").glob("*/*/LC_MESSAGES/django.po"))
    return [Area(file.parts[-4], file.parts[-3], file, read(file)) for file in files]


def read(file: Path) -> Catalog:
    """Read a .po file; its language is the name of its folder. Raises UnreadableCatalogue."""
    try:
        with file.open("rb") as stream:
            return read_po(stream, locale=file.parts[-3], abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise UnreadableCatalogue(f"{file} : catalogue illisible : {error}") from error


def header_of(file: Path) -> str:
    """The plural forms that a .po file declares, lines joined; empty when it has none."""
    text = file.read_text("utf-8").replace('"\n"', "")
    _, found, rest = text.partition("Plural-Forms:")
    return rest.partition("\\n")[0].strip() if found else ""


def compile_all(package: Path) -> int:
    """Write each .po as the .mo that Django reads, and the French plurals beside it; how many files were written."""
    written = 0
    for area in areas(package):
        written += _compile(area.catalogue, area.file.with_suffix(".mo"), area.file)
        if area.language == LANGUAGES[0]:
            french = area.file.parents[2] / "fr" / "LC_MESSAGES" / "django.mo"
            written += _compile(_french(area.catalogue), french, area.file)
    return written


def _french(catalogue: Catalog) -> Catalog:
    """The French of sentences with a plural: without it Django would say `0 dossiers`, as English does."""
    french = Catalog(locale="fr")
    for message in _messages(catalogue):
        if isinstance(message.id, tuple | list):
            french.add(tuple(message.id), tuple(message.id), context=message.context)
    return french


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _compile(catalogue: Catalog, target: Path, source: Path) -> int:
    if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
        return 0
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}")
    with draft.open("wb") as stream:
        write_mo(stream, catalogue)
    draft.replace(target)
    return 1
