"""Open answers grouped: what says alike stands together, whatever the order; what is like nothing stands alone."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.talent.survey.themes import MOST, grouped

LABELLED = [
    ("langues", "Nous manquons de téléconseillers qui parlent allemand."),
    ("langues", "Trouver des téléconseillers en allemand est impossible."),
    ("langues", "Pas assez de candidats parlant allemand ou néerlandais."),
    ("langues", "Les candidats néerlandais et allemands manquent."),
    ("transport", "Le transport de nuit des salariés coûte trop cher."),
    ("transport", "Transport des salariés la nuit : trop cher et peu sûr."),
    ("transport", "Il faudrait un transport public la nuit pour les salariés."),
    ("internet", "La fibre tombe en panne chaque semaine."),
    ("internet", "Pannes de fibre répétées dans notre immeuble."),
    ("internet", "Fibre en panne trop souvent, sans secours."),
    ("لغات", "ينقصنا مستشارون يتكلمون الألمانية"),
    ("لغات", "لا نجد مستشارين يتقنون الألمانية والهولندية"),
    ("نقل", "نقل المستخدمين ليلا مكلف جدا"),
    ("نقل", "تكلفة نقل المستخدمين ليلا مرتفعة"),
    ("wages", "Salaries asked by senior developers doubled."),
    ("wages", "Senior developers ask for doubled salaries."),
    ("alone", "Rien à signaler."),
    ("alone", "Merci pour cette consultation."),
]


def pairs(groups: list[set[int]]) -> set[tuple[int, int]]:
    return {pair for one in groups for pair in combinations(sorted(one), 2)}


def test_answers_that_say_alike_stand_together() -> None:
    """Of the pairs that people put together, seven in ten are found; of those found, nine in ten are right."""
    texts = [text for _label, text in LABELLED]
    labels = [label for label, _text in LABELLED]
    truth = pairs([{at for at, one in enumerate(labels) if one == label} for label in set(labels) - {"alone"}])
    found = pairs([set(one.members) for one in grouped(texts)])
    assert len(found & truth) / len(truth) >= 0.7
    assert len(found & truth) / len(found) >= 0.9
    assert "allemand" in next(one for one in grouped(texts) if 0 in one.members).told


@given(st.permutations(list(range(len(LABELLED)))))
def test_the_order_of_answers_changes_nothing(order: list[int]) -> None:
    texts = [text for _label, text in LABELLED]
    plain = {frozenset(texts[at] for at in one.members) for one in grouped(texts)}
    turned = [texts[at] for at in order]
    assert {frozenset(turned[at] for at in one.members) for one in grouped(turned)} == plain


@given(st.lists(st.text(max_size=60), max_size=25))
def test_whatever_is_written_no_answer_stands_twice(texts: list[str]) -> None:
    members = [at for one in grouped(texts) for at in one.members]
    assert len(members) == len(set(members))
    assert all(0 <= at < len(texts) for at in members)
    assert all(len(one.members) > 1 for one in grouped(texts))


def test_too_many_answers_are_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        grouped(["a"] * (MOST + 1))
