"""The words of an XLSForm expression: numbers, texts, names, operators, and what stands for an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from minassa.talent.survey.errors import ExpressionError

LONGEST: Final = 2_000
"""An expression of a form is a line, never a program."""
_WORDS: Final = re.compile(
    r"""\s*(?:
        (?P<answer>\$\{\s*[A-Za-z_][\w.-]*\s*\})
      | (?P<number>\d+(?:\.\d+)?)
      | (?P<text>'[^']*'|"[^"]*")
      | (?P<sign><=|>=|!=|=|<|>|\+|-|\*|\(|\)|,)
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z_][A-Za-z0-9_]*)*)
      | (?P<self>\.)
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word and what kind it is: `answer`, `number`, `text`, `sign`, `name`, `self`, `end`."""

    kind: str
    text: str


def words_of(expression: str) -> list[Word]:
    """The words of an expression, an `end` last; ExpressionError for a sign that no expression has."""
    if len(expression) > LONGEST:
        raise ExpressionError(f"Une expression compte {LONGEST} caractères au plus.")
    text, at, found = expression.strip(), 0, list[Word]()
    while at < len(text):
        match = _WORDS.match(text, at)
        if match is None or match.lastgroup is None:
            raise ExpressionError(f"Signe inattendu au caractère {at + 1} de « {text} ».")
        found.append(Word(match.lastgroup, match.group(match.lastgroup)))
        at = match.end()
    return [*found, Word("end", "")]
