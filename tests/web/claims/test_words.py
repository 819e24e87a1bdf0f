from __future__ import annotations

from minassa.steering.lexicon import lexicon
from minassa.web.claims.words import QUANTITIES


def test_every_sentence_translated_is_one_of_the_lexicon() -> None:
    known = {*lexicon()["rules"].values(), *lexicon()["inputs"].values()}
    assert set(QUANTITIES) - known == set()
