"""The register of the texts of law and other sources that figures and rules cite, as `text-id#article`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

import yaml

from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.statuses import Status


class UnknownTextError(MinassaError):
    """No text of the register has this identifier."""

    code = "text-unknown"


@dataclass(frozen=True, slots=True)
class Text:
    """A text: what it is, when it holds, where and when it was read.

    None stands for what is not known, and for `in_force_to` for no known end. `confidence` is how sure the reading
    is: `official` only when the text itself was read.
    """

    id: str
    title: str
    nature: str
    number: str | None
    dated: date | None
    in_force_from: date | None
    in_force_to: date | None
    url: str | None
    read_on: date
    confidence: Status
    note: str


@cache
def texts() -> tuple[Text, ...]:
    """Return every text of the register, in the order of the file."""
    content = resources.files("minassa.vocabulary").joinpath("texts.yaml").read_text(encoding="utf-8")
    return tuple(_text(entry) for entry in yaml.safe_load(content))


def _text(entry: dict[str, object]) -> Text:
    return Text(confidence=Status(str(entry.pop("confidence"))), **entry)  # type: ignore[arg-type]


def text(citation: str) -> Text:
    """Return the text of an identifier or of a citation `text-id#article`; UnknownTextError when there is none."""
    identifier = citation.partition("#")[0]
    for candidate in texts():
        if candidate.id == identifier:
            return candidate
    message = f"Le texte {identifier} n'est pas au registre des textes."
    raise UnknownTextError(message, citation=citation)


def article(citation: str) -> str:
    """Return the article of a citation `text-id#article`, or an empty string when the whole text is cited."""
    return citation.partition("#")[2]
