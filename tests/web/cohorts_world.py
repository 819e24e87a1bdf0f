"""An invented cohort, told by a training body, with what a run said of it."""

from __future__ import annotations

from datetime import datetime

from minassa.registry.public import Actor
from minassa.training.models import Content, Outcome
from minassa.training.taking import take

SHEET = (
    "organisme;programme;cohorte;intitule;type;filiere;region;debut;fin;places;inscrits;presents;diplomes;abandons;"
    "places_en_emploi;source\n"
    "organisme-fictif;dev-web;2025-S1;Programme EXEMPLE;OFPPT;ITO;06;2025-01;2025-06;30;28;;22;4;;Exemple inventé\n"
    "organisme-fictif;dev-web;2025-S2;Programme EXEMPLE;OFPPT;ITO;06;2025-07;2025-12;30;;;;;;Exemple inventé\n"
    "organisme-fictif;dév;2025-S2;Programme EXEMPLE;OFPPT;ITO;06;2025-07;2025-12;30;;;;;;Exemple inventé\n"
)
COHORT = {"provider": "organisme-fictif", "programme": "dev-web", "cohort": "2025-S1"}
_COUNTS = {3: (22, 12, 9), 6: (22, 15, 11), 12: (22, 17, 12), 24: (0, None, None)}


def told(actor: Actor, at: datetime) -> None:
    """Take the sheet of two cohorts; a run has met the graduates of the first."""
    take(actor, Content.COHORTS, "COHORTES.csv", SHEET.encode(), at)
    Outcome.objects.create(
        run="calcul-0001",
        until=2026 * 12 + 8,
        kept_at=at,
        rolls={"last": 1},
        horizons=[
            {
                "horizon": months,
                "graduates": 22,
                "without_ground": 2,
                "observed": observed,
                "employed": employed,
                "in_trade": in_trade,
                "wage_month": 850_000 if employed else None,
            }
            for months, (observed, employed, in_trade) in _COUNTS.items()
        ],
        whereabouts={
            "graduates": 22,
            "inserted": 19,
            "gone": 2,
            "never_seen": 3,
            "left_at_least": 2,
            "left_at_most": 5,
            "abroad_at_most": 5,
        },
        **COHORT,
    )
