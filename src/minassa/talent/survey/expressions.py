"""Conditions of an XLSForm (`relevant`, `constraint`, `calculation`), read into a tree and worked out, never executed.

The subset of XPath that forms are written with: comparisons, `and`, `or`, arithmetic, `${question}`, `.`, and the
functions of the table below. An answer that was not given is an empty text, and compares as no number does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

from minassa.talent.survey.errors import ExpressionError
from minassa.talent.survey.functions import FUNCTIONS, Value, boolean, compared, number
from minassa.talent.survey.tokens import Word, words_of

DEEPEST: Final = 30
"""More parentheses than any condition needs."""


@dataclass(frozen=True)
class Place:
    """Where an expression is worked out: the answers by question, all of those of a repeat as a list, and `.`."""

    answers: Mapping[str, Value]
    own: Value = ""
    today: str = ""


Node: TypeAlias = Callable[[Place], Value]


@dataclass(frozen=True)
class Expression:
    """An expression that was read: its text, the questions that it names, and its tree."""

    text: str
    names: frozenset[str]
    node: Node

    def holds(self, place: Place) -> bool:
        """Whether the condition holds there."""
        return boolean(self.node(place))

    def value(self, place: Place) -> Value:
        """What it gives there."""
        return self.node(place)


@cache
def read_expression(text: str) -> Expression:
    """An expression of a form; ExpressionError when it cannot be read."""
    reader = _Reader(words_of(text))
    node = reader.either()
    reader.expect("end", "")
    return Expression(text, frozenset(reader.names), node)


class _Reader:
    """Reads words into a tree, the loosest operator first."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words, self._at, self._depth = words, 0, 0
        self.names: set[str] = set()

    @property
    def _word(self) -> Word:
        return self._words[self._at]

    def _taken(self, kind: str, *texts: str) -> str | None:
        word = self._word
        if word.kind != kind or (texts and word.text not in texts):
            return None
        self._at += 1
        return word.text

    def expect(self, kind: str, text: str) -> None:
        """The next word is this one; ExpressionError otherwise."""
        if self._taken(kind, text) is None:
            raise ExpressionError(f"« {self._word.text or 'fin'} » est inattendu : « {text or 'fin'} » est attendu.")

    def either(self) -> Node:
        """Conditions joined by `or`."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise ExpressionError("Une expression a trop de parenthèses.")
        left = self._both()
        while self._taken("name", "or"):
            left = _or(left, self._both())
        self._depth -= 1
        return left

    def _both(self) -> Node:
        left = self._comparison()
        while self._taken("name", "and"):
            left = _and(left, self._comparison())
        return left

    def _comparison(self) -> Node:
        left = self._sum()
        while sign := self._taken("sign", "=", "!=", "<", "<=", ">", ">="):
            left = _compare(sign, left, self._sum())
        return left

    def _sum(self) -> Node:
        left = self._product()
        while sign := self._taken("sign", "+", "-"):
            left = _arithmetic(sign, left, self._product())
        return left

    def _product(self) -> Node:
        left = self._one()
        while sign := self._taken("sign", "*") or self._taken("name", "div", "mod"):
            left = _arithmetic(sign, left, self._one())
        return left

    def _one(self) -> Node:
        word = self._word
        if self._taken("sign", "-"):
            return _arithmetic("-", lambda _place: 0.0, self._one())
        if self._taken("sign", "("):
            inner = self.either()
            self.expect("sign", ")")
            return inner
        self._at += 1
        return self._leaf(word)

    def _leaf(self, word: Word) -> Node:
        if word.kind in {"number", "text"}:
            return _constant(float(word.text) if word.kind == "number" else word.text[1:-1])
        if word.kind == "self":
            return lambda place: place.own
        if word.kind == "answer":
            return self._answer(word.text[2:-1].strip())
        if word.kind == "name":
            return self._call(word.text)
        raise ExpressionError(f"« {word.text or 'fin'} » est inattendu.")

    def _answer(self, name: str) -> Node:
        self.names.add(name)
        return lambda place: place.answers.get(name, "")

    def _call(self, name: str) -> Node:
        self.expect("sign", "(")
        given: list[Node] = []
        while not self._taken("sign", ")"):
            if given:
                self.expect("sign", ",")
            given.append(self.either())
        if name == "today" and not given:
            return lambda place: place.today
        known = FUNCTIONS.get(name)
        if known is None:
            raise ExpressionError(f"La fonction « {name} » n'est pas de celles qu'un formulaire emploie ici.")
        if not known.fewest <= len(given) <= known.most:
            raise ExpressionError(f"La fonction « {name} » ne prend pas {len(given)} valeurs.")
        work = known.work
        return lambda place: work([node(place) for node in given])


def _constant(value: Value) -> Node:
    return lambda _place: value


def _or(left: Node, right: Node) -> Node:
    return lambda place: boolean(left(place)) or boolean(right(place))


def _and(left: Node, right: Node) -> Node:
    return lambda place: boolean(left(place)) and boolean(right(place))


def _compare(sign: str, left: Node, right: Node) -> Node:
    return lambda place: compared(sign, left(place), right(place))


def _arithmetic(sign: str, left: Node, right: Node) -> Node:
    def work(place: Place) -> Value:
        one, other = number(left(place)), number(right(place))
        if sign in {"div", "mod"} and other == 0:
            return float("nan")
        table = {"+": one + other, "-": one - other, "*": one * other}
        return table[sign] if sign in table else one / other if sign == "div" else one % other

    return work
