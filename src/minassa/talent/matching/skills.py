"""Skills recognised in longer texts (descriptions of courses, adverts): which of the reference, from which words."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from minassa.talent.matching.folding import fold, glossary, stem
from minassa.talent.reference.reading import Reference, reference

COVERED = 0.6
"""How much of a name, its rare words weighing more, must stand in one sentence of the text: assumed."""
_SENTENCE = re.compile(r"[.;:!?\n\r•·،؛؟]+|\s[-–—]\s")
_WINDOW = 14


@dataclass(frozen=True)
class SkillFound:
    """A skill that a text speaks of: its code, how much of a name stands there (0 to 1), that name, the words read."""

    code: str
    covered: float
    form: str
    words: tuple[str, ...]


class SkillReader:
    """The names of the skills of a reference, by the words they are read as."""

    def __init__(self, known: Reference) -> None:
        self._forms: list[tuple[str, str, frozenset[str]]] = []
        for skill in known.skills.values():
            for form in (skill.label.fr, skill.label.ar, skill.label.en, *skill.synonyms.everything()):
                words = frozenset(_words(form))
                if words:
                    self._forms.append((skill.code, form, words))
        counts = Counter(word for _, _, words in self._forms for word in words)
        self._weights = {word: math.log((1 + len(self._forms)) / times) for word, times in counts.items()}
        self._by_word: dict[str, list[int]] = {}
        for at, (_, _, words) in enumerate(self._forms):
            for word in words:
                self._by_word.setdefault(word, []).append(at)

    def read(self, text: str) -> list[SkillFound]:
        """Return the skills that a text speaks of, the surest first; nothing for a text that speaks of none."""
        best: dict[str, SkillFound] = {}
        for sentence in _SENTENCE.split(text):
            words = _words(sentence)
            for start in range(0, max(len(words) - _WINDOW // 2, 1), _WINDOW // 2):
                self._read_window(frozenset(words[start : start + _WINDOW]), best)
        return sorted(best.values(), key=lambda found: (-found.covered, found.code))

    def _read_window(self, words: frozenset[str], best: dict[str, SkillFound]) -> None:
        for at in {at for word in words for at in self._by_word.get(word, ())}:
            code, form, wanted = self._forms[at]
            shared = wanted & words
            covered = sum(map(self._weight, shared)) / sum(map(self._weight, wanted))
            if covered >= COVERED and (code not in best or covered > best[code].covered):
                best[code] = SkillFound(code, covered, form, tuple(sorted(shared)))

    def _weight(self, word: str) -> float:
        return self._weights[word]


def _words(text: str) -> list[str]:
    """Return the words of a text by their stems, small ones left out; each language keeps its own, as names do."""
    return [stem(word) for word in fold(text).split() if (word,) not in glossary().passed_over]


@cache
def skill_reader() -> SkillReader:
    """Return the reader of the skills of the reference that is shipped."""
    return SkillReader(reference())
