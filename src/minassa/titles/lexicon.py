"""The lexicon in effect: the one that is shipped, and over it what people answered; titles recognised by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from minassa.talent.matching import Entry, Lexicon, Recogniser, Recognition, fold
from minassa.talent.matching.referenced import lexicon_with_reference
from minassa.titles.models import Answer

ANSWERED = "answer"
"""The kind of an entry that a person's answer made."""


@dataclass(frozen=True)
class InEffect:
    """A recogniser, and the folded titles of which a person said that they name no occupation."""

    recogniser: Recogniser
    no_occupation: frozenset[str]
    answers: int

    def recognise(self, titles: Sequence[str], most: int = 5, *, why: bool = True) -> list[Recognition]:
        """Return what becomes of each title; one that was said to name no occupation has no candidate."""
        found = self.recogniser.recognise(titles, most, why=why)
        return [
            replace(one, candidates=(), confidence=1.0, abstained=True) if self.says_none(one.title) else one
            for one in found
        ]

    def says_none(self, title: str) -> bool:
        """Whether a person said that a title names no occupation."""
        return fold(title) in self.no_occupation


def in_effect() -> InEffect:
    """Return the lexicon as the last answer leaves it: made once for each answer, in each process."""
    last = Answer.objects.order_by("-pk").values_list("pk", flat=True).first()
    return _made(last or 0)


@lru_cache(maxsize=1)
def _made(last: int) -> InEffect:
    answers = {row.folded: row for row in Answer.objects.filter(pk__lte=last).order_by("pk")}
    shipped = lexicon_with_reference()
    folded = {entry.form: fold(entry.form) for entry in shipped.entries} if answers else {}
    lexicon = shipped.without(frozenset(answers), folded) if answers else shipped
    said = [row for row in answers.values() if row.concept in shipped.concepts]
    lexicon = Lexicon(lexicon.concepts, [*lexicon.entries, *map(_entry, said)])
    none = frozenset(row.folded for row in answers.values() if not row.concept)
    return InEffect(Recogniser(lexicon), none, len(answers))


def _entry(answer: Answer) -> Entry:
    source = f"{answer.answered_at:%Y-%m-%d}"
    return Entry(answer.title, answer.concept, "", ANSWERED, source, "validated")
