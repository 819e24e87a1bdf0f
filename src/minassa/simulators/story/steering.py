"""What those who steer try in the story: a plan of premiums, and reforms, one of them put to a committee."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from minassa.entitlements.runs import Run
from minassa.outlook.optimiser.grid import grid
from minassa.reforms.models import Reform
from minassa.reforms.public import Draft, comment, keep, propose
from minassa.simulators.story.cast import Cast
from minassa.steering.models import PremiumPlan
from minassa.steering.plans.asking import Wish, ask
from minassa.steering.plans.making import cells_asked

HIGHER: Final = Draft("PAE à 20 % (exemple)", "Exemple synthétique : la prime paraît trop basse.", {"pae_rate": 2_000})
SOONER: Final = Draft(
    "PAE dès le douzième mois (exemple)",
    "Exemple synthétique : payer plus tôt aide la trésorerie.",
    {"pae_stay_months": 12},
)
SAID: Final = "Exemple synthétique : combien cela coûte-t-il par emploi de plus ?"
GROUND: Final = "Exemple synthétique : à examiner par le comité."
DECEMBER: Final = 12


def steered(cast: Cast, run: Run, now: datetime) -> None:
    """Ask for a plan and keep two reforms, unless it is done: each once."""
    cells = cells_asked(run)
    if cells and not PremiumPlan.objects.exists():
        held = grid()
        floors = (held.pae_floor, held.paf_floor, held.stability, held.region_floor)
        ask(cast["analyste"], Wish(max(1, sum(cell.offered_year for cell in cells)), *floors), now)
    if not Reform.objects.exists():
        first = keep(cast["analyste"], HIGHER, now)
        comment(cast["secretariat"], first, SAID, now)
        keep(cast["secretariat"], SOONER, now)
        month = now.date().replace(day=1)
        following = month.replace(year=month.year + month.month // DECEMBER, month=month.month % DECEMBER + 1)
        propose(cast["analyste"], first, following, GROUND, now)
