"""Forms that Minassa ships: one YAML file each, of which the rows of the XLSForm are made."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from minassa.talent.survey.errors import FormError
from minassa.talent.survey.forms import Form, form_of
from minassa.talent.survey.sheets import Row, Sheets, workbook

LANGUAGES: Final = {"fr": "Français (fr)", "ar": "العربية (ar)", "en": "English (en)"}
"""How the columns of an XLSForm name each language: `label::Français (fr)`."""
NEEDS: Final = "needs"
"""The survey of needs in skills."""
_PLAIN: Final = ("type", "name", "relevant", "required", "constraint", "calculation", "default", "appearance")


@cache
def shipped_sheets(name: str) -> Sheets:
    """The rows of a form that is shipped; FormError when there is none of this name."""
    file = resources.files(__package__).joinpath(f"{name}.yaml")
    if not file.is_file():
        raise FormError(f"Aucun formulaire « {name} » n'est livré.")
    return sheets_of(yaml.safe_load(file.read_text(encoding="utf-8")))


@cache
def shipped_form(name: str) -> Form:
    """A form that is shipped, as it is answered."""
    return form_of(shipped_sheets(name))


@cache
def shipped_workbook(name: str) -> bytes:
    """A form that is shipped, as the XLSX that ODK, KoboToolbox and pyxform read."""
    return workbook(shipped_sheets(name))


def sheets_of(source: Mapping[str, Any]) -> Sheets:
    """The rows of the three sheets of a form written as plain data."""
    messages = source.get("messages", {})
    return {
        "survey": [_question(row, messages) for row in source["survey"]],
        "choices": [
            {"list_name": name, "name": code, **_words("label", labels)}
            for name, choices in source["choices"].items()
            for code, labels in choices.items()
        ],
        "settings": [
            {
                "form_title": source["form_title"]["fr"],
                "form_id": source["form_id"],
                "version": source["version"],
                "default_language": LANGUAGES["fr"],
                # XLSForm has one title: converters stop at a translated one, and leave unknown columns alone.
                **{f"title_{code}": words for code, words in source["form_title"].items()},
            }
        ],
    }


def _question(row: Mapping[str, Any], messages: Mapping[str, Any]) -> Row:
    found = {name: str(row[name]) for name in _PLAIN if name in row}
    found |= _words("label", row.get("label", {})) | _words("hint", row.get("hint", {}))
    wrong = row.get("messages") or messages.get(row.get("message", ""), {})
    missing = messages.get(row.get("message_required", "needed"), {}) if row.get("required") else {}
    return found | _words("constraint_message", wrong) | _words("required_message", missing)


def _words(column: str, words: Mapping[str, str]) -> dict[str, str]:
    return {f"{column}::{LANGUAGES[code]}": text for code, text in words.items()}
