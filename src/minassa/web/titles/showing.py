"""Candidates of a title as pages show them: in words, with why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from minassa.talent.matching import Candidate, Concept, Recognition
from minassa.titles.public import ANSWERED

HOW: dict[str, str | Promise] = {
    "same": gettext_lazy("le titre est écrit ainsi dans le lexique"),
    "same_words": gettext_lazy("les mêmes mots, une fois lus"),
    "pieces": gettext_lazy("des morceaux de mots en commun"),
}
KINDS: dict[str, str | Promise] = {
    "fr": gettext_lazy("français"),
    "en": gettext_lazy("anglais"),
    "ar": gettext_lazy("arabe"),
    "darija": gettext_lazy("darija"),
    "short": gettext_lazy("sigle ou abréviation"),
    "diploma": gettext_lazy("diplôme"),
    ANSWERED: gettext_lazy("réponse d'une personne"),
}
STATUSES: dict[str, str | Promise] = {"proposed": gettext_lazy("proposé"), "validated": gettext_lazy("validé")}
PERCENT = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """A candidate in words: its name, codes, likeness (whole percent), and why it is there."""

    key: str
    name: str
    isco: str
    esco: str
    occupation: str
    likeness: int
    entry: str
    kind: str
    status: str
    how: str
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a title, in words; `confidence` in whole percent."""

    title: str
    answered: bool
    said_none: bool
    confidence: int
    candidates: list[Shown]


def language() -> str:
    """The language of the page, of those that names are written in."""
    return (get_language() or "fr")[:2]


def shown(recognition: Recognition, *, said_none: bool) -> Verdict:
    """What a page tells of a recognition."""
    return Verdict(
        recognition.title,
        not recognition.abstained,
        said_none,
        _percent(recognition.confidence),
        [_candidate(candidate) for candidate in recognition.candidates],
    )


def choices(concepts: Iterable[Concept]) -> list[tuple[str, str]]:
    """Every concept that may be answered, its key and its name with its unit group, by name."""
    named = [(concept.key, f"{concept.label(language())} ({concept.isco})") for concept in concepts]
    return sorted(named, key=lambda each: each[1].casefold())


def _candidate(candidate: Candidate) -> Shown:
    concept, entry = candidate.concept, candidate.entry
    return Shown(
        concept.key,
        concept.label(language()),
        concept.isco,
        concept.esco,
        concept.occupation,
        _percent(candidate.likeness),
        entry.form,
        str(KINDS.get(entry.kind, _("lexique"))),
        str(STATUSES.get(entry.status, entry.status)),
        str(HOW[candidate.how]),
        candidate.pieces,
    )


def _percent(share: float) -> int:
    return int(share * PERCENT + 0.5)
