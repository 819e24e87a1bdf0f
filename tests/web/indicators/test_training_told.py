"""Graduates as training bodies tell them: by year, by kind of body, added up, from the last sheet alone."""

from __future__ import annotations

import pytest
from django.utils import timezone

from minassa.commitments.public import commitment_named
from minassa.registry.models import Role
from minassa.registry.public import Actor, Appointed
from minassa.steering.commitments.measuring import measured
from minassa.steering.indicators.board import board
from minassa.steering.indicators.catalogue import Catalogue
from minassa.steering.indicators.reading import Filters
from minassa.training.models import Content
from minassa.training.taking import take
from minassa.vocabulary.periods import parse_month

ANALYST = Actor(account_id=1, email="analyste@example.invalid", appointments=(Appointed(Role.ANALYST, 1, "minassa"),))
TELLER = Actor(account_id=2, email="ecole@example.invalid", appointments=(Appointed(Role.TRAINING, 2, "ofppt"),))
HEAD = (
    "organisme;programme;cohorte;intitule;type;filiere;region;debut;fin;places;inscrits;presents;diplomes;abandons;"
    "places_en_emploi;source\n"
)
LINES = (
    "ecole;dev;A;Programme EXEMPLE;OFPPT;ITO;06;2024-01;2024-06;30;28;;22;4;;Exemple inventé\n",
    "ecole;dev;B;Programme EXEMPLE;UNIVERSITE;BPO;04;2024-09;2025-06;30;28;;11;4;;Exemple inventé\n",
    "ecole;jit;C;Programme EXEMPLE;JOBINTECH;ITO;06;2025-01;2025-06;30;28;;7;4;;Exemple inventé\n",
    "ecole;jit;D;Programme EXEMPLE;JOBINTECH;ITO;06;2024-01;2024-06;30;28;;5;4;;Exemple inventé\n",
    "ecole;dev;E;Programme EXEMPLE;OFPPT;ITO;06;2025-01;2025-06;30;28;;;4;;Exemple inventé\n",
)
AGAIN = "ecole;dev;A;Programme EXEMPLE;OFPPT;ITO;06;2024-01;2024-06;30;28;;20;4;;Exemple inventé\n"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]


def sheets(*sheet: str) -> None:
    for number, lines in enumerate(sheet):
        take(TELLER, Content.COHORTS, f"COHORTES-{number}.csv", (HEAD + lines).encode(), timezone.now())


def read(code: str, **cut: int) -> dict[int, int | None]:
    found = board(ANALYST, Filters(**cut))
    assert found is not None
    return {point.period: point.value for point in found.points(Catalogue.all()[code])}


def test_graduates_are_counted_by_year_from_the_last_sheet_of_each_cohort() -> None:
    sheets("".join(LINES), AGAIN)
    first, second = parse_month("2024-12"), parse_month("2025-12")
    assert read("trained_year") == {first: 25, second: 18}
    assert read("trained_schools_year") == {first: 20, second: 11}
    assert read("trained_universities_year") == {first: 0, second: 11}
    assert read("trained_jobintech") == {first: 5, second: 12}
    assert read("reconverted_year") == {first: 0, second: 0}


def test_what_no_cohort_tells_is_not_cut_by() -> None:
    sheets("".join(LINES))
    assert read("trained_year", filiere=3) == {parse_month("2025-12"): 11}
    assert read("trained_year", region=4) == {parse_month("2025-12"): 11}
    assert read("trained_year", place=101) == {}
    assert read("trained_year", size=1) == {}


def test_a_commitment_of_training_is_measured_by_its_indicator() -> None:
    sheets("".join(LINES))
    for code in ("formes-par-an", "formes-etablissements", "reconversion", "diplomes-numeriques", "jobintech"):
        one = commitment_named(code)
        assert one is not None
        point = measured(ANALYST, [one])[0].point
        assert point is not None
        assert (point.period, point.value) == max(read(one.indicator).items())
