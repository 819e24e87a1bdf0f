"""A title made comparable: letters and spellings folded, then words read as one vocabulary, whatever the language."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from minassa.vocabulary.folding import fold as searched

_SPECIAL = (("c++", "cplusplus"), ("c#", "csharp"), (".net", " dotnet"), ("r&d", "rd"), ("v&v", "v v"), ("&", " "))
_GENDER = re.compile(
    r"\(\s*[a-zà-ÿ]{1,2}\s*/\s*[a-zà-ÿ]\s*(?:/\s*[a-z]\s*)?\)|\b[hf]\s*/\s*[hf]\b|\bm\s*/\s*[fw]\s*/\s*d\b"
)
_LENT = str.maketrans({"گ": "ك", "ڭ": "ك"})
"""Letters lent by Persian and by Darija for the g of loanwords, written with kaf by most."""
_LEVEL = re.compile(r"^(?:n|l|niv|niveau|level)?\d{1,2}$|^(?:niveau|level)$")
_ENDINGS = (
    ("trices", "teur"),
    ("trice", "teur"),
    ("euses", "eur"),
    ("euse", "eur"),
    ("ieres", "ier"),
    ("iere", "ier"),
    ("iennes", "ien"),
    ("ienne", "ien"),
    ("elles", "el"),
    ("elle", "el"),
    ("ives", "if"),
    ("ive", "if"),
)
_LONGEST_PHRASE = 4
_SHORTEST_STEMMED = 5


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Return a text in lower case, without accents, gender marks, punctuation or Arabic article, one space apart."""
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = _GENDER.sub(" ", plain)
    for written, read in _SPECIAL:
        plain = plain.replace(written, read)
    return " ".join(_without_article(word) for word in searched(plain.translate(_LENT)).split())


def _without_article(word: str) -> str:
    for article in ("وال", "بال", "ال", "لل"):
        if word.startswith(article) and len(word) > len(article) + 1:
            return word[len(article) :]
    return word


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return a folded word without its marks of gender and number (French and English ones)."""
    if len(word) < _SHORTEST_STEMMED:
        return word
    for ending, masculine in _ENDINGS:
        if word.endswith(ending):
            return word.removesuffix(ending) + masculine
    return word.removesuffix("s").removesuffix("e")


@dataclass(frozen=True)
class Glossary:
    """Words that mean the same (`read`: words as written → words as read), and those that say nothing of the job."""

    read: dict[tuple[str, ...], tuple[str, ...]]
    passed_over: frozenset[tuple[str, ...]]


@cache
def glossary() -> Glossary:
    """Return the glossary that Minassa ships, its words folded as titles are."""
    said = yaml.safe_load(files("minassa.talent.matching").joinpath("glossary.yaml").read_text("utf-8"))
    read: dict[tuple[str, ...], tuple[str, ...]] = {}
    for word, spellings in said["words"].items():
        target = tuple(stem(part) for part in fold(word).split())
        for spelling in (word, *spellings):
            written = tuple(fold(spelling).split())
            read.setdefault(written, target)
            read.setdefault(tuple(stem(part) for part in written), target)
    return Glossary(read, frozenset(tuple(fold(words).split()) for words in said["passed_over"]))


@lru_cache(maxsize=200_000)
def canonical(text: str) -> str:
    """Return the words of a title as one vocabulary: shortenings spelled out, languages joined, levels left out."""
    said, words, at = glossary(), fold(text).split(), 0
    out: list[str] = []
    while at < len(words):
        taken, read = _read_at(said, words, at)
        out.extend(read)
        at += taken
    return " ".join(out)


def _read_at(said: Glossary, words: list[str], at: int) -> tuple[int, tuple[str, ...]]:
    """Return how many words are read from a place on, and what they read as: the longest phrase known."""
    for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
        phrase = tuple(words[at : at + length])
        for known in (phrase, tuple(stem(word) for word in phrase)):
            if known in said.read:
                return length, said.read[known]
        if phrase in said.passed_over:
            return length, ()
    return 1, () if _LEVEL.match(words[at]) else (stem(words[at]),)
