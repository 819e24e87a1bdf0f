"""What titles are compared with: entries (ways of writing), each of one concept (an occupation)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

ESCO_OCCUPATION = "http://data.europa.eu/esco/occupation/"
LANGUAGES = ("fr", "en", "ar")


@dataclass(frozen=True)
class Concept:
    """An occupation that a title may be recognised as.

    `key` is the URI of ESCO, else `isco:GROUP/NAME`; `isco` is the four-digit unit group; `occupation` is our own code
    (`MO-…`) or empty; `labels` give its name by language.
    """

    key: str
    isco: str
    esco: str = ""
    occupation: str = ""
    labels: tuple[tuple[str, str], ...] = ()

    def label(self, language: str) -> str:
        """Return its name in a language, else in the first language it has one in, else its group."""
        named = dict(self.labels)
        return named.get(language) or next(iter(named.values()), self.isco)


@dataclass(frozen=True)
class Entry:
    """One way of writing a concept: its language, what kind of entry it is, where it comes from and how sure it is.

    `trust`: what its likeness counts for, 0 to 1, beside entries written after the usage of registers.
    """

    form: str
    concept: str
    language: str
    kind: str
    source: str
    status: str
    trust: float = 1.0


@dataclass
class Lexicon:
    """Concepts and their entries, from one or several sources laid one over another."""

    concepts: dict[str, Concept] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def add(self, concept: Concept, entries: Iterable[Entry]) -> None:
        """Add entries of a concept; a concept known already keeps what it says and gains what it lacks."""
        known = self.concepts.get(concept.key)
        self.concepts[concept.key] = concept if known is None else _joined(known, concept)
        self.entries.extend(entries)

    def over(self, other: Lexicon) -> Lexicon:
        """Return both, this one's concepts first."""
        both = Lexicon(dict(self.concepts), list(self.entries))
        for concept in other.concepts.values():
            both.add(concept, ())
        both.entries.extend(other.entries)
        return both

    def without(self, forms: frozenset[str], folded: dict[str, str]) -> Lexicon:
        """Return the lexicon without the entries whose folded form is among `forms` (`folded`: form → folded form)."""
        return Lexicon(dict(self.concepts), [entry for entry in self.entries if folded[entry.form] not in forms])


def _joined(known: Concept, other: Concept) -> Concept:
    labels = dict(other.labels) | dict(known.labels)
    ordered = tuple((language, labels[language]) for language in LANGUAGES if language in labels)
    return Concept(known.key, known.isco, known.esco or other.esco, known.occupation or other.occupation, ordered)
