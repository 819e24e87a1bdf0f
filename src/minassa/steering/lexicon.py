"""What rules, inputs, kinds and sources are called in French on the page; names of the code stay in the exports."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from minassa.engine import Offer

FILE = "lexicon.yaml"


@cache
def lexicon() -> Mapping[str, Mapping[str, Any]]:
    """Every word of the file, by kind of thing named."""
    text = resources.files("minassa.steering.report").joinpath(FILE).read_text(encoding="utf-8")
    words: dict[str, Mapping[str, Any]] = yaml.safe_load(text)
    return words


def word(kind: str, name: str) -> str:
    """The French word for a name of a kind; the name itself when the file has none."""
    return str(lexicon()[kind].get(name, name))


def rule_label(offer: Offer, name: str) -> str:
    """What a rule is called: the word of the file, else the first sentence of the rule itself."""
    found = lexicon()["rules"].get(name)
    if found:
        return str(found)
    meaning = next((r.meaning for r in offer.rules if r.name == name and r.meaning), name)
    return meaning.partition(". ")[0]


def input_label(offer: Offer, name: str) -> str:
    """What a declared column is called: the word of the file, else its meaning in the offer."""
    found = lexicon()["inputs"].get(name)
    declared = offer.inputs.get(name)
    return str(found) if found else (declared.meaning if declared else name)
