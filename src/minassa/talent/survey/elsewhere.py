"""A form as another tool asks it: the ICE first, by which answers are brought back to the firms of the sample."""

from __future__ import annotations

from typing import Final

from minassa.talent.survey.sheets import Row, Sheets
from minassa.talent.survey.sources import LANGUAGES

_WORDS: Final = {
    "fr": "ICE de l'entreprise (15 chiffres)",
    "ar": "التعريف الموحد للمقاولة (15 رقما)",
    "en": "ICE of the firm (15 digits)",
}
_WRONG: Final = {"fr": "Quinze chiffres.", "ar": "خمسة عشر رقما.", "en": "Fifteen digits."}


def asked_elsewhere(sheets: Sheets) -> Sheets:
    """The sheets of a form with the question `ice` before all others."""
    ice: Row = {
        "type": "text",
        "name": "ice",
        "required": "yes",
        "constraint": "string-length(.) = 15",
        **{f"label::{LANGUAGES[code]}": words for code, words in _WORDS.items()},
        **{f"constraint_message::{LANGUAGES[code]}": words for code, words in _WRONG.items()},
    }
    return {**sheets, "survey": [ice, *sheets["survey"]]}
