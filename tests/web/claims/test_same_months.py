"""A claim leads to those that claim its months again, named in words in every language."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from minassa.vocabulary.periods import month_index
from minassa.web.claims.showing import period_words
from tests.web.api.claims import made_claim
from tests.web.claims_world import Scene

MONTHS = {"first_month": month_index(2026, 1), "last_month": month_index(2026, 12)}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_a_claim_and_its_regularisation_lead_to_each_other(scene: Scene, language: str) -> None:
    first = made_claim(scene.firm, timezone.now(), period="2026", **MONTHS)
    again = made_claim(scene.firm, timezone.now(), period="2026-R1", **MONTHS)
    browser = scene.browser("prepare")
    for one, other in ((first, again), (again, first)):
        with translation.override(language):
            address, led = (reverse("claim", args=[each.uuid]) for each in (one, other))
            words = period_words(other.measure, other.period)
        answer = browser.get(address)
        assert answer.context["same_period"] == [(other, words)]
        assert led in answer.content.decode()


@pytest.mark.parametrize(
    ("measure", "period", "told"),
    [
        ("paf", "2026-R1", "régularisation n° 1, année 2026"),
        ("pae", "2027-01-R2", "régularisation n° 2, 18e mois atteint en janvier 2027"),
        ("ais", "2026-12-R1", "régularisation n° 1, exercice clos en décembre 2026"),
        ("air", "2026-T4-R1", "régularisation n° 1 jusqu'au trimestre 4 de 2026"),
    ],
)
def test_a_period_claimed_again_is_said_in_words(measure: str, period: str, told: str) -> None:
    with translation.override("fr"):
        assert period_words(measure, period) == told
