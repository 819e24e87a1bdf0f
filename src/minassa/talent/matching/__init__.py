"""Free job titles and course texts recognised: which occupation, which skills, how sure, and why."""

from __future__ import annotations

from minassa.talent.matching.calibration import Calibration, calibration_in_force, isotonic
from minassa.talent.matching.entries import Concept, Entry, Lexicon
from minassa.talent.matching.folding import canonical, fold
from minassa.talent.matching.lexicon import shipped_lexicon
from minassa.talent.matching.recogniser import Candidate, Recogniser, Recognition

__all__ = [
    "Calibration",
    "Candidate",
    "Concept",
    "Entry",
    "Lexicon",
    "Recogniser",
    "Recognition",
    "calibration_in_force",
    "canonical",
    "fold",
    "isotonic",
    "shipped_lexicon",
]
